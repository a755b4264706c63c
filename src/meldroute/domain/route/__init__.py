"""The route of a signal (plan §3.3.3): read `table.py` first, it is the whole life on one screen."""

from ..terms import Terms
from .advance import Given, Step, advance, checklist, may, options
from .decisions import Decision, Event, Gate, Need, Told
from .events import EVENTS, NEVER_LOCKED, Happening
from .gates import GATES
from .rules import RULES, Rule
from .situation import Answer, Checked, FollowUp, Situation, Target, Weighed
from .states import STATES, Place, step_shown
from .table import LIFE, ORIGIN, Way
from .transitions import TRANSITIONS, Transition

__all__ = [
    "EVENTS",
    "GATES",
    "LIFE",
    "NEVER_LOCKED",
    "ORIGIN",
    "RULES",
    "STATES",
    "TRANSITIONS",
    "Answer",
    "Checked",
    "Decision",
    "Event",
    "FollowUp",
    "Gate",
    "Given",
    "Happening",
    "Need",
    "Place",
    "Rule",
    "Situation",
    "Step",
    "Target",
    "Terms",
    "Told",
    "Transition",
    "Way",
    "Weighed",
    "advance",
    "checklist",
    "may",
    "options",
    "step_shown",
]
