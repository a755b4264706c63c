"""What is known of each kept file, and whether it may be given to anybody. Not scanned is not given (fail closed)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.domain.vocabulary import Role

from .models import Blob, DataKey
from .scanner import Scan, Scanned

OPEN = (Scan.WAITING, Scan.UNREACHED)
GROUND = "BIO2 8.07"
HELPERS = (Role.ADMINISTRATOR, Role.MELDPUNT)
_WHY = {
    Scan.WAITING: gettext_noop(
        "Dit bestand is nog niet op virussen nagekeken. Dat gebeurt vanzelf. Probeer het over een minuut opnieuw."
    ),
    Scan.UNREACHED: gettext_noop(
        "De virusscanner is niet bereikbaar. Het bestand is bewaard en wordt vanzelf nagekeken zodra hij weer werkt."
    ),
    Scan.HARMFUL: gettext_noop(
        "Geweigerd: in dit bestand zit iets schadelijks. Het blijft bewaard, maar gaat niet naar uw computer."
    ),
    Scan.UNSCANNABLE: gettext_noop(
        "Geweigerd: dit bestand is niet na te kijken, bijvoorbeeld door een wachtwoord of omdat het te veel inpakt. "
        "Vraag de afzender om een los, gewoon bestand."
    ),
}
_PRACTICE = gettext_noop("niet gescand (oefening)")
_NO_SCANNER = gettext_noop(
    "Er is geen virusscanner ingesteld. Daarom gaan bestanden niet open. Ze blijven bewaard. "
    "De beheerder kan dit instellen."
)


def may_leave(blob_id: UUID) -> Verdict:
    """Whether the bytes may go to somebody's computer. One statement."""
    state = Blob.objects.values_list("scan", flat=True).filter(id=blob_id).first()
    return verdict(Scan(state or Scan.WAITING))


def verdict(state: Scan) -> Verdict:
    """The same for a state: a refused file never, any other when it was scanned, or nothing is scanned here."""
    if state is Scan.CLEAN or (settings.MELDROUTE_UNSCANNED and state in OPEN):
        return yes()
    if settings.MELDROUTE_CLAMD is None and state in OPEN:
        return no(_NO_SCANNER, GROUND, "scan.none", HELPERS)
    return no(_WHY[state], GROUND, f"scan.{state.value}", HELPERS)


@dataclass(frozen=True)
class Told:
    """A file in a list: may it be downloaded, the word beside it, and why not."""

    leaves: bool
    word: str
    why: str


def told(state: Scan) -> Told:
    """What a list says of a file in this state; the texts are message ids of the catalogue."""
    found = verdict(state)
    unscanned = found.allowed and state is not Scan.CLEAN
    return Told(found.allowed, _PRACTICE if unscanned else state.label, found.reason)


def states(blob_ids: Iterable[UUID]) -> dict[UUID, Scan]:
    """What is known of each, for a list. One statement."""
    rows = Blob.objects.filter(id__in=list(blob_ids)).values_list("id", "scan")
    return {blob_id: Scan(state) for blob_id, state in rows}


def waiting(most: int) -> list[UUID]:
    """Files of the entered municipality that must be scanned: never tried first, then the longest ago."""
    alive = DataKey.objects.filter(wrapped__isnull=False).values("id")
    rows = Blob.objects.filter(scan__in=OPEN, key_id__in=alive)
    return list(rows.order_by(F("scanned_at").asc(nulls_first=True), "made_at").values_list("id", flat=True)[:most])


def claimed(blob_id: UUID) -> Blob | None:
    """The row, locked; None when another worker has it or settled it."""
    return Blob.objects.select_for_update(skip_locked=True).filter(id=blob_id, scan__in=OPEN).first()


def settle(blob_ids: Iterable[UUID], scanned: Scanned, *, at: datetime) -> None:
    """Write down what the scanner said of files that were still open."""
    rows = Blob.objects.filter(id__in=list(blob_ids), scan__in=OPEN)
    rows.update(scan=scanned.state, scan_said=scanned.said[:200], scanned_at=at)
