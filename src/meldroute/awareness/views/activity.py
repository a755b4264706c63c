"""One activity: made, looked at, changed, held, cancelled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.awareness.activities import GATHERINGS, OPEN_TO_SIGN_UP, ActivityKind, ActivityState, Language
from meldroute.domain.awareness.activities import Reach as Width
from meldroute.domain.awareness.coverage import shown
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.people.models import Municipality

from ..actions import activities as acts
from ..forms.activities import ActivityForm, BecauseForm, HeldForm, first, initial_of, kinds_to_choose
from ..models import Activity, Offer, Share
from ..policies import policy, smallest_for
from ..reading import people_of, shares_of
from ..roles import KEEPERS, LOOKERS
from .page import acting, activity_or_404, looked_at, path_of, path_to, show, state_of, tried


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, kind: str) -> HttpResponse:
    """A new activity of one kind; what needs no planning is done at once."""
    chosen = next((one for one in kinds_to_choose() if one == kind), None)
    if chosen is None:
        raise Http404
    by = acting(request)
    form = ActivityForm(request.POST or None, by=by, kind=chosen, initial=first(chosen, by))
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        act = acts.plan if chosen in GATHERINGS else acts.record
        made = tried(form, lambda: act(by=by, wanted=wanted), by=by)
        if made is not None:
            messages.success(request, _("Het staat in het register."))
            return redirect("awareness:activity", made.id)
    title = _(chosen.label).capitalize()
    back = reverse("awareness:choose")
    return show(request, "form", title, path_to((title, "")), form=form, label=_("Leg vast"), back=back)


@allowed(*LOOKERS)
@require_safe
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """What it is, for whom, and how many came."""
    by, row = acting(request), activity_or_404(request, activity_id)
    looked_at(request, row.id)
    keeps = by.is_any(*KEEPERS)
    told = {
        "row": row,
        "kind": _(ActivityKind(row.kind).label),
        "state": state_of(row),
        "facts": _facts(row),
        "reaches": [
            {"group": one.group.name, "people": shown(one.people, smallest_for(by))}
            for one in row.reaches.select_related("group")
        ],
        "counted": row.kind in GATHERINGS,
        "keeps": keeps,
        "planned": row.state == ActivityState.PLANNED,
        "due": row.state == ActivityState.PLANNED and row.on <= by.today,
        **sharing_of(by, row),
        "invites": keeps and row.kind in OPEN_TO_SIGN_UP,
        "people": people_of(row) if keeps else [],
        "invited": row.invitations.count() if keeps else 0,
        "talk": _talk(row) if keeps and row.kind == ActivityKind.SPARRING else None,
    }
    return show(request, "activity", row.title, path_to((row.title, "")), **told)


def sharing_of(by: Acting, row: Activity) -> dict[str, Any]:
    """Who else it is for: neighbours it was offered to and could be, or the one that gives it."""
    names = dict(Municipality.objects.exclude(id=row.municipality_id).values_list("id", "name"))
    share = Share.objects.filter(id=row.share_id).first() if row.share_id else None
    shares = list(shares_of(row))
    free = {key: name for key, name in names.items() if key not in {one.receiver_id for one in shares}}
    own = share is None and row.kind in GATHERINGS
    return {
        "giver": names.get(share.municipality_id, "") if share else "",
        "shares": [
            {"row": one, "name": names.get(one.receiver_id, ""), "state": _(Offer(one.state).label)} for one in shares
        ],
        "neighbours": free if own and by.is_any(*KEEPERS) and row.state == ActivityState.PLANNED else {},
    }


def _facts(row: Activity) -> list[dict[str, Any]]:
    languages = ", ".join(_(Language(one).label) for one in row.languages)
    told = [
        (_("Duur"), _("%(minutes)s minuten") % {"minutes": row.minutes} if row.minutes else ""),
        (_("Plaats"), row.place),
        (_("Wie geeft het"), row.given_by),
        (_("Plaatsen"), str(row.places or "")),
        (_("Hoe breed"), _(Width(row.width).label) if row.width else ""),
        (_("Aantal folders"), str(row.copies or "")),
        (_("Taal"), languages),
        (_("Hoort bij actie"), ", ".join(row.actions)),
        (_("Toelichting"), row.about),
        (_("Gaat niet door"), row.cancelled_because),
    ]
    found = [{"term": term, "text": text} for term, text in told if text]
    return [*found, *([{"term": _("Waar het staat"), "text": row.link, "url": row.link}] if row.link else [])]


def _talk(row: Activity) -> dict[str, Any]:
    known = {one.code: one.label for one in policy().topics}
    return {"topics": [known.get(code, code) for code in row.talk.topics], "note": row.talk.note}


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Other details of what is still to come."""
    by, row = acting(request), activity_or_404(request, activity_id)
    if row.kind == ActivityKind.SPARRING:
        raise Http404
    form = ActivityForm(request.POST or None, by=by, kind=ActivityKind(row.kind), initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        if tried(form, lambda: acts.change(by=by, activity=row, wanted=wanted), by=by, about=row.id):
            messages.success(request, _("Het is aangepast."))
            return redirect("awareness:activity", row.id)
    looked_at(request, row.id)
    return _form(request, row, _("Aanpassen"), form, _("Bewaar"))


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """It took place, and how many of each group came."""
    by, row = acting(request), activity_or_404(request, activity_id)
    form = HeldForm(request.POST if request.method == "POST" else None, activity=row)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"people": form.people(), "present": form.present_ids()}
        if tried(form, lambda: acts.hold(by=by, activity=row, **told), by=by, about=row.id):
            messages.success(request, _("Vastgelegd. Wat het laat zien, staat nu bij het plan."))
            return redirect("awareness:activity", row.id)
    looked_at(request, row.id)
    note = _("Hoeveel mensen namen deel? Alleen aantallen blijven.") if form.fields else ""
    return _form(request, row, _("Gehouden"), form, _("Leg vast"), note)


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """It does not go on."""
    by, row = acting(request), activity_or_404(request, activity_id)
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if tried(form, lambda: acts.cancel(by=by, activity=row, because=because), by=by, about=row.id):
            messages.success(request, _("Het gaat niet door. Bewijs bij het plan is ingetrokken."))
            return redirect("awareness:activity", row.id)
    looked_at(request, row.id)
    return _form(request, row, _("Gaat niet door"), form, _("Gaat niet door"))


def _form(request: HttpRequest, row: Activity, title: str, form: Any, label: str, note: str = "") -> HttpResponse:
    back = reverse("awareness:activity", args=[row.id])
    return show(request, "form", title, path_of(row, title), form=form, label=label, note=note, back=back)
