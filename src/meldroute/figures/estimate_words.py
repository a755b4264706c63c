"""Numbers and labels of an estimate as people read them; shared by text, HTML and PDF."""

from __future__ import annotations

from meldroute.domain.estimation import Assessment, Check, Estimate
from meldroute.domain.estimation.cautions import shown_nl
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
PEOPLE = gettext_noop("vermoedelijke slachtoffers")


def whole(value: int | None) -> str:
    """A counted number, exact; one that is hidden in words."""
    return HIDDEN if value is None else f"{value:,}".replace(",", ".")


def interval(estimate: Estimate) -> str:
    """`9.300 tot 16.000`, two significant digits."""
    return f"{shown_nl(estimate.lo)} tot {shown_nl(estimate.hi)}"


def headline(estimate: Estimate) -> str:
    """The figure that may be quoted: a point, or the range of models when they disagree."""
    if estimate.headline == RANGE and estimate.spread is not None:
        low, high = estimate.spread
        return f"{shown_nl(low)} tot {shown_nl(high)}"
    return shown_nl(estimate.n)


def unseen(estimate: Estimate, seen: int | None) -> str:
    """The unseen part of `headline`; a dash when the number seen is hidden."""
    if seen is None:
        return "–"
    if estimate.headline == RANGE and estimate.spread is not None:
        low, high = estimate.spread
        return f"{shown_nl(low - seen)} tot {shown_nl(high - seen)}"
    return shown_nl(estimate.n - seen)


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


def check_rows(checks: tuple[Check, ...]) -> list[tuple[str, ...]]:
    """Lists, compared with, estimate, limits or the reason of refusal."""
    rows: list[tuple[str, ...]] = []
    for check in checks:
        names = " + ".join(check.lists)
        if check.n is None or check.lo is None or check.hi is None:
            rows.append((names, shown_nl(check.truth), "geen schatting", check.refused[0].nl))
        else:
            limits = f"{shown_nl(check.lo)} tot {shown_nl(check.hi)}"
            rows.append((names, shown_nl(check.truth), shown_nl(check.n), limits))
    return rows


def existence_line(found: Assessment) -> str:
    """How many models have one finite estimate."""
    e = found.existence
    how = "alle modellen bekeken" if e.exhaustive else "zoekpad, niet alle modellen"
    return f"{e.with_estimate} van {e.tried} modellen hebben één eindige schatting ({how})"


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
