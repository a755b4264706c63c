"""The routine of a month: begun once, its steps said by people or by the program, every word with its undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from meldroute.domain.cadence import Period, Unit, period_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.vault import keys

from ..models import Event, Month, Standing, Step
from ..policies import routine_here
from ..roles import DOERS, SOURCE, may_do

ON = "routine.Month"


@dataclass(frozen=True)
class Said:
    """What somebody says of a step; `version` is that of the page it was said on."""

    standing: Standing
    version: int
    reason: str = ""


def period(day: date) -> Period:
    """The month of a local day."""
    return period_of(day, Unit.MONTH)


def of_now(by: Acting) -> Month:
    """The routine of this month; it begins when the worker or somebody first asks for it. Raises Refused."""
    require(may_do(by))
    now = period(by.today)
    found = Month.objects.filter(municipality_id=by.place, key=now.key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _begin(by, now)
    except IntegrityError:  # somebody else began it at the same moment
        return Month.objects.get(municipality_id=by.place, key=now.key)


def _begin(by: Acting, now: Period) -> Month:
    policy, version = routine_here(by)
    month = Month.objects.create(
        municipality_id=by.place,
        key=now.key,
        begins=now.begins,
        due=now.due,
        key_id=keys.make(municipality_id=by.place, purpose="routine"),
        policy_version=version,
        made_at=by.at,
    )
    Step.objects.bulk_create(
        Step(
            municipality_id=by.place,
            month=month,
            code=step.id,
            place=place,
            name=step.name[:120],
            why=step.why[:400],
            sees=step.sees,
        )
        for place, step in enumerate(policy.steps)
    )
    journal.record(by=by, act="routine.begin", on=ON, ids=[month.id])
    return month


def say(*, by: Acting, step: Step, said: Said, seen: Mapping[str, Any]) -> Step:
    """What became of a step, with what the program saw at that moment. Raises Refused."""
    now = _locked(step, by, said.version)
    if said.standing is Standing.NOT_DONE and not said.reason.strip():
        raise Refused(_no(gettext_noop("Schrijf op waarom niet."), "routine.reason"))
    _settle(by, now, said.standing, said.reason.strip()[:400], seen)
    return now


def undo(*, by: Acting, step: Step, version: int) -> None:
    """Back to what was said before. The program does not say it again by itself: now a person does. Raises Refused."""
    now = _locked(step, by, version)
    if now.version == 0:
        raise Refused(_no(gettext_noop("Hier is nog niets gezegd."), "routine.nothing"))
    before = _before(now)
    if before is None:
        _settle(by, now, Standing.OPEN, "", {})
    else:
        _settle(by, now, Standing(before.standing), before.reason, before.seen)


def _before(step: Step) -> Event | None:
    """What stood there before what stands there now; undoing twice brings it back."""
    return step.events.order_by("-number")[1:2].first()


def see(*, by: Acting, step: Step, seen: Mapping[str, Any]) -> bool:
    """The program saw that a step is done; not when anybody said something of it. Whether it said so."""
    now = Step.objects.select_for_update().get(id=step.id)
    if now.version or now.standing != Standing.OPEN:
        return False
    _settle(by, now, Standing.DONE, "", seen)
    return True


def _settle(by: Acting, step: Step, standing: Standing, reason: str, seen: Mapping[str, Any]) -> None:
    step.standing, step.reason, step.seen = standing, reason, dict(seen)
    step.by, step.at = by.user_id, by.at
    step.version += 1
    step.save(update_fields=["standing", "reason", "seen", "by", "at", "version"])
    Event.objects.create(
        municipality_id=step.municipality_id,
        step=step,
        number=step.version,
        standing=standing,
        reason=reason,
        seen=dict(seen),
        by=by.user_id,
        at=by.at,
    )
    journal.record(by=by, act=f"routine.{standing.value}", on=ON, ids=[step.month_id, step.id], fields=["standing"])


def _locked(step: Step, by: Acting, version: int) -> Step:
    require(may_do(by))
    now = Step.objects.select_for_update(of=("self",)).select_related("month").get(id=step.id)
    require(is_now(now.month, by))
    if now.version != version:
        raise Refused(_no(gettext_noop("Intussen is hier iets gezegd. Kijk opnieuw."), "routine.stale"))
    return now


def is_now(month: Month, by: Acting) -> Verdict:
    """Whether it is this month's: a month that is over stays as it was."""
    if month.begins <= by.today <= month.due:
        return yes()
    return _no(gettext_noop("Deze maand is voorbij. Ga verder in de routine van deze maand."), "routine.over")


def locked_month(by: Acting) -> Month:
    """The routine of this month, so that two clicks at once come one after the other. Raises Refused."""
    return Month.objects.select_for_update().get(id=of_now(by).id)


def _no(reason: str, code: str) -> Verdict:
    return no(reason, SOURCE, code, DOERS)


def open_steps(municipality_id: UUID, today: date) -> int | None:
    """How many steps of this month wait; None when it has yet to begin. One statement."""
    found = Step.objects.filter(municipality_id=municipality_id, month__key=period(today).key)
    told = list(found.values_list("standing", flat=True))
    return sum(one == Standing.OPEN for one in told) if told else None
