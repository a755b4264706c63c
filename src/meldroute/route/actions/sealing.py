"""Sealing a signal afterwards: it turns out to be about, or by, somebody who works, governs or meets here.

Domain rules §2: from then on two named people only, in no list, count or search of others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Recipient, Role
from meldroute.journal.acting import Acting
from meldroute.people import places

from ..conflict import Conflict
from ..models import Signal, TaskState
from ..visible import must_work
from . import releasing
from .opening import sealing
from .parcels import withdraw_all
from .timeline import tell


@contextmanager
def sealed_afterwards(*, by: Acting, signal: Signal, version: int, why: str) -> Iterator[Signal]:
    """Close the file to everybody but the trusted readers; in the block `by` still sees it, after it no more.

    Takes back what was released or is on its way to another municipality, withdraws open tasks, ends every access, and
    seals the mails about it. Raises Refused without a reason or when nobody would be left to read it; Conflict when
    somebody else was first.
    """
    must_work(signal, by)
    require(_may(signal, why, by))
    if not Signal.objects.filter(id=signal.id, version=version).update(version=F("version") + 1, handler_id=None):
        raise Conflict(signal.id)
    for recipient in Recipient:
        releasing.withdraw(by=by, signal=signal, recipient=recipient)
    withdraw_all(signal, by=by)
    signal.tasks.filter(state=TaskState.OPEN).update(state=TaskState.WITHDRAWN, withdrawn_at=by.at)
    tell(signal, by=by, kind="signal.seal", reason=why.strip())
    with connection.cursor() as cursor:
        cursor.execute("SELECT mr_seal_mails(%s)", [signal.id])
        cursor.execute("SELECT mr_seal_access(%s, %s)", [signal.id, by.at])
    with sealing(signal, by=by):
        yield signal


def _may(signal: Signal, why: str, by: Acting) -> Verdict:
    if signal.sealed:
        return no(gettext_noop("Dit signaal is al verzegeld."), "domain rules §2", "seal.sealed")
    if not why.strip():
        reason = gettext_noop("Geef een reden: waarom moet dit signaal verzegeld worden?")
        return no(reason, "domain rules §2", "seal.why")
    if not places.members(signal.municipality_id, Role.INTEGRITY, today=by.today).exists():
        reason = gettext_noop(
            "Er is nu geen vertrouwde lezer. Na verzegelen kan niemand dit signaal meer openen. "
            "Vraag de beheerder om eerst een vertrouwde lezer aan te wijzen."
        )
        return no(reason, "domain rules §2", "seal.nobody", (Role.ADMINISTRATOR,))
    return yes()
