"""The tables of a signal, one noun per file."""

from .access import Access, AccessKind, AccessRequest
from .check import PrivacyAdvice, PrivacyCheck, PrivacyDecision, WeighingAnswer
from .fact import Attachment, Element, Lookup, Observation, Subject
from .feedback import Feedback, FeedbackKind, Reporter, Reveal
from .parcel import Parcel, ParcelState, SendBack
from .signal import Counter, Decision, Event, Hold, Link, Signal, TimelineEntry
from .task import HandOver, Task, TaskKind, TaskState

__all__ = [
    "Access",
    "AccessKind",
    "AccessRequest",
    "Attachment",
    "Counter",
    "Decision",
    "Element",
    "Event",
    "Feedback",
    "FeedbackKind",
    "HandOver",
    "Hold",
    "Link",
    "Lookup",
    "Observation",
    "Parcel",
    "ParcelState",
    "PrivacyAdvice",
    "PrivacyCheck",
    "PrivacyDecision",
    "Reporter",
    "Reveal",
    "SendBack",
    "Signal",
    "Subject",
    "Task",
    "TaskKind",
    "TaskState",
    "TimelineEntry",
    "WeighingAnswer",
]
