"""On the screen of the room: numbers and initials only, whoever holds the remote."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.route.actions.timeline import looked

from .. import reading
from ..reading import LOOKERS
from ..rules import carries_signals
from .page import acting, item_or_404, meeting_or_404, show


@allowed(*LOOKERS)
@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda for the room; restricted items are not on it."""
    by, found = acting(request), meeting_or_404(request, meeting_id)
    points = [point for point in reading.points(found, by) if not point.restricted]
    told = {
        "meeting": found,
        "points": points,
        "actions": reading.last_actions(found, by),
        "present": [seat.initials for seat in reading.seats(found) if seat.row.present],
        "signals": carries_signals(found),
    }
    journal.record(by=by, act="look", on="meetings.Meeting", ids=[found.id])
    return show(request, "screen", found.series.name, [], **told)


@allowed(*LOOKERS)
@require_safe
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One item for the room: its number, how many facts of each kind, and "persoon A"."""
    by, found = acting(request), item_or_404(request, item_id)
    points = reading.points(found.meeting, by, current=found)
    number = next((point.number for point in points if point.current), 0)
    looked(found.signal, by=by, at="meetings.Item", ids=(found.id,))
    told = {"item": found, "number": number, "count": len(points), "counted": reading.counted(found)}
    return show(request, "screen_item", _("Punt %(number)s") % {"number": number}, [], **told)
