"""Reading a plan file in, and how the plan changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.plan.document import parse_plan, periods
from meldroute.domain.policy_changes import changes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from ..actions import versions as acts
from ..actions.versions import Decided
from ..forms.files import FileForm
from ..models import Plan
from ..reading import said_by
from ..roles import MANAGERS, READERS
from .page import acting, names, path_to, plan_or_404, show

ON = "plan.Plan"


@allowed(*MANAGERS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A plan from a file: read, compared with what is followed, adopted."""
    by = acting(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*posted)
    known: Plan | None = None
    sound = request.method == "POST" and form.is_valid()
    if sound:
        known = Plan.objects.filter(code=form.body["plan"]["id"]).first()
        if form.cleaned_data.get("adopt") and _kept(form, known, by):
            return redirect("plan:grid")
    title = _("Plan inlezen")
    told = _compared(form, known) if sound else {}
    return show(request, "bring", title, path_to((title, "")), form=form, known=known, **told)


def _kept(form: FileForm, known: Plan | None, by: Acting) -> bool:
    told = form.cleaned_data

    def act() -> object:
        if known is None:
            return acts.bring(by=by, body=form.body, followed_from=told.get("followed_from"))
        decided = Decided(told["changed"], told["decision"], known.version)
        return acts.change(by=by, plan=known, body=form.body, decided=decided)

    return bool(tried(form, act, by=by, on=ON, about=known.id if known else None))


def _compared(form: FileForm, known: Plan | None) -> dict[str, object]:
    """What the file holds, and what it would change."""
    plan = parse_plan(form.body)
    times = sum(len(periods(one, plan)) for one in (*plan.actions, *plan.promises))
    found = changes(acts.newest(known).body, form.body) if known else ()
    return {"plan": plan, "times": times, "changes": found, "read": True, "same": bool(known) and not found}


@allowed(*READERS)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every version with its decision and what it changed, the newest first."""
    by, plan = acting(request), plan_or_404(request)
    rows = list(plan.versions.order_by("number"))
    known = names(row.by for row in rows)
    journal.record(by=by, act="look", on=ON, ids=[plan.id])
    pairs = zip([None, *rows], rows, strict=False)
    shown = [
        (row, known.get(row.by, "") if row.by else "", changes(old.body, row.body) if old else ()) for old, row in pairs
    ]
    title = _("Hoe het plan veranderde")
    return show(
        request, "history", title, path_to((title, "")), plan=plan, told=said_by(plan), shown=list(reversed(shown))
    )
