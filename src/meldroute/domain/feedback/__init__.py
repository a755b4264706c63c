"""Feedback to whoever reported: how much may be said, in which words, and what may never slip through."""

from meldroute.domain.feedback.check import OVERRIDABLE, Finding, Kind, Part, Watch, check
from meldroute.domain.feedback.known import Known, Person
from meldroute.domain.feedback.levels import Level, Receiver, Standing, ceiling, floor, standing_of
from meldroute.domain.feedback.policy import PLACEHOLDERS, FeedbackPolicy, Receipt, Text, Word, load

__all__ = [
    "OVERRIDABLE",
    "PLACEHOLDERS",
    "FeedbackPolicy",
    "Finding",
    "Kind",
    "Known",
    "Level",
    "Part",
    "Person",
    "Receipt",
    "Receiver",
    "Standing",
    "Text",
    "Watch",
    "Word",
    "ceiling",
    "check",
    "floor",
    "load",
    "standing_of",
]
