"""The plan on one page: what was kept per pillar, what is asked now, and every action by quarter."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from meldroute.domain.plan.document import ProofKind
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.terms import holidays_of

from ..files import write
from ..forms.filtering import GridFilter
from ..models import Plan
from ..presenting import asked_now, groups, is_old, quarters, short
from ..reading import Line, lines, said_by
from ..roles import MANAGERS, READERS
from .page import acting, names, plan_here, plan_or_404, show

MOST_ASKED = 8


@allowed(*READERS)
@require_safe
def grid(request: HttpRequest) -> HttpResponse:
    """The quarter grid, or how to begin when no plan is followed here."""
    by = acting(request)
    plan = plan_here(request)
    journal.record(by=by, act="look", on="plan.Plan", ids=[plan.id if plan else None])
    keeps = by.is_any(*MANAGERS)
    if plan is None:
        return show(request, "none", _("Plan"), [], keeps=keeps)
    found = lines(plan, by.today)
    told = said_by(plan)
    form = _filter(request, plan, found, {one.number: one.name for one in told.pillars})
    shown = form.kept(found, by.person)
    period = form.period(plan.begins, plan.ends)
    columns = quarters(plan)
    asked = asked_now(shown, by.today, holidays_of(by.place), None if keeps else by.person)
    return show(
        request,
        "grid",
        plan.name,
        [],
        plan=plan,
        about=about(plan, len(told.actions), by.today),
        form=form,
        keeps=keeps,
        groups=groups(shown, {one.number: one.name for one in told.pillars}, columns, by.today, period),
        columns=[(short(one), by.today in one, one.key, is_old(one, by.today)) for one in columns],
        asked=asked[:MOST_ASKED],
        more=max(0, len(asked) - MOST_ASKED),
        others=[row for row in Plan.objects.order_by("begins") if row.id != plan.id],
    )


def about(plan: Plan, actions: int, today: date) -> str:
    """The line under the title: how many actions, and how long the plan runs."""
    told = ngettext("%(count)d actie", "%(count)d acties", actions) % {"count": actions}
    weeks = (plan.ends - today).days // 7
    if today > plan.ends:
        return _("%(actions)s · dit plan is afgelopen") % {"actions": told}
    if today < plan.begins:
        return _("%(actions)s · dit plan begint nog") % {"actions": told}
    left = ngettext("het plan loopt over %(count)d week af", "het plan loopt over %(count)d weken af", weeks)
    return f"{told} · {left % {'count': weeks}}"


def _filter(request: HttpRequest, plan: Plan, found: list[Line], pillars: dict[int, str]) -> GridFilter:
    owners = names(line.action.owner for line in found)
    places = sorted({name for line in found for name in line.action.shared})
    return GridFilter(
        request.GET,
        pillars=[*((number, f"{number} {name}") for number, name in sorted(pillars.items()))],
        people=sorted(((one, name) for one, name in owners.items() if one), key=lambda one: one[1]),
        places=places,
        years=range(plan.begins.year, plan.ends.year + 1),
    )


@allowed(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every occurrence as a row of a spreadsheet."""
    by = acting(request)
    plan = plan_or_404(request)
    journal.record(by=by, act="plan.overview", on="plan.Plan", ids=[plan.id])
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    with override("nl"):  # the overview is a Dutch document, whoever takes it
        out.writerow(["code", "pijler", "actie", "wanneer", "termijn", "uiterlijk", "stand", "gedaan op", "bewijs"])
        for line in lines(plan, by.today):
            out.writerows(_rows(line))
    return _download(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{plan.code}.csv")


def _rows(line: Line) -> list[list[object]]:
    action = line.action
    return [
        [
            action.code,
            action.pillar or "",
            action.title,
            action.cadence,
            cell.occurrence.key,
            cell.occurrence.due,
            _(cell.mark.label),
            cell.occurrence.done_on or "",
            "; ".join(_safe(one.text or one.link or _(ProofKind(one.kind).label)) for one in cell.proofs),
        ]
        for cell in line.cells
    ]


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@allowed(*READERS)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the plan says, as a file that can be read in again."""
    plan = plan_or_404(request)
    body = plan.versions.get(number=plan.version).body
    journal.record(by=acting(request), act="plan.export", on="plan.Plan", ids=[plan.id])
    return _download(write(body).encode(), "application/toml", f"{plan.code}.toml")


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
