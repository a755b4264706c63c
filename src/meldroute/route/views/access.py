"""Who may see one signal: the list, giving and ending, asking by number, break-glass, reading as the FG."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh

from .. import listing
from ..actions import access as actions
from ..actions.access import MAY_ASK, MAY_BREAK_GLASS
from ..forms.access import AnswerForm, GiveForm, NumberForm
from ..forms.trying import tried
from ..history import names_of
from ..models import Access, AccessRequest, Signal
from ..reading import readers_of
from ..visible import READERS, may_work, must_work
from .page import acting, opened, show

FORTNIGHT = timedelta(days=14)
"""What the form proposes as an end; whoever grants chooses."""


@allowed(*READERS)
@require_safe
def access(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Who may see this file now, and who could before."""
    signal, by = opened(request, signal_id, "route.Access"), acting(request)
    names = names_of(row.user_id for row in actions.readers(signal))
    told = {"readers": readers_of(signal, by, names), "works": bool(may_work(signal, by)), "me": by.user_id}
    return show(request, "route/access.html", signal, _("Wie heeft toegang"), **told)


@allowed(Role.MELDPUNT, Role.INTEGRITY)
@fresh()
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Let a colleague see the file, with an end date."""
    signal, by = opened(request, signal_id, "route.Access"), acting(request)
    must_work(signal, by)
    people = places.members(by.place, *actions.MAY_RECEIVE, today=by.today).exclude(id=by.person)
    form = GiveForm(
        request.POST or None,
        people=list(people.values_list("id", "name")),
        initial={"until": by.today + FORTNIGHT},
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "user_id": form.account,
            "until": form.cleaned_data["until"],
            "why": form.cleaned_data["reason"],
        }
        if tried(form, lambda: actions.give(by=by, signal=signal, **given), by=by, about=signal.id):
            messages.success(request, _("De toegang is gegeven en eindigt vanzelf."))
            return redirect("route:access", signal.id)
    return show(request, "route/work.html", signal, _("Toegang geven"), form=form, label=_("Geef toegang"))


@allowed(*READERS)
@require_POST
def end(request: HttpRequest, signal_id: UUID, access_id: UUID) -> HttpResponse:
    """End somebody's access, or one's own."""
    signal, by = opened(request, signal_id, "route.Access"), acting(request)
    row = _row(signal, access_id)
    actions.revoke(by=by, signal=signal, access=row)
    messages.success(request, _("De toegang is beëindigd."))
    return redirect("route:queue" if row.user_id == by.user_id else "route:access", *_back(row, by.user_id))


def _row(signal: Signal, access_id: UUID) -> Access:
    found = next((row for row in actions.readers(signal) if row.id == access_id), None)
    if found is None:
        raise Http404
    return found


def _back(row: Access, me: UUID | None) -> tuple[UUID, ...]:
    return () if row.user_id == me else (row.signal_id,)


@allowed(*MAY_ASK)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the meldpunt for a signal by its number; own requests and their answers stand below."""
    by = acting(request)
    form = NumberForm(request.POST or None, initial={"reference": request.GET.get("nummer", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: actions.ask_access(by=by, **given), by=by):
            messages.success(request, _("Uw verzoek ligt bij het meldpunt. Het antwoord staat straks op deze pagina."))
            return redirect("route:access-ask")
    rows = listing.requests_of_mine(by)
    journal.record(by=by, act="look", on="route.AccessRequest", ids=[row.id for row in rows])
    told = {"form": form, "rows": rows, "may_break": by.is_any(*MAY_BREAK_GLASS)}
    return render(request, "route/access_ask.html", told)


@allowed(*MAY_BREAK_GLASS)
@fresh()
@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """See one signal at once, for a day; the privacy officer and the FG see it at once too."""
    by = acting(request)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = tried(form, lambda: actions.break_glass(by=by, **given), by=by)
        if made:
            messages.warning(request, _("Noodtoegang voor één dag. De privacyadviseur en de FG zijn gewaarschuwd."))
            return redirect("route:file", made.signal_id)
    return render(request, "route/break_glass.html", {"form": form})


@allowed(Role.FG)
@fresh()
@require_http_methods(["GET", "POST"])
def supervise(request: HttpRequest) -> HttpResponse:
    """The FG reads a signal with a reason that is kept."""
    by = acting(request)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = tried(form, lambda: actions.read_with_reason(by=by, **given), by=by)
        if made:
            return redirect("route:file", made.signal_id)
    return render(request, "route/supervise.html", {"form": form})


@allowed(Role.PRIVACY_OFFICER, Role.FG)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Break-glass of the last two weeks: who, when, which number, why."""
    by = acting(request)
    rows = listing.alerts(by)
    names = names_of(row.user_id for row in rows)
    journal.record(by=by, act="look", on="route.emergencies", ids=[row.id for row in rows])
    told = {"rows": [(row, names.get(str(row.user_id), "?"), actions.is_live(row, by.at)) for row in rows]}
    return render(request, "route/alerts.html", told)


@allowed(Role.MELDPUNT)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer."""
    by = acting(request)
    rows = listing.requests_waiting(by)
    names = names_of(row.user_id for row in rows)
    journal.record(by=by, act="look", on="route.AccessRequest", ids=[row.id for row in rows])
    told = {"rows": [(row, names.get(str(row.user_id), "?")) for row in rows]}
    return render(request, "route/access_requests.html", told)


@allowed(Role.MELDPUNT)
@fresh()
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Grant with an end date, or say why not."""
    by = acting(request)
    row = get_object_or_404(AccessRequest, id=request_id)
    form = AnswerForm(request.POST or None, initial={"until": by.today + FORTNIGHT})
    if request.method == "POST" and form.is_valid() and _answered(form, request, row):
        messages.success(request, _("Het antwoord is gegeven."))
        return redirect("route:access-requests")
    journal.record(by=by, act="look", on="route.AccessRequest", ids=[row.id])
    told = {"form": form, "row": row, "who": names_of([row.user_id]).get(str(row.user_id), "?")}
    return render(request, "route/access_answer.html", told)


def _answered(form: AnswerForm, request: HttpRequest, row: AccessRequest) -> bool:
    by, told = acting(request), form.cleaned_data

    def act() -> bool:
        if told["granted"] == "yes":
            actions.grant(by=by, request=row, until=told["until"], answer=told["answer"])
        else:
            actions.refuse(by=by, request=row, answer=told["answer"])
        return True

    return bool(tried(form, act, by=by, about=row.id))
