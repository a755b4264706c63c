"""What the triage form may be filled with beforehand. A person decides; nothing here decides anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Self

from ..domain.vocabulary import Form, SourceKind
from .message import Address, Reading

MOST = 20
"""Places and moments proposed of one mail."""

TEXT_CHARS = 100_000
_WORD = re.compile(r"[^\s,;:!?()\"<>]{1,80}")
_NUMBER = re.compile(r"(\d{1,5})([A-Za-z]?(?:[-/][0-9A-Za-z]{1,4})?)\.?")
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?((?!SA|SD|SS)[A-Z]{2})\b")
_DATE = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})[-/. ]((?:19|20)\d{2})\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_PREFIXES = 3


@dataclass(frozen=True)
class Words:
    """The lists of `policies/intake-words.toml`, lowercased."""

    urgency: tuple[str, ...] = ()
    forms: tuple[tuple[Form, tuple[str, ...]], ...] = ()
    streets: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        """The lists in a parsed policy file. Raises KeyError or ValueError when it is not that file."""
        return cls(
            urgency=_joined(table["urgency"], "words"),
            forms=tuple((Form(row["form"]), _joined([row], "words")) for row in table["form"]),
            streets=_joined(table["street"], "endings"),
            moments=_joined(table["moment"], "words"),
        )


@dataclass(frozen=True)
class Place:
    """A place as it stands in the mail; the parts are empty when they do not."""

    text: str
    street: str = ""
    number: str = ""
    addition: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Moment:
    """Words about time as they stand in the mail, and the day when it is written out."""

    text: str
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Proposed answers for the triage form. `reporter` is the writer before a colleague sent it on, if any."""

    reporter: Address | None = None
    from_forward: bool = False
    source_kind: SourceKind | None = None
    forms: tuple[Form, ...] = ()
    places: tuple[Place, ...] = ()
    moments: tuple[Moment, ...] = ()
    urgency_words: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def show_urgency(self) -> bool:
        """True when the urgency block (112, Veilig Thuis, Team Mensenhandel) is shown unfolded."""
        return bool(self.urgency_words)


def propose(reading: Reading, words: Words, domains: Mapping[str, SourceKind]) -> Proposal:
    """The proposal for one mail.

    `domains`: mail domain of a partner or of the municipality itself → who reports from there. A subdomain
    counts with its parent. An unknown domain proposes nothing: that a mail comes from a resident is for a
    person to say.
    """
    reporter = reading.forwarded.sender if reading.forwarded else reading.sender
    text = _text(reading)
    return Proposal(
        reporter=reporter,
        from_forward=reading.forwarded is not None,
        source_kind=_source_kind(reporter, domains),
        forms=tuple(form for form, named in words.forms if _named(text, named)),
        places=places(text, words.streets),
        moments=moments(text, words.moments),
        urgency_words=_named(text, words.urgency),
        references=reading.named,
    )


def _text(reading: Reading) -> str:
    """The words of the mail and of the mails that were sent along as files."""
    inner = [part.nested for part in reading.parts if part.nested]
    whole = "\n".join(f"{each.subject}\n{each.text[:TEXT_CHARS]}" for each in [reading, *inner[:5]])
    return whole[:TEXT_CHARS]


def _source_kind(reporter: Address | None, domains: Mapping[str, SourceKind]) -> SourceKind | None:
    labels = reporter.domain.split(".") if reporter else []
    names = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((domains[name] for name in names if name in domains), None)


def _named(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of `words` that stand in `text` as whole words, in the order of the list."""
    if not words:
        return ()
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = {match[1].lower() for match in re.finditer(rf"\b({either})\b", text, re.IGNORECASE)}
    return tuple(dict.fromkeys(word for word in words if word in found))


def places(text: str, endings: tuple[str, ...]) -> tuple[Place, ...]:
    """Streets with a house number, and postcodes, in the order of the text, each once."""
    found: dict[Place, None] = {}
    for line in text.split("\n"):
        for place in _in_line(line, endings):
            found.setdefault(place)
            if len(found) >= MOST:
                return tuple(found)
    return tuple(found)


def _in_line(line: str, endings: tuple[str, ...]) -> Iterator[Place]:
    codes = [match[1] + match[2] for match in _POSTCODE.finditer(line)]
    words = _WORD.findall(line)
    streets = [
        (at, number)
        for at, (word, following) in enumerate(pairwise(words))
        if word.lower().endswith(endings) and word[:1].isalpha() and (number := _NUMBER.fullmatch(following))
    ]
    single = codes[0] if len(codes) == 1 and len(streets) == 1 else ""
    for at, number in streets:
        street = _street(words, at)
        yield Place(f"{street} {number[0].rstrip('.')}", street, number[1], number[2].lstrip("-/"), single)
    if not single:
        yield from (Place(code, postcode=code) for code in codes)


def _street(words: list[str], at: int) -> str:
    """The street with the capitalised words and small words that belong to its name."""
    first = at
    if words[at][:1].islower():
        return words[at]
    for before in range(at - 1, max(-1, at - 1 - _PREFIXES), -1):
        if words[before][:1].isupper() and words[before].lower() not in _OPENERS:
            first = before
        elif words[before] not in ("van", "de", "der", "den", "het"):
            break
    return " ".join(words[first : at + 1])


_OPENERS = frozenset(["in", "op", "aan", "bij", "de", "het", "adres", "naar", "vanaf", "pand", "woning"])


def moments(text: str, words: tuple[str, ...]) -> tuple[Moment, ...]:
    """Dates that are written out, then words about time; at most 20."""
    dated = [Moment(match[0], _day(match)) for match in _DATE.finditer(text) if _day(match)]
    spoken = [Moment(word) for word in _named(text, words)]
    return tuple(dict.fromkeys([*dated, *spoken]))[:MOST]


def _day(match: re.Match[str]) -> date | None:
    month = match[2].lower()
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].replace("mrt", "maa")) + 1
        return date(int(match[3]), number, int(match[1]))
    except ValueError:
        return None


_GREETING = re.compile(r"(?:beste|geachte|hallo|hoi|dag|goede\w*)\b[^\n]{0,60}", re.IGNORECASE)
_GOODBYE = re.compile(
    r"(?:(?:met )?(?:vriendelijke |hartelijke )?groet\w*|mvg|hoogachtend)\b[^\n]{0,40}|--", re.IGNORECASE
)
_SIGNATURE_LINES = 8


def without_courtesies(text: str) -> str:
    """The text without its greeting and signature, which name people and tell nothing of what was seen.

    Only a goodbye with a short signature below it ends the text: what somebody sent on stands below a signature too.
    """
    lines = text.strip().splitlines()
    if lines and _GREETING.fullmatch(lines[0].strip()) and len(lines) > 1:
        lines = lines[1:]
    for at in range(max(1, len(lines) - _SIGNATURE_LINES), len(lines)):
        if _GOODBYE.fullmatch(lines[at].strip()):
            lines = lines[:at]
            break
    return "\n".join(lines).strip()


def _joined(rows: Sequence[Mapping[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word).lower() for row in rows for word in row[key]))
