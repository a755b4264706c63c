"""Who handles a signal, and who reported it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.people.asked import whole
from meldroute.people.gate import allowed

from ..actions import handling, revealing
from ..actions.timeline import looked
from ..forms.access import HandOverForm, ReasonForm
from ..forms.trying import tried
from ..models import Reporter, Reveal
from ..titles import reported_by
from ..visible import WORKERS
from .page import acting, opened, show, to_file, unlocked


@allowed(*WORKERS)
@require_POST
def known(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The answer to "Kent u iemand hierin?"."""
    signal, by = opened(request, signal_id, "route.Event"), acting(request)
    knows = request.POST.get("antwoord") == "ja"
    handling.answer_known(by=by, signal=signal, knows=knows)
    if not knows:
        return to_file(request, signal, _("Vastgelegd: u kent niemand in dit signaal."))
    messages.warning(request, _("Vastgelegd. U legt hier niets meer vast: draag het signaal over aan een collega."))
    return redirect("route:handler", signal.id)


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def handler(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Hand the signal to a colleague, with a reason."""
    signal, by = opened(request, signal_id, "route.Signal"), acting(request)
    people = list(handling.colleagues(signal, by).values_list("id", "name"))
    form = HandOverForm(request.POST or None, people=people, initial={"version": signal.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def act() -> bool:
            handling.hand_over(by=by, signal=signal, version=told["version"], to=form.account, why=told["reason"])
            return True

        if tried(form, act, by=by, about=signal.id):
            return to_file(request, signal, _("Het signaal is overgedragen."))
    return show(request, "route/handler.html", signal, _("Overdragen aan een collega"), form=form, people=people)


@allowed(*WORKERS)
@require_POST
def take(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Become the handler."""
    signal, by = opened(request, signal_id, "route.Signal"), acting(request)
    handling.take_over(by=by, signal=signal, version=whole(request.POST.get("version", "")))
    return to_file(request, signal, _("U behandelt dit signaal nu."))


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def reporter(request: HttpRequest, signal_id: UUID, reporter_id: UUID) -> HttpResponse:
    """Who reported: at once for the meldpunt, or after a reason and a second person when protected."""
    signal, by = unlocked(request, signal_id), acting(request)
    row = get_object_or_404(Reporter, id=reporter_id, signal=signal)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: revealing.ask_reveal(by=by, reporter=row, reason=reason), by=by, about=signal.id):
            messages.success(request, _("Gevraagd. Een tweede persoon moet instemmen."))
            return redirect("route:reporter", signal.id, row.id)
    told = {"form": form, "row": row, "kind": reported_by(signal)} | _seen(request, row)
    return show(request, "route/reporter.html", signal, _("Wie heeft gemeld"), **told)


def _seen(request: HttpRequest, row: Reporter) -> dict[str, object]:
    """The reporter's details when they may be seen now, else what waits; either way one look in the journal."""
    by = acting(request)
    if revealing.may_see(row, by):
        revealing.see_reporter(by=by, reporter=row)
        pairs = ((_("Naam"), row.name), (_("Mailadres"), row.mail), (_("Telefoon"), row.phone))
        items = [{"term": term, "text": text or "–"} for term, text in (*pairs, (_("Veilig bereiken"), row.how_safe))]
        return {"items": items}
    looked(row.signal, by=by, ids=(row.id,))
    waiting = row.reveals.filter(agreed_at__isnull=True).order_by("-asked_at")
    mine = [reveal for reveal in waiting if reveal.asked_by == by.user_id]
    return {"waiting": mine[:1], "to_agree": [reveal for reveal in waiting if reveal.asked_by != by.user_id]}


@allowed(*revealing.SECONDS)
@require_POST
def agree(request: HttpRequest, signal_id: UUID, reveal_id: UUID) -> HttpResponse:
    """The second person agrees that the asker sees the reporter for an hour."""
    signal, by = opened(request, signal_id, "route.Signal"), acting(request)
    row = get_object_or_404(Reveal, id=reveal_id, signal=signal)
    revealing.agree_reveal(by=by, reveal=row)
    return to_file(request, signal, _("U stemde in. De vrager ziet de melder een uur."))
