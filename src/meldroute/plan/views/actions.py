"""One action: what the plan says of it, who does it, every time it falls due; changing, ending and adding one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.plan import changing
from meldroute.domain.policy import PolicyError
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from ..actions import recording, scanning, versions
from ..actions.versions import Decided
from ..forms.actions import ActionForm, DecisionForm, EndForm, NewActionForm, OwnForm
from ..models import Action, Plan
from ..presenting import SIGNS
from ..reading import lines, said_by
from ..roles import MANAGERS, READERS
from .page import acting, action_or_404, criterion_or_404, names, path_of, path_to, people_here, plan_or_404, show

ON = "plan.Action"
BOTH = ["GET", "POST"]
Edited = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@allowed(*READERS)
@require_safe
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """What the plan says of it and what became of it."""
    by, row = acting(request), action_or_404(action_id)
    journal.record(by=by, act="look", on=ON, ids=[row.id])
    promise = changing.promise_of(said_by(row.plan), row.code)
    line = next(one for one in lines(row.plan, by.today) if one.action.id == row.id)
    known = names([row.owner, row.stand_in])
    cells = [(one, SIGNS[one.mark], one.mark.label) for one in line.cells]
    return show(
        request,
        "action",
        row.title,
        path_to((row.code, "")),
        action=row,
        promise=promise,
        cells=cells,
        owner=known.get(row.owner, ""),
        stand_in=known.get(row.stand_in, ""),
        keeps=by.is_any(*MANAGERS),
        open=row.ends is None or row.ends >= by.today,
    )


@allowed(*MANAGERS)
@require_http_methods(BOTH)
def own(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Say who does it and who stands in."""
    by, row = acting(request), action_or_404(action_id)
    initial = {"owner": str(row.owner or ""), "stand_in": str(row.stand_in or "")}
    form = OwnForm(request.POST or None, people=people_here(by), initial=initial)
    if request.method == "POST" and form.is_valid():
        owner, stand_in = form.chosen("owner"), form.chosen("stand_in")
        kept = tried(
            form,
            lambda: recording.own(by=by, action=row, owner=owner, stand_in=stand_in),
            by=by,
            on=ON,
            about=row.id,
        )
        if kept:
            return redirect("plan:action", row.id)
    journal.record(by=by, act="look", on=ON, ids=[row.id])
    title = _("Wie doet dit?")
    back = reverse("plan:action", args=[row.id])
    return show(request, "form", title, path_of(row, title), form=form, back=back, lead=row.title, label=_("Bewaren"))


@allowed(*MANAGERS)
@require_http_methods(BOTH)
def amend(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Change what the plan says of it, with a decision."""
    row = action_or_404(action_id)
    promise = changing.promise_of(said_by(row.plan), row.code)
    if promise is None:  # it left the plan
        return redirect("plan:action", row.id)
    initial = ActionForm.filled(promise) | {"version": row.plan.version}
    form = ActionForm(request.POST or None, initial=initial)
    title = _("Actie wijzigen")
    lead = _("De wijziging geldt vanaf vandaag. Wat eerder gevraagd was, blijft staan zoals het was.")
    return _changed(
        request, row.plan, form, lambda told: changing.amend(told, row.code, form.row()), title, lead, action=row
    )


@allowed(*MANAGERS)
@require_http_methods(BOTH)
def end(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """End an action, with a decision."""
    by, row = acting(request), action_or_404(action_id)
    form = EndForm(request.POST or None, initial={"on": by.today, "version": row.plan.version})
    lead = _("Na deze dag vraagt de actie niets meer. Wat is vastgelegd, blijft te zien en blijft meetellen.")
    return _changed(
        request,
        row.plan,
        form,
        lambda told: changing.end(told, row.code, form.cleaned_data["on"]),
        _("Actie beëindigen"),
        lead,
        action=row,
    )


@allowed(*MANAGERS)
@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """An action more, with a decision."""
    by, plan = acting(request), plan_or_404(request)
    code = request.GET.get("uit", "")
    gap = criterion_or_404(by, code) if code else None
    initial: dict[str, Any] = {"version": plan.version, "begins": by.today}
    if gap is not None:
        initial |= {"code": gap.id, "title": gap.suggests, "text": gap.text, "cadence": gap.cadence}
        initial |= {"source": _("Zelfscan: %(source)s") % {"source": gap.standing.source}}
    form = NewActionForm(request.POST or None, plan=said_by(plan), initial=initial)

    def after() -> None:
        if gap is not None:
            scanning.became(by=by, criterion=gap, action_code=form.cleaned_data["code"])

    lead = _("De actie telt vanaf de dag die u kiest.")
    edited = lambda told: changing.add(told, form.row())  # noqa: E731
    return _changed(request, plan, form, edited, _("Actie toevoegen"), lead, after=after)


def _changed(
    request: HttpRequest,
    plan: Plan,
    form: DecisionForm,
    edited: Edited,
    title: str,
    lead: str,
    action: Action | None = None,
    after: Callable[[], None] = lambda: None,
) -> HttpResponse:
    by = acting(request)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        decided = Decided(told["changed"], told["decision"], told["version"])
        try:
            kept = tried(
                form,
                lambda: versions.edit(by=by, plan=plan, edited=edited, decided=decided),
                by=by,
                on="plan.Plan",
                about=plan.id,
            )
        except PolicyError as wrong:
            form.add_error(None, str(wrong))
            kept = None
        if kept:
            after()
            return redirect("plan:action", action.id) if action else redirect("plan:grid")
    journal.record(by=by, act="look", on=ON, ids=[action.id if action else plan.id])
    path = path_of(action, title) if action else path_to((title, ""))
    back = reverse("plan:action", args=[action.id]) if action else reverse("plan:grid")
    return show(request, "form", title, path, form=form, back=back, lead=lead, label=_("Vaststellen"))
