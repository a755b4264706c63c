"""How a signal is called on the screen: from its forms and sector, never from what was told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meldroute.domain.route import step_shown
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Form, Outcome, SourceKind, State
from meldroute.post.actions import leaves

from .models import Signal

STEPS = (
    gettext_noop("Binnengekomen"),
    gettext_noop("Geregistreerd"),
    gettext_noop("Verrijken"),
    gettext_noop("Signalenoverleg"),
    gettext_noop("LOO"),
    gettext_noop("Terugkoppeling"),
)
FINISHED = len(STEPS) + 1
REPORTED_BY: Mapping[SourceKind, str] = {
    SourceKind.CITIZEN: gettext_noop("gemeld door een inwoner"),
    SourceKind.CITIZEN_ANONYMOUS: gettext_noop("gemeld door een inwoner, anoniem"),
    SourceKind.PROSTITUTION_TEAM: gettext_noop("gemeld door het Bestuurlijk Team Prostitutie"),
    SourceKind.CARE: gettext_noop("gemeld door een zorgpartij"),
    SourceKind.ENFORCEMENT: gettext_noop("gemeld door een handhaver"),
    SourceKind.OFFICIAL: gettext_noop("gemeld door een collega van de gemeente"),
    SourceKind.POLICE: gettext_noop("gemeld door de politie"),
    SourceKind.OTHER_PARTNER: gettext_noop("gemeld door een ketenpartner"),
    SourceKind.MMA: gettext_noop("anonieme bron"),
}
"""Meld Misdaad Anoniem is never named as the source (domain rules §4)."""
UNCLEAR = frozenset({Form.UNCLEAR, Form.OTHER})


def title_of(signal: Signal) -> str:
    """ "Mogelijk arbeidsuitbuiting, horeca"."""
    known = [Form(form) for form in signal.forms if Form(form) not in UNCLEAR]
    if known:
        words = _(" en ").join(_(form.label).lower() for form in known)
        start = _("Mogelijk %(forms)s") % {"forms": words}
    else:
        start = _("Nog niet duidelijk")
    return f"{start}, {signal.sector}" if signal.sector else start


def kind_of(signal: Signal) -> str:
    """ "arbeidsuitbuiting · horeca", for under a number in a list; a practice signal of a real installation says so."""
    forms = _forms(get_language(), tuple(signal.forms))
    told = f"{forms} · {signal.sector}" if signal.sector else forms
    return told if leaves(practice=signal.practice) else f"{_('oefening')} · {told}"


@lru_cache(maxsize=512)
def _forms(_language: str | None, forms: tuple[str, ...]) -> str:
    """Kept, as `_state`: a list of fifty says the same few, and the words follow from language and codes alone."""
    return ", ".join(_(Form(form).label).lower() for form in forms) or _("nog niet duidelijk")


def reported_by(signal: Signal) -> str:
    """ "gemeld door een handhaver"."""
    return _(REPORTED_BY[SourceKind(signal.source_kind)])


def step_of(signal: Signal) -> int:
    """The step that the strip lights; one more than the last means finished."""
    if signal.state == State.CLOSED:
        return FINISHED
    return step_shown(State(signal.state), State(signal.held_from) if signal.held_from else None)


def state_of(signal: Signal) -> str:
    """The state in words."""
    return _state(get_language(), signal.state)


@lru_cache(maxsize=64)
def _state(_language: str | None, state: str) -> str:
    return _(State(state).label)


def outcome_of(signal: Signal) -> str:
    """The outcome in words, or that it still runs."""
    return _(Outcome(signal.outcome).label) if signal.outcome else _("loopt nog")
