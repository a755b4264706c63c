"""The routine as the tests have it, and the real worker turning round it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meldroute.domain.vocabulary import Triage
from meldroute.intake.models import Mail
from meldroute.journal.acting import Acting
from meldroute.people.models import CallLine
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.routine.actions import mailtest, months
from meldroute.routine.models import MailTest, Month, Standing, Step
from meldroute.routine.ticking import look
from people_here import MONDAY, acting, here


def one_of_each(by: Acting) -> dict[str, Any]:
    """The month of now with a step that was said something of and a test mail, for who does the routine."""
    with unit(by) as inside:
        month = months.of_now(by=inside)
        step = month.steps.get(code="practice")
        said = months.Said(Standing.NOT_DONE, step.version, "Geen tijd deze maand")
        months.say(by=inside, step=step, said=said, seen={})
        mailtest.send(by=inside)
    return {"month_id": month.id, "step_id": step.id}


def begun(at: datetime = MONDAY) -> Month:
    """The month after the worker looked."""
    look(here().id, at)
    return month_at(at)


def month_at(at: datetime) -> Month:
    """The month of a moment, as the system sees it."""
    with system(here().id, at) as by:
        return Month.objects.get(key=months.period(by.today).key)


def step(code: str, at: datetime = MONDAY) -> Step:
    """A step of the month of a moment."""
    with system(here().id, at):
        return Step.objects.select_related("month").get(month=month_at_inside(at), code=code)


def month_at_inside(at: datetime) -> Month:
    """The month, inside a unit of work."""
    return Month.objects.get(key=months.period(acting(None, at=at).today).key)


def standings(at: datetime = MONDAY) -> dict[str, str]:
    """How every step of the month stands."""
    with system(here().id, at):
        return dict(Step.objects.filter(month=month_at_inside(at)).values_list("code", "standing"))


def say(code: str, standing: Standing, reason: str = "", *, name: str = "meldpunt", at: datetime = MONDAY) -> None:
    """Somebody says something of a step."""
    row = step(code, at)
    with unit(acting(name, at=at)) as by:
        months.say(by=by, step=row, said=months.Said(standing, row.version, reason), seen={})


def sent(name: str = "meldpunt", *, at: datetime = MONDAY) -> MailTest:
    """A test mail in the outbox."""
    with unit(acting(name, at=at)) as by:
        return mailtest.send(by=by)


def text_of(test: MailTest, at: datetime = MONDAY) -> str:
    """What the test mail says."""
    with system(here().id, at):
        return str(Outgoing.objects.get(id=test.outgoing_id).body)


def now(test: MailTest, at: datetime = MONDAY) -> MailTest:
    """The test mail as it stands now."""
    with system(here().id, at):
        return MailTest.objects.get(id=test.id)


def triage(at: datetime = MONDAY) -> list[Triage]:
    """The state of every mail that came in, the first on top."""
    with system(here().id, at):
        return [Triage(state) for state in Mail.objects.order_by("came_at", "id").values_list("state", flat=True)]


def all_called(at: datetime = MONDAY) -> None:
    """Every number was looked at today."""
    with system(here().id, at) as by:
        CallLine.objects.update(checked_on=by.today, checked_by=None)
