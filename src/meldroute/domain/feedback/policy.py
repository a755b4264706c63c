"""Read `policies/feedback.toml`: levels, proposed texts, and words that may not be written. Takes the parsed dict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from meldroute.domain.feedback.levels import Level, Receiver, Standing, ceiling, floor
from meldroute.domain.policy import PolicyError

PLACEHOLDERS = frozenset({"reported_on", "municipality"})
OF_RECEIPT = PLACEHOLDERS | {"reference"}


@dataclass(frozen=True, slots=True)
class Text:
    """A proposed mail. `subject` and `body` may hold {reported_on} and {municipality}."""

    level: Level
    standings: frozenset[Standing]
    receivers: frozenset[Receiver]
    subject: str
    body: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Word:
    """Words that may not be written, in the subject line only or everywhere; `refuse` leaves no override."""

    words: tuple[str, ...]
    subject_only: bool
    refuse: bool
    why: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The text that says a report came in. `subject` and `body` may also hold {reference}."""

    subject: str
    body: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class FeedbackPolicy:
    """`ours`: names of the region that may always be printed."""

    version: str
    highest: Mapping[tuple[Standing, Receiver], Level]
    texts: tuple[Text, ...]
    words: tuple[Word, ...]
    receipt: Receipt
    ours: tuple[str, ...] = ()

    def allowed(self, standing: Standing, receiver: Receiver) -> tuple[Level, ...]:
        """The levels that may be chosen, from least to most; never empty."""
        most = self.highest[standing, receiver]
        return tuple(level for level in Level if floor(standing).rank <= level.rank <= most.rank)

    def text(self, level: Level, standing: Standing, receiver: Receiver) -> Text:
        """The proposed text. PolicyError when the level is not allowed here."""
        if level not in self.allowed(standing, receiver):
            raise PolicyError(f"niveau {level.label} mag niet bij {standing.label} aan {receiver.label}")
        return next(text for text in self.texts if _fits(text, level, standing, receiver))


def load(data: Mapping[str, Any]) -> FeedbackPolicy:
    """PolicyError when a pair has no level, a level is too high or low, or an allowed level has not one text."""
    if not data.get("version"):
        raise PolicyError("er is geen version")
    policy = FeedbackPolicy(
        version=str(data["version"]),
        highest=_highest(data.get("level", ())),
        texts=tuple(_text(row) for row in data.get("text", ())),
        words=tuple(_word(row) for row in data.get("word", ())),
        receipt=_receipt(data.get("receipt")),
        ours=tuple(_ours(row) for row in data.get("ours", ())),
    )
    _check_texts(policy)
    return policy


def _highest(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Standing, Receiver], Level]:
    table: dict[tuple[Standing, Receiver], Level] = {}
    for row in rows:
        _sourced(row)
        standing = Standing(row["standing"])
        for receiver in Receiver:
            table[standing, receiver] = _bounded(standing, Level(row[receiver.value]))
    missing = [standing.value for standing in Standing if (standing, Receiver.CITIZEN) not in table]
    if missing:
        raise PolicyError(f"geen niveau voor: {', '.join(missing)}")
    return table


def _bounded(standing: Standing, level: Level) -> Level:
    if not floor(standing).rank <= level.rank <= ceiling(standing).rank:
        raise PolicyError(f"niveau {level.label} mag niet bij {standing.label}")
    return level


def _sourced(row: Mapping[str, Any]) -> None:
    if not row.get("source") or not row.get("status"):
        raise PolicyError(f"regel zonder bron of status: {dict(row)}")


def _ours(row: Mapping[str, Any]) -> str:
    _sourced(row)
    return str(row["name"])


def _receipt(row: Mapping[str, Any] | None) -> Receipt:
    if row is None:
        raise PolicyError("geen tekst voor de ontvangstbevestiging")
    _sourced(row)
    _filled_in(row, OF_RECEIPT)
    return Receipt(row["subject"], row["body"], row["source"], row["status"])


def _filled_in(row: Mapping[str, Any], known: frozenset[str]) -> None:
    """Only places that the program fills in."""
    names = {name for part in (row["subject"], row["body"]) for _, name, _, _ in Formatter().parse(part) if name}
    if names - known:
        raise PolicyError(f"onbekende invulplek: {', '.join(sorted(names - known))}")


def _text(row: Mapping[str, Any]) -> Text:
    _sourced(row)
    _filled_in(row, PLACEHOLDERS)
    return Text(
        level=Level(row["level"]),
        standings=frozenset(map(Standing, row.get("standings", Standing))),
        receivers=frozenset(map(Receiver, row.get("receivers", Receiver))),
        subject=row["subject"],
        body=row["body"],
        source=row["source"],
        status=row["status"],
    )


def _word(row: Mapping[str, Any]) -> Word:
    _sourced(row)
    return Word(
        tuple(row["words"]), row["where"] == "subject", bool(row["refuse"]), row["why"], row["source"], row["status"]
    )


def _fits(text: Text, level: Level, standing: Standing, receiver: Receiver) -> bool:
    return text.level is level and standing in text.standings and receiver in text.receivers


def _check_texts(policy: FeedbackPolicy) -> None:
    for standing, receiver in policy.highest:
        for level in policy.allowed(standing, receiver):
            fitting = [text for text in policy.texts if _fits(text, level, standing, receiver)]
            if len(fitting) != 1:
                place = f"{level.label}, {standing.label}, {receiver.label}"
                raise PolicyError(f"{len(fitting)} teksten voor: {place}")
