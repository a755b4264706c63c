"""Other signals: linked by hand, or found by the same address, phone, plate, website or mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.people.gate import allowed

from ..actions import access, linking
from ..actions.timeline import looked
from ..forms.access import ReasonForm
from ..forms.facts import LinkForm
from ..forms.trying import tried
from ..models import Link
from ..reading import earlier_of
from ..repeats import earlier as earlier_signals
from ..visible import READERS, WORKERS, files, must_work
from .page import acting, opened, show, to_file, unlocked


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Link to another signal, with a reason."""
    signal, by = opened(request, signal_id, "route.Link"), acting(request)
    must_work(signal, by)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: linking.link(by=by, signal=signal, **given), by=by, about=signal.id):
            return to_file(request, signal, _("De signalen zijn verbonden."))
    note = _("Verbinden voegt niets samen: elk signaal houdt zijn eigen weg en termijnen.")
    return show(request, "route/work.html", signal, _("Verbinden met een ander signaal"), form=form, note=note)


@allowed(*WORKERS)
@require_POST
def unlink(request: HttpRequest, signal_id: UUID, link_id: UUID) -> HttpResponse:
    """Undo a link of this signal."""
    signal, by = opened(request, signal_id, "route.Link"), acting(request)
    row = get_object_or_404(Link, id=link_id, signal=signal, ended_at__isnull=True)
    linking.unlink(by=by, made=row)
    return to_file(request, signal, _("De signalen zijn niet meer verbonden."))


@allowed(*READERS)
@require_safe
def earlier(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Earlier signals about the same: number, year and outcome only (domain rules §2)."""
    signal, by = unlocked(request, signal_id), acting(request)
    rows = earlier_of(earlier_signals(signal).filter(id__in=files(by).values("id")))
    looked(signal, by=by, at="route.earlier", ids=tuple(row.id for row in rows))
    return show(request, "route/earlier.html", signal, _("Eerdere signalen"), rows=rows)


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def earlier_open(request: HttpRequest, signal_id: UUID, other_id: UUID) -> HttpResponse:
    """The content of an earlier signal, for a day, with a reason."""
    signal, by = opened(request, signal_id, "route.Lookup"), acting(request)
    other = get_object_or_404(earlier_signals(signal).filter(id__in=files(by).values("id")), id=other_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: access.open_with_reason(by=by, signal=other, reason=reason), by=by, about=other.id):
            return redirect("route:file", other.id)
    title = _("%(reference)s openen") % {"reference": other.reference}
    note = _("De inhoud opent één dag. Uw reden komt in de tijdlijn van dat signaal.")
    return show(request, "route/work.html", signal, title, form=form, note=note, label=_("Open de inhoud"))
