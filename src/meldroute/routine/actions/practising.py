"""The practice signal of a month: invented, marked, never out of the house, counted nowhere (`post.actions.leaves`)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role, SourceKind, Truth
from meldroute.intake.actions.desk import take_call
from meldroute.intake.actions.report import Report
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.models import Signal

from ..models import Month
from ..policies import routine_here
from ..roles import SOURCE
from .months import ON, locked_month

MARK = "(Oefening, alles is verzonnen.)"
WHO = "Oefen Melder"
"""In a file, which is in Dutch whoever fills it."""


def start(*, by: Acting) -> Signal:
    """Open this month's practice signal as if somebody had called. Raises Refused; one a month."""
    month = locked_month(by)
    if month.signal_id is not None:
        told = gettext_noop("Het oefensignaal van deze maand is al begonnen.")
        raise Refused(no(told, SOURCE, "routine.practised", (Role.MELDPUNT,)))
    policy, _version = routine_here(by)
    case = policy.case_of(month.begins)
    signal = take_call(
        by=by,
        report=Report(
            source_kind=SourceKind.OFFICIAL,
            what=f"{case.what} {MARK}",
            truth=Truth.FACT,
            source=WHO,
            forms=[case.form],
            sector=case.sector,
            place={"street": case.street, "house_number": case.number, "addition": "", "postcode": ""},
            name=WHO,
            practice=True,
        ),
    )
    Month.objects.filter(id=month.id).update(signal_id=signal.id)
    journal.record(by=by, act="routine.practise", on=ON, ids=[month.id, signal.id])
    return signal
