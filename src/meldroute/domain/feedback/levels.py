"""How much a reporter may hear: the levels, what they depend on, and the bounds that no setting can loosen.

Plan §3.3.3 step 6 (feedback to the chain partner who reported); which level goes with which outcome is policy
and comes from `policies/feedback.toml`.
"""

from __future__ import annotations

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Outcome, State


class Level(Term):
    """What a feedback mail says, from least to most."""

    RECEIVED = "received", gettext_noop("ontvangen")
    TAKEN_UP = "taken_up", gettext_noop("opgepakt")
    CLOSED = "closed", gettext_noop("afgerond")
    RESULT = "result", gettext_noop("resultaat")

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Receiver(Term):
    """Who reported."""

    CHAIN_PARTNER = "chain_partner", gettext_noop("ketenpartner")
    INTERNAL = "internal", gettext_noop("melder binnen de gemeente")
    CITIZEN = "citizen", gettext_noop("inwoner")


class Standing(Term):
    """How the signal stands, as far as feedback is concerned: under way, or the outcome that ended its round."""

    REGISTERED = "registered", gettext_noop("Geregistreerd")
    UNDER_WAY = "under_way", gettext_noop("In behandeling")
    MONITORING = "monitoring", gettext_noop("Loopt")
    ON_HOLD = "on_hold", gettext_noop("Aangehouden")
    NOT_TAKEN_UP = Outcome.NOT_TAKEN_UP.value, Outcome.NOT_TAKEN_UP.label
    SOMETHING_ELSE = Outcome.SOMETHING_ELSE.value, Outcome.SOMETHING_ELSE.label
    OTHER_DEPARTMENT = Outcome.OTHER_DEPARTMENT.value, Outcome.OTHER_DEPARTMENT.label
    OTHER_AUTHORITY = Outcome.OTHER_AUTHORITY.value, Outcome.OTHER_AUTHORITY.label
    NOT_CONFIRMED = Outcome.NOT_CONFIRMED.value, Outcome.NOT_CONFIRMED.label
    INTERVENTION = Outcome.INTERVENTION.value, Outcome.INTERVENTION.label
    RIEC_CASE = Outcome.RIEC_CASE.value, Outcome.RIEC_CASE.label
    POLICE_CASE = Outcome.POLICE_CASE.value, Outcome.POLICE_CASE.label
    OTHER_SIGNAL = Outcome.OTHER_SIGNAL.value, Outcome.OTHER_SIGNAL.label
    NO_SIGNAL = Outcome.NO_SIGNAL.value, Outcome.NO_SIGNAL.label


_OF_STATE = {
    State.RECEIVED: Standing.REGISTERED,
    State.REGISTERED: Standing.REGISTERED,
    State.ENRICHING: Standing.UNDER_WAY,
    State.IN_SIGNALENOVERLEG: Standing.UNDER_WAY,
    State.WAITING_FINDINGS: Standing.UNDER_WAY,
    State.IN_LOO: Standing.UNDER_WAY,
    State.MONITORING: Standing.MONITORING,
    State.ON_HOLD: Standing.ON_HOLD,
}

# Nothing has ended: nothing is "afgerond". On hold is the strict one: OM or police asked to wait, so no content
# leaves. RIEC: only status is ours to tell; police: the case is theirs (domain rules §2 and §4).
_CEILINGS = {
    Standing.REGISTERED: Level.TAKEN_UP,
    Standing.UNDER_WAY: Level.TAKEN_UP,
    Standing.MONITORING: Level.TAKEN_UP,
    Standing.ON_HOLD: Level.TAKEN_UP,
    Standing.RIEC_CASE: Level.CLOSED,
    Standing.POLICE_CASE: Level.CLOSED,
}
_FLOORS = {
    Standing.REGISTERED: Level.RECEIVED,
    Standing.UNDER_WAY: Level.TAKEN_UP,
    Standing.MONITORING: Level.TAKEN_UP,
    Standing.ON_HOLD: Level.TAKEN_UP,
}


def standing_of(state: State, outcome: Outcome | None) -> Standing:
    """A state that is still under way hides an outcome reached before (a hold after an intervention is a hold)."""
    if state in _OF_STATE:
        return _OF_STATE[state]
    return Standing(outcome.value) if outcome else Standing.UNDER_WAY


def ceiling(standing: Standing) -> Level:
    """The most that any policy may set for a standing."""
    return _CEILINGS.get(standing, Level.RESULT)


def floor(standing: Standing) -> Level:
    """The least that makes sense to say."""
    return _FLOORS.get(standing, Level.CLOSED)
