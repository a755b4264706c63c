"""Mijn meldingen: what somebody reported, where it is in plain words, and what was told back."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Role, State
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.vault import keys

from ..models import Feedback, Reporter
from .page import acting

REPORTERS = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.ANALYST))
PLAIN: Mapping[State, str] = {
    State.RECEIVED: gettext_noop("Uw melding is binnen. Het meldpunt kijkt ernaar."),
    State.REGISTERED: gettext_noop("Het meldpunt weegt wat er met uw melding kan."),
    State.CLOSED: gettext_noop("Uw melding is afgerond."),
    State.FEEDBACK_DUE: gettext_noop("Er is een uitkomst. U hoort daar nog over."),
}
BUSY = gettext_noop("Uw melding is in behandeling.")
"""Every other state is the same to a reporter: which meeting or source is nobody's business outside (rules §2)."""


@allowed(*REPORTERS)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Own reports, the newest first: number, state in plain words, feedback."""
    by = acting(request)
    rows = list(Reporter.objects.filter(user_id=by.person).select_related("signal").order_by("-at"))
    keys.preload(row.key_id for row in rows)
    words: dict[object, list[Feedback]] = {}
    for word in Feedback.objects.filter(reporter__in=rows, given_at__isnull=False).order_by("given_at"):
        words.setdefault(word.reporter_id, []).append(word)
    reports = [
        {"signal": row.signal, "state": _(PLAIN.get(State(row.signal.state), BUSY)), "words": words.get(row.id, [])}
        for row in rows
    ]
    journal.record(by=by, act="look", on="route.mine", ids=[row.signal_id for row in rows])
    return render(request, "route/mine.html", {"reports": reports})
