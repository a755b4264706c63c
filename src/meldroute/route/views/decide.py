"""Deciding on a signal: every option of its state, what the chosen one needs, and correcting the last decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.route import TRANSITIONS, Decision, Situation, Transition, may, options
from meldroute.domain.verdict import require
from meldroute.domain.vocabulary import Outcome, Role, State
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.people.models import Organisation, User

from ..actions import deciding
from ..actions.tasks import ASSIGNEES
from ..forms.decide import ChooseForm, DecideForm
from ..forms.trying import tried
from ..models import Decision as Taken
from ..models import Signal
from ..situation import situation_of
from .page import acting, opened, show, to_file

WHO = (Role.MELDPUNT, Role.INTEGRITY, Role.PROCESS_OWNER)


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Choose a decision, then give what it needs."""
    signal = opened(request, signal_id, "route.Decision")
    return _page(request, signal, situation_of(signal, acting(request)), None)


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, signal_id: UUID, decision_id: UUID) -> HttpResponse:
    """Decide anew what the latest decision decided; the old one stays readable."""
    signal = opened(request, signal_id, "route.Decision")
    old = get_object_or_404(Taken, id=decision_id, signal=signal)
    require(deciding.may_correct(signal, old))
    return _page(request, signal, deciding.before(signal, old, acting(request)), old)


def _page(request: HttpRequest, signal: Signal, situation: Situation, old: Taken | None) -> HttpResponse:
    chosen = request.POST.get("besluit") or request.GET.get("besluit", "")
    if not chosen:
        return _choose(request, signal, situation, old)
    transition = _transition(situation.state, chosen)
    verdict = may(situation, transition.decision, acting(request).roles)
    require(verdict)
    return _fill(request, signal, transition, old)


def _choose(request: HttpRequest, signal: Signal, situation: Situation, old: Taken | None) -> HttpResponse:
    form = ChooseForm(options=options(situation, acting(request).roles))
    title = _("Besluit herstellen") if old else _("Besluiten")
    told = {"form": form, "old": old, "state": _(situation.state.label)}
    return show(request, "route/choose.html", signal, title, last=None if old else signal.decisions.last(), **told)


def _transition(state: State, chosen: str) -> Transition:
    try:
        return TRANSITIONS[state, Decision(chosen)]
    except (KeyError, ValueError):
        raise Http404 from None


def _fill(request: HttpRequest, signal: Signal, transition: Transition, old: Taken | None) -> HttpResponse:
    by = acting(request)
    form = DecideForm(
        request.POST or None,
        transition=transition,
        owners=owners(by),
        partners=list(Organisation.objects.filter(municipality_id=by.place, ended_on__isnull=True)),
        initial={"version": signal.version},
    )
    if request.method == "POST" and form.is_valid() and _taken(form, signal, old, by):
        return _done(request, signal)
    title = _(transition.decision.label)
    told: dict[str, Any] = {"form": form, "old": old, "besluit": transition.decision.value}
    return show(request, "route/decide.html", signal, title, follows=follows(transition), **told)


def _taken(form: DecideForm, signal: Signal, old: Taken | None, by: Acting) -> Taken | None:
    """The decision, or None with the refusal on the form. Raises Conflict."""
    told = form.cleaned_data
    what: dict[str, Any] = {
        "by": by,
        "signal": signal,
        "version": told["version"],
        "decision": form.transition.decision,
        "given": form.given(),
        "organisation_id": UUID(told["organisation"]) if told.get("organisation") else None,
        "place": told.get("place", ""),
    }
    if old is not None:
        return tried(form, lambda: deciding.correct(old=old, **what), by=by, about=signal.id)
    return tried(form, lambda: deciding.decide(**what), by=by, about=signal.id)


def _done(request: HttpRequest, signal: Signal) -> HttpResponse:
    told = {"state": _(State(signal.state).label)}
    if signal.outcome == Outcome.SOMETHING_ELSE:
        messages.info(request, own_duty())
    return to_file(request, signal, _("Besluit vastgelegd. Het signaal staat nu op: %(state)s.") % told)


def own_duty() -> str:
    """What a professional under the meldcode is told (domain rules §2)."""
    return _(
        "Werkt de melder met de meldcode huiselijk geweld en kindermishandeling? Dan houdt de melder een eigen "
        "plicht om zelf te melden. Zeg dat bij de terugkoppeling."
    )


def follows(transition: Transition) -> Sequence[str]:
    """What happens with this decision, in words, before it is taken."""
    lines = []
    if isinstance(transition.to, State):
        lines.append(_("Het signaal gaat naar: %(state)s.") % {"state": _(transition.to.label)})
    else:
        lines.append(_("Het signaal gaat terug naar waar het was."))
    lines += [_("Dit hoort ervan: %(who)s.") % {"who": _(told.label)} for told in transition.told]
    if transition.decision is Decision.SOMETHING_ELSE:
        lines.append(own_duty())
    return lines


def owners(by: Acting) -> list[User]:
    """Who can be asked to do something."""
    return list(places.members(by.place, *ASSIGNEES, today=by.today))
