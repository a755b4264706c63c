"""Numbers and labels of an estimate as people read them; shared by text, HTML and PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from meldroute.domain.estimation import Assessment, Check, Estimate, Message
from meldroute.domain.estimation.cautions import shown_nl, significant
from meldroute.domain.estimation.protection import Shown
from meldroute.domain.estimation.result import RANGE
from meldroute.domain.term import gettext_noop

LIMITS = {
    "bca": gettext_noop("interval uit herhalingen, met de keuze van het model erin"),
    "wald": gettext_noop("grenzen bij dit ene model, zonder modelkeuze: te smal"),
    "posterior": gettext_noop("grenzen uit de kansverdeling over alle modellen"),
}
METHOD = {
    "stepwise": gettext_noop("stapsgewijs"),
    "bic": gettext_noop("laagste BIC"),
    "bma": gettext_noop("gemiddelde over modellen"),
}
HIDDEN = gettext_noop("verborgen")
TO = gettext_noop("%(low)s tot %(high)s")
NO_ESTIMATE = gettext_noop("geen schatting")
EXISTENCE = gettext_noop("%(fine)s van %(tried)s modellen hebben één eindige schatting (%(how)s)")
ALL_TRIED = gettext_noop("alle modellen bekeken")
SOME_TRIED = gettext_noop("zoekpad, niet alle modellen")
PEOPLE = gettext_noop("vermoedelijke slachtoffers")


@dataclass(frozen=True)
class Language:
    """How words and numbers are said: reports and the command line in Dutch, pages as the reader chose."""

    say: Callable[[str], str]
    english: bool = False

    def message(self, message: Message) -> str:
        """A refusal or warning."""
        return message.en if self.english else message.nl

    def rounded(self, value: float) -> str:
        """Two significant digits; 9.300 is 9,300 in English, where the point would make it nine."""
        return self._separated(shown_nl(value))

    def whole(self, value: int | None) -> str:
        """A counted number, exact; one that is hidden in words."""
        return self.say(HIDDEN) if value is None else self._separated(f"{value:,}".replace(",", "."))

    def between(self, low: float, high: float) -> str:
        """`9.300 tot 16.000`."""
        return self.say(TO) % {"low": self.rounded(low), "high": self.rounded(high)}

    def _separated(self, number: str) -> str:
        return number.replace(".", ",") if self.english else number


DUTCH = Language(str)


def whole(value: int | None) -> str:
    """A counted number in Dutch."""
    return DUTCH.whole(value)


def interval(estimate: Estimate, language: Language = DUTCH) -> str:
    """`9.300 tot 16.000`, two significant digits."""
    return language.between(estimate.lo, estimate.hi)


def headline(estimate: Estimate, language: Language = DUTCH) -> str:
    """The figure that may be quoted: a point, or the range of models when they disagree."""
    if estimate.headline == RANGE and estimate.spread is not None:
        return language.between(*estimate.spread)
    return language.rounded(estimate.n)


def unseen(estimate: Estimate, seen: int | None, language: Language = DUTCH) -> str:
    """The unseen part of `headline`; a dash when the number seen is hidden.

    Taken from the total as it is shown, so that the figures team and the board read the same number and nobody can
    work out a finer total than the one that is printed.
    """
    if seen is None:
        return "–"
    if estimate.headline == RANGE and estimate.spread is not None:
        low, high = (significant(value) for value in estimate.spread)
        return language.between(low - seen, high - seen)
    return language.rounded(significant(estimate.n) - seen)


def estimate_rows(found: Assessment, shown: Shown | None = None) -> list[tuple[str, ...]]:
    """Method, in all, unseen, limits, what the limits are, model."""
    seen = found.table.seen if shown is None else shown.seen
    return [
        (
            METHOD[e.method],
            headline(e),
            unseen(e, seen),
            f"{interval(e)} ({100 * e.level:.0f} %)",
            LIMITS[e.limits],
            e.model,
        )
        for e in found.estimates
    ]


ESTIMATE_HEADS = ("Methode", "Totaal", "Niet gezien", "Grenzen", "Soort grenzen", "Model")


def check_rows(checks: tuple[Check, ...], language: Language = DUTCH) -> list[tuple[str, ...]]:
    """Lists, compared with, estimate, limits or the reason of refusal."""
    rows: list[tuple[str, ...]] = []
    for check in checks:
        names = " + ".join(check.lists)
        if check.n is None or check.lo is None or check.hi is None:
            reason = language.message(check.refused[0])
            rows.append((names, language.rounded(check.truth), language.say(NO_ESTIMATE), reason))
        else:
            limits = language.between(check.lo, check.hi)
            rows.append((names, language.rounded(check.truth), language.rounded(check.n), limits))
    return rows


def existence_line(found: Assessment, language: Language = DUTCH) -> str:
    """How many models have one finite estimate."""
    e = found.existence
    how = language.say(ALL_TRIED if e.exhaustive else SOME_TRIED)
    return language.say(EXISTENCE) % {"fine": e.with_estimate, "tried": e.tried, "how": how}


def source_rows(found: Assessment, digest: str, version: str) -> list[tuple[str, str]]:
    """What is needed to make the same figure again; hashes are left out with `digest` (they can be guessed)."""
    hashes = [("SHA-256 van het bestand", digest), ("SHA-256 van de inhoud", found.table.sha256)] if digest else []
    return [
        ("Startgetal", str(found.seed)),
        ("Herhalingen", whole(found.replicates)),
        ("Versie van de methode", version),
        *hashes,
        ("Bestaan van schattingen", existence_line(found)),
    ]
