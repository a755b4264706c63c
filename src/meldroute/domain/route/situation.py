"""What the gates look at: everything about one signal, and the person acting, that a decision rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..roles import Duty
from ..term import Term, gettext_noop
from ..vocabulary import Check, NoFeedback, Outcome, Recipient, State, Weighing


class Answer(Term):
    """The answer to a question of a weighing or test; there is no score."""

    YES = "yes", gettext_noop("ja")
    NO = "no", gettext_noop("nee")
    UNCLEAR = "unclear", gettext_noop("nog niet duidelijk")


@dataclass(frozen=True)
class Weighed:
    """The answer to a weighing or test in one round. Without a reason it counts as unanswered.

    `opens` says whether this answer lets the signal go on (`domain.weighing.conclude` fills it).
    """

    answer: Answer
    reason: str
    round: int = 1
    opens: bool = False


@dataclass(frozen=True)
class Checked:
    """A privacy check that was decided: for which sources (check 1) or recipients (2A, 2B), and whether."""

    check: Check
    allowed: bool
    round: int = 1
    sources: frozenset[str] = frozenset()
    recipients: frozenset[Recipient] = frozenset()


@dataclass(frozen=True)
class FollowUp:
    """A task with an owner (any id the caller uses) and a local date."""

    task: str
    owner: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One signal at one moment, seen by one person.

    Answers and checks carry their round: those of an earlier round stay readable and open no gate. The plain
    flags are about the current round; `findings_recorded` is about the latest inspection. `duties` are what
    the person acting already has done on this signal; `integrity` puts the trusted readers in the place of
    the meldpunt (domain rules §2, "about or by somebody who works here"). `knows_somebody`: the person acting
    answered yes to "Kent u iemand hierin?".
    """

    state: State
    round: int = 1
    origin: State | None = None
    outcome: Outcome | None = None
    urgency_asked: bool = False
    weighed: Mapping[Weighing, Weighed] = field(default_factory=dict)
    repeat_within_year: bool = False
    weighed_again: Weighed | None = None
    concrete: Weighed | None = None
    strong_enough: Weighed | None = None
    integral_interest: Weighed | None = None
    checks: tuple[Checked, ...] = ()
    advised: frozenset[Check] = frozenset()
    adviser_present: bool = True
    hits: frozenset[str] = frozenset()
    findings_recorded: bool = False
    open_tasks: int = 0
    feedback_given: bool = False
    no_feedback: NoFeedback | None = None
    duties: frozenset[Duty] = frozenset()
    integrity: bool = False
    knows_somebody: bool = False


@dataclass(frozen=True)
class Target:
    """What a decision or event is aimed at: possible recipients, one source, one check."""

    recipients: frozenset[Recipient] = frozenset()
    source: str = ""
    check: Check | None = None
