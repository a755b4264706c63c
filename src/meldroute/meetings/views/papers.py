"""Papers of a meeting: made, numbered and handed over as PDF; the register stays."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.people.gate import allowed
from meldroute.people.proving import fresh

from .. import reading
from ..models import Meeting
from ..papers.making import INFORMATION, LABELS, make
from ..reading import HOLDERS
from .page import acting, looked_at, meeting_or_404, path_of, show


@allowed(*HOLDERS)
@fresh()
@require_POST
def paper(request: HttpRequest, meeting_id: UUID, kind: str) -> HttpResponse:
    """Minutes or decision list of a closed meeting."""
    if kind not in LABELS or kind == INFORMATION:
        raise Http404
    return _made(request, meeting_or_404(request, meeting_id), kind, "")


@allowed(*HOLDERS)
@fresh()
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """An information sheet: for whom, and what will stand on it."""
    found = meeting_or_404(request, meeting_id)
    seats = {str(seat.row.user_id): seat for seat in reading.seats(found) if seat.row.ground}
    if request.method == "POST":
        seat = seats.get(request.POST.get("user", ""))
        whom = ", ".join(text for text in (seat.name, seat.organisation) if text) if seat else ""
        return _made(request, found, INFORMATION, whom)
    looked_at(request, "meetings.Attendance", found.id)
    title = _("Informatieblad maken")
    return show(request, "sheet", title, path_of(found, title), meeting=found, seats=seats.values())


def _made(request: HttpRequest, found: Meeting, kind: str, made_for: str) -> HttpResponse:
    row, body = make(by=acting(request), meeting=found, kind=kind, made_for=made_for)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_(LABELS[kind]).lower()}-{row.number}.pdf"'
    return response
