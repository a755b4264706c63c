"""The list of meetings, and calendar files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.terms import holidays_of

from ..invitations import Calendars
from ..models import MeetingState, Series
from ..reading import LOOKERS, holds, meetings_of
from .page import acting, meeting_or_404, path_to, show

PAST, COMING = 20, 12


@allowed(*LOOKERS)
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """What runs, what comes, and what was."""
    by = acting(request)
    rows = meetings_of(by)
    running = list(rows.filter(state=MeetingState.OPEN))
    coming = list(rows.filter(state=MeetingState.PLANNED).order_by("starts_at")[:COMING])
    over = rows.filter(state__in=(MeetingState.CLOSED, MeetingState.NOT_NEEDED))
    past = list(over.order_by("-starts_at")[:PAST])
    journal.record(by=by, act="look", on="meetings.Meeting", ids=[one.id for one in (*running, *coming, *past)])
    series = Series.objects.filter(id__in={one.series_id for one in (*running, *coming)}).order_by("name")
    told = {"running": running, "coming": coming, "past": past, "series": series, "holds": holds(by)}
    return show(request, "list", _("Overleg"), path_to(), **told)


@allowed(*LOOKERS)
@require_safe
def calendar(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting for the ordinary calendar."""
    meeting = meeting_or_404(request, meeting_id)
    _exported(request, "meetings.Meeting", meeting.id)
    return _file(Calendars(stamped=acting(request).at).of_meeting(meeting))


@allowed(*LOOKERS)
@require_safe
def series_calendar(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """A whole series for the ordinary calendar."""
    by = acting(request)
    mine = meetings_of(by).values("series_id")
    series = get_object_or_404(Series.objects.filter(id__in=mine), id=series_id)
    _exported(request, "meetings.Series", series.id)
    made = Calendars(stamped=by.at).of_series(series, holidays_of(by.place), series.meetings.all())
    return _file(made)


def _exported(request: HttpRequest, on: str, one: UUID) -> None:
    journal.record(by=acting(request), act="export.calendar", on=on, ids=[one])


def _file(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="overleg.ics"'
    return response
