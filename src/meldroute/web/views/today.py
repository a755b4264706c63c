"""Vandaag: the start page per role; what waits first."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.domain import days
from meldroute.domain.vocabulary import Role
from meldroute.intake.waiting import waiting as mails_waiting
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.meetings.upcoming import upcoming
from meldroute.people import call_card
from meldroute.people.gate import Request, allowed
from meldroute.people.reviewing import REVIEWERS, lapse_soon
from meldroute.plan.upcoming import kept_so_far
from meldroute.plan.upcoming import upcoming as asked_of_plan
from meldroute.post.models import Delivery, Outgoing
from meldroute.route import listing
from meldroute.route.asked import asked_of
from meldroute.route.share import answered_in_time
from meldroute.route.terms import holidays_of
from meldroute.route.titles import STEPS, kind_of, state_of
from meldroute.route.waiting import waiting_for
from meldroute.routine.actions.months import open_steps
from meldroute.routine.roles import DOERS
from meldroute.sharing.actions import MAY_SETTLE, not_settled

from .. import pulse
from ..sign_in import rules_here

WORKS = (Role.MELDPUNT, Role.INTEGRITY)
LOOK_AFTER_WORKER = (Role.MELDPUNT, Role.ADMINISTRATOR)
REPORTS = (Role.REPORTER, Role.PARTNER_REPORTER, Role.ENFORCEMENT)
WAITS = (*WORKS, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER, Role.FG, Role.ENFORCEMENT, Role.MEETING_MEMBER)


@allowed()
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is asked of this person today."""
    acting = cast(Request, request).acting
    told: dict[str, Any] = {"today": acting.today, "works": acting.is_any(*WORKS), "meetings": upcoming(acting)}
    told["reports"] = acting.is_any(*REPORTS) and not told["works"]
    if acting.is_any(*WAITS):
        told["waiting"] = waiting_for(acting)[:12]
    if acting.is_any(*WORKS):
        told |= _meldpunt(acting)
    told["plan"] = asked_of_plan(acting)
    if acting.is_any(*DOERS):
        told["routine"] = open_steps(acting.place, acting.today)
    told["kept"] = kept_so_far(acting) if acting.is_any(Role.BOARD) else []
    if acting.is_any(*MAY_SETTLE):
        told["proposals"] = not_settled(acting)
    if acting.is_any(*REVIEWERS):
        told["lapsing"] = len(lapse_soon(acting, rules_here(acting)))
    if acting.is_any(*LOOK_AFTER_WORKER):
        told["worker"] = pulse.look(acting.at)
    shown = [row["signal"].id for row in told.get("signals", ())]
    shown += [one.cell.occurrence.id for one in told["plan"]]
    shown += [one.about for one in told.get("waiting", ()) if one.about]
    journal.record(by=acting, act="look", on="web.today", ids=shown)
    return render(request, "web/today.html", told)


def _meldpunt(by: Acting) -> dict[str, Any]:
    """Figures and lists of the meldpunt; a fixed number of statements."""
    free = holidays_of(by.place)
    rows = listing.due_soonest(by)
    asked = asked_of(rows)
    soonest = [
        {
            "signal": row,
            "kind": kind_of(row),
            "state": state_of(row),
            "asked": asked[row.id],
            "left": days.left(by.today, row.due_on, free) if row.due_on else 0,
        }
        for row in rows
    ]
    return {
        "calls": call_card.overdue(by),
        "share": answered_in_time(by.place, by.today),
        "mails": mails_waiting(by),
        "undelivered": Outgoing.objects.filter(state__in=(Delivery.UNCERTAIN, Delivery.FAILED)).count(),
        "steps": [(STEPS[step - 1], number, late) for step, number, late in listing.per_step(by)],
        "signals": soonest,
    }
