"""Opening a signal: its key, its number, its first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from meldroute.domain import days
from meldroute.domain.terms import Terms
from meldroute.domain.vocabulary import Channel, Form, Role, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.post.actions import leaves
from meldroute.vault import keys

from ..models import Access, AccessKind, Signal
from ..searchable import keep_words, of_signal
from ..terms import terms_of
from .timeline import tell

PRACTICE = "OEF"
"""Opens the reference of a practice signal of a real installation: wherever its number stands, one sees what it is."""


def next_number(municipality_id: UUID, year: int) -> tuple[int, str]:
    """The next number of the year, with the letters of the municipality.

    A number is never given twice, a rolled-back one may leave a gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO route_counter (id, municipality_id, year, last) VALUES (gen_random_uuid(), %s, %s, 1) "
            "ON CONFLICT (municipality_id, year) DO UPDATE SET last = route_counter.last + 1 "
            "RETURNING last, (SELECT code FROM people_municipality WHERE id = %s)",
            [municipality_id, year, municipality_id],
        )
        number, code = cursor.fetchone() or (1, "")
    return int(number), str(code)


def open_signal(
    *,
    by: Acting,
    source_kind: SourceKind,
    channel: Channel,
    received_at: datetime,
    state: State,
    forms: Sequence[Form] = (),
    sector: str = "",
    minor_possible: bool = False,
    sealed: bool = False,
    practice: bool = False,
    terms: Terms | None = None,
) -> Signal:
    """A new signal with its own data key and number, in `received` (by form) or `registered` (from triage).

    `sealed`: it is about, or by, somebody who works, governs or meets here; only the trusted readers see it.
    The caller has asked the urgency question first (domain rules §2, step 1), and may have read the `terms`.
    """
    year = days.reference_year(received_at)
    number, code = next_number(by.place, year)
    terms = terms or terms_of(by.place)
    signal = Signal.objects.create(
        municipality_id=by.place,
        key_id=keys.make(municipality_id=by.place, purpose="signal"),
        year=year,
        number=number,
        reference=f"{code if leaves(practice=practice) else PRACTICE}-{year}-{number:04d}",
        state=state,
        forms=list(forms),
        sector=sector,
        source_kind=source_kind,
        channel=channel,
        urgency_asked=True,
        minor_possible=minor_possible,
        sealed=sealed,
        practice=practice,
        received_at=received_at,
        registered_at=by.at if state is State.REGISTERED else None,
        handler_id=by.user_id if state is State.REGISTERED and by.is_any(Role.MELDPUNT) else None,
        state_since=by.at,
        due_on=terms.due(state, None, by.today),
    )
    keep_words(signal, of_signal(signal), by=by, first=True)
    if sealed:
        trust(signal, by=by)
    tell(signal, by=by, kind="signal.received" if state is State.RECEIVED else "signal.register", channel=channel)
    return signal


@contextmanager
def sealing(signal: Signal, *, by: Acting) -> Iterator[None]:
    """Close a signal to everybody but the trusted readers; the last thing that whoever opened it does.

    The wall lets nobody change a row into one that they may not see: the opener sees it until the block ends.
    """
    brief = give_access(signal, by=by, user_id=by.person, why="verzegelen")
    Signal.objects.filter(id=signal.id).update(sealed=True)
    signal.sealed = True
    trust(signal, by=by)
    yield
    brief.ended_at, brief.sealed = by.at, True
    brief.save(update_fields=["ended_at", "sealed"])


def trust(signal: Signal, *, by: Acting) -> None:
    """Give the trusted readers, and nobody else, the file of a sealed signal."""
    for user in places.members(signal.municipality_id, Role.INTEGRITY, today=by.today):
        give_access(signal, by=by, user_id=user.id, why="vertrouwde lezer")


def give_access(
    signal: Signal,
    *,
    by: Acting,
    user_id: UUID,
    why: str,
    kind: AccessKind = AccessKind.FILE,
    until: datetime | None = None,
    meeting_id: UUID | None = None,
    emergency: bool = False,
    about_id: UUID | None = None,
) -> Access:
    """Let one user see the signal (or only what was released, or only the own report) until a moment."""
    return Access.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        user_id=user_id,
        kind=kind,
        meeting_id=meeting_id,
        sealed=signal.sealed,
        why=why,
        emergency=emergency,
        about_id=about_id,
        by=by.user_id,
        starts_at=by.at - timedelta(seconds=1),
        until=until,
    )
