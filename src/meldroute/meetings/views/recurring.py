"""Points that come back: kept per series, and carried over when there was no time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from ..actions import returning
from ..forms.series import RecurringForm
from ..models import Recurring, Series, Topic
from ..reading import HOLDERS
from .page import acting, done, looked_at, show, to_meeting
from .series import KEEPERS, path_of_series

ON = "meetings.Recurring"


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """A new point that comes back in this series."""
    by, found = acting(request), get_object_or_404(Series, id=series_id)
    form = RecurringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: returning.add(by=by, series=found, **told), by=by, on=ON, about=found.id)
        if made is not None:
            messages.success(request, _("Toegevoegd. Het komt vanzelf op de agenda."))
            return redirect("meetings:series", found.id)
    looked_at(request, "meetings.Series", found.id)
    title = _("Vast agendapunt toevoegen")
    told = {"form": form, "label": _("Voeg toe"), "series": found}
    return show(request, "form", title, path_of_series(found, by, title), **told)


@allowed(*KEEPERS)
@require_POST
def end(request: HttpRequest, recurring_id: UUID) -> HttpResponse:
    """It comes back no more."""
    by, point = acting(request), get_object_or_404(Recurring, id=recurring_id)
    said = _("Dit punt komt niet meer terug. U kunt het hieronder terugzetten.")
    done(request, lambda: returning.end(by=by, point=point), said, about=point.id)
    return redirect("meetings:series", point.series_id)


@allowed(*KEEPERS)
@require_POST
def take_back(request: HttpRequest, recurring_id: UUID) -> HttpResponse:
    """Undo that."""
    by, point = acting(request), get_object_or_404(Recurring, id=recurring_id)
    said = _("Dit punt komt weer terug.")
    done(request, lambda: returning.take_back(by=by, point=point), said, about=point.id)
    return redirect("meetings:series", point.series_id)


@allowed(*HOLDERS)
@require_POST
def carry(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """No time for it, or discussed after all."""
    by, topic = acting(request), get_object_or_404(Topic.objects.select_related("meeting"), id=topic_id)
    carried = request.POST.get("carried") == "1"
    said = _("Doorgeschoven: het staat op de volgende agenda.") if carried else _("Het staat weer bij dit overleg.")
    done(request, lambda: returning.carry(by=by, topic=topic, carried=carried), said, about=topic.meeting_id)
    return to_meeting(topic.meeting, "overig")
