"""One meeting: before it, during it and after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from .. import reading
from ..actions import attending, dates, holding, returning, settling
from ..forms.series import GuestForm, MoveForm, ReasonForm
from ..models import ItemState, Meeting, MeetingState, Topic
from ..papers.making import LABELS
from ..reading import HOLDERS, LOOKERS
from ..rules import carries_signals, seated
from .page import acting, done, looked_at, meeting_or_404, name_of, path_of, show, to_item, to_meeting


@allowed(*LOOKERS)
@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda, the actions of last time, who is there, and what is asked now. Changes nothing."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    lines = reading.points(found, by)
    holder = reading.holds(by)
    told: dict[str, Any] = {
        "meeting": found,
        "points": lines,
        "holds": holder,
        "signals": carries_signals(found),
        "state": _(MeetingState(found.state).label),
        "new": sum(1 for line in lines if not line.url),
        "waiting": [line for line in lines if line.url and not line.done],
        "restricted": sum(1 for line in lines if line.restricted),
        "last_actions": reading.last_actions(found, by),
        "seats": reading.seats(found),
        "topics": list(found.topics.all()),
        "coming": returning.waiting(found, by) if holder else [],
    }
    if holder:
        told |= _for_holder(found, reading.agreed(found, by))
    shown = [one["task"].id for one in told["last_actions"]]
    journal.record(by=by, act="look", on="meetings.Meeting", ids=[found.id, *shown])
    return show(request, "meeting", name_of(found), path_of(found), **told)


def _for_holder(found: Meeting, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    sheets = [{"sheet": row, "label": _(LABELS[row.kind])} for row in found.sheets.order_by("kind", "number")]
    below = reading.waiting_below(found) if found.state in (MeetingState.PLANNED, MeetingState.OPEN) else []
    return {"sheets": sheets, "below": below, "agreed": tasks}


@allowed(*HOLDERS)
@require_POST
def refresh(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Bring the agenda up to date."""
    found = meeting_or_404(request, meeting_id)
    said = _("De agenda is bijgewerkt.")
    done(request, lambda: holding.refresh(by=acting(request), meeting=found), said, about=found.id)
    return to_meeting(found, "agenda")


@allowed(*HOLDERS)
@require_POST
def begin(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Begin the meeting."""
    found = meeting_or_404(request, meeting_id)
    said = _("Het overleg is begonnen. Vink aan wie er is.")
    done(request, lambda: holding.open_meeting(by=acting(request), meeting=found), said, about=found.id)
    return to_meeting(found, "aanwezig")


@allowed(*HOLDERS)
@require_POST
def attend(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who is there: what is released opens to them and to nobody else; then to the first item."""
    found = meeting_or_404(request, meeting_id)
    ids = {row.user_id for row in found.attendances.all() if str(row.user_id) in request.POST.getlist("present")}
    said = _("Aanwezigheid vastgelegd.")
    done(request, lambda: attending.set_present(by=acting(request), meeting=found, ids=ids), said, about=found.id)
    first = found.items.filter(state=ItemState.OPEN).order_by("position").first()
    return to_item(first) if first and "next" in request.POST else to_meeting(found, "aanwezig")


@allowed(*HOLDERS)
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody for this meeting only."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    known = set(found.attendances.exclude(ground="").values_list("user_id", flat=True))
    people = [user for user in seated(found.kind, by) if user.id not in known]
    form = GuestForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        who = UUID(told["user"])

        def add() -> object:
            return attending.add_guest(by=by, meeting=found, user_id=who, ground=told["ground"])

        if tried(form, add, by=by, about=found.id):
            return to_meeting(found, "aanwezig")
    looked_at(request, "meetings.Attendance", found.id)
    told = {"form": form, "meeting": found, "label": _("Nodig uit voor dit overleg")}
    return show(request, "form", _("Deelnemer toevoegen"), path_of(found, _("Deelnemer toevoegen")), **told)


@allowed(*HOLDERS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another moment for this meeting; everybody invited gets a mail."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moment = form.moment()
        if tried(form, lambda: dates.move(by=by, meeting=found, starts_at=moment), by=by, about=found.id):
            messages.success(request, _("Het overleg is verplaatst. Iedereen die is uitgenodigd hoort het."))
            return to_meeting(found)
    looked_at(request, "meetings.Meeting", found.id)
    note = _("Iedereen die is uitgenodigd krijgt een mail voor de agenda, zonder inhoud.")
    told = {"form": form, "meeting": found, "label": _("Verplaats"), "note": note}
    return show(request, "form", _("Overleg verplaatsen"), path_of(found, _("Overleg verplaatsen")), **told)


@allowed(*HOLDERS)
@require_http_methods(["GET", "POST"])
def not_needed(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """ "Geen punten: overleg vervalt"."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["because"] or _("geen punten")
        said = _("Vastgelegd: dit overleg was niet nodig.")
        done(request, lambda: holding.not_needed(by=by, meeting=found, because=why), said, about=found.id)
        return to_meeting(found)
    looked_at(request, "meetings.Meeting", found.id)
    note = _("Er staan geen punten op de agenda. Dit wordt vastgelegd als niet nodig.")
    told = {"form": form, "meeting": found, "label": _("Overleg vervalt"), "note": note}
    return show(request, "form", _("Geen punten: overleg vervalt"), path_of(found, _("Overleg vervalt")), **told)


@allowed(*HOLDERS)
@require_POST
def close(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Close the meeting; with `rest` everything that waits is carried over first."""
    by, found = acting(request), meeting_or_404(request, meeting_id)

    def act() -> None:
        if "rest" in request.POST:
            settling.carry_rest(by=by, meeting=found)
        holding.close(by=by, meeting=found)

    said = _("Het overleg is gesloten. Verslag, besluitenlijst en acties staan hieronder.")
    done(request, act, said, about=found.id)
    return to_meeting(found)


@allowed(*HOLDERS)
@require_POST
def add_topic(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A point that is no signal."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    title = request.POST.get("title", "")[:200]
    said = _("Punt toegevoegd.")
    done(request, lambda: settling.add_topic(by=by, meeting=found, title=title), said, about=found.id)
    return to_meeting(found, "overig")


@allowed(*HOLDERS)
@require_POST
def note_topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """What was said about it."""
    by, topic = acting(request), get_object_or_404(Topic.objects.select_related("meeting"), id=topic_id)
    text = request.POST.get("note", "")
    said = _("Notitie bewaard.")
    done(request, lambda: settling.note_topic(by=by, topic=topic, text=text), said, about=topic.meeting_id)
    return to_meeting(topic.meeting, "overig")
