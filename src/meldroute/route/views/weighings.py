"""Weighings and questions: one form each, and everything that was ever answered."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain.route import Event, may
from meldroute.domain.verdict import require
from meldroute.domain.vocabulary import Question, Role, Weighing
from meldroute.people.gate import allowed
from meldroute.people.models import User

from ..actions import weighing
from ..forms.trying import tried
from ..forms.weighing import WeighingForm
from ..models import Signal
from ..policies import weighings_of
from ..reading import facts_of
from ..situation import situation_of
from .page import acting, opened, show, to_file

CODES = (*Weighing, *Question)


@allowed(Role.MELDPUNT, Role.INTEGRITY)
@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, signal_id: UUID, code: str) -> HttpResponse:
    """Answer one weighing or question."""
    asked = _code(code)
    signal, by = opened(request, signal_id, "route.WeighingAnswer"), acting(request)
    require(may(situation_of(signal, by), Event.WEIGH, by.roles))
    form = _form(request, signal, asked)
    if request.method == "POST" and form.is_valid():
        filled = form.filled()
        if tried(form, lambda: weighing.weigh(by=by, signal=signal, code=asked, filled=filled), by=by, about=signal.id):
            return to_file(request, signal, _("Weging vastgelegd."))
    facts = facts_of(signal, by, works=False).standing
    minor = asked is Weighing.ONE and signal.minor_possible
    return show(request, "route/weigh.html", signal, _(asked.label), form=form, minor=minor, facts=facts)


def _code(code: str) -> weighing.Code:
    try:
        return weighing.code_of(code)
    except ValueError:
        raise Http404 from None


def _form(request: HttpRequest, signal: Signal, code: weighing.Code) -> WeighingForm:
    before = signal.weighings.filter(round=signal.round, weighing=code.value).order_by("-at").first()
    return WeighingForm(
        request.POST or None,
        questions=weighings_of(signal.municipality_id).asked(code, acting(request).today),
        municipality_id=signal.municipality_id,
        before=before.answers if before else {},
    )


@allowed(Role.MELDPUNT, Role.INTEGRITY, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER, Role.FG)
@require_safe
def weighings(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Every answer, also those of earlier rounds, which open nothing any more."""
    signal = opened(request, signal_id, "route.WeighingAnswer")
    rows = weighing.read(signal)
    names = dict(User.objects.filter(id__in={row.by for row in rows}).values_list("id", "name"))
    now = {row.code for row in rows if row.round == signal.round}
    codes = [{"code": code.value, "label": _(code.label), "answered": code.value in now} for code in CODES]
    answered = [{"row": row, "who": names.get(row.by, "")} for row in rows]
    return show(
        request,
        "route/weighings.html",
        signal,
        _("Wegingen"),
        answered=answered,
        codes=codes if acting(request).is_any(Role.MELDPUNT, Role.INTEGRITY) else (),
    )
