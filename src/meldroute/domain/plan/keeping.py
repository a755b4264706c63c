"""Whether promises are kept: the mark of one occurrence on a day, and the count per pillar and period.

Four things are never called late: what was due before the plan was adopted (R4: "before adoption"), what was due before
anybody followed the plan here (nobody recorded it yet, and that is said), what was skipped with a reason, and what is
not due yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..term import Term, gettext_noop

SIGN_BEFORE = timedelta(days=14)


class Status(Term):
    """What people recorded of an occurrence."""

    PLANNED = "planned", gettext_noop("gepland")
    UNDER_WAY = "under_way", gettext_noop("bezig")
    DONE = "done", gettext_noop("gedaan")
    SKIPPED = "skipped", gettext_noop("overgeslagen, met reden")


class Mark(Term):
    """What the grid shows of an occurrence on a day."""

    PLANNED = "planned", gettext_noop("gepland")
    UNDER_WAY = "under_way", gettext_noop("bezig")
    DONE = "done", gettext_noop("gedaan")
    DONE_LATE = "done_late", gettext_noop("te laat gedaan")
    LATE = "late", gettext_noop("te laat")
    SKIPPED = "skipped", gettext_noop("overgeslagen, met reden")
    BEFORE_ADOPTION = "before_adoption", gettext_noop("vóór vaststelling")
    UNRECORDED = "unrecorded", gettext_noop("nog niet vastgelegd")


@dataclass(frozen=True)
class Kept:
    """One occurrence as it is known: `due` its last day, `done_on` the day it was done."""

    due: date
    status: Status
    done_on: date | None = None


@dataclass(frozen=True)
class Frame:
    """`adopted_on`: when the plan was adopted; `followed_from`: since when it is followed here; `today`."""

    adopted_on: date
    followed_from: date
    today: date


def mark(kept: Kept, frame: Frame) -> Mark:
    """The mark of one occurrence."""
    if kept.status is Status.DONE:
        return Mark.DONE_LATE if _was_late(kept, frame) else Mark.DONE
    if kept.status is Status.SKIPPED:
        return Mark.SKIPPED
    if kept.due < frame.adopted_on:
        return Mark.BEFORE_ADOPTION
    if kept.due < frame.followed_from and kept.status is Status.PLANNED:
        return Mark.UNRECORDED
    if kept.due < frame.today:
        return Mark.LATE
    return Mark.UNDER_WAY if kept.status is Status.UNDER_WAY else Mark.PLANNED


def _was_late(kept: Kept, frame: Frame) -> bool:
    return kept.done_on is not None and kept.done_on > kept.due >= frame.adopted_on


@dataclass(frozen=True)
class Tally:
    """How many occurrences have each mark; `due` are those that count: in time, late, skipped or late done."""

    in_time: int = 0
    done_late: int = 0
    late: int = 0
    skipped: int = 0
    unrecorded: int = 0
    before_adoption: int = 0
    ahead: int = 0

    @property
    def kept(self) -> int:
        """Done, in time or late."""
        return self.in_time + self.done_late

    @property
    def due(self) -> int:
        """Those of which it can be said whether they were kept."""
        return self.kept + self.late + self.skipped


_COUNTED = {
    Mark.DONE: "in_time",
    Mark.DONE_LATE: "done_late",
    Mark.LATE: "late",
    Mark.SKIPPED: "skipped",
    Mark.UNRECORDED: "unrecorded",
    Mark.BEFORE_ADOPTION: "before_adoption",
    Mark.PLANNED: "ahead",
    Mark.UNDER_WAY: "ahead",
}


def tally(marks: Iterable[Mark]) -> Tally:
    """The count of these marks. Each counts in one place, so the seven add up to how many there were."""
    counts: dict[str, int] = {}
    for one in marks:
        name = _COUNTED[one]
        counts[name] = counts.get(name, 0) + 1
    return Tally(**counts)


def asks(kept: Kept, frame: Frame) -> bool:
    """Whether the owner is reminded now: due within two weeks or already late, and not settled."""
    if kept.status in (Status.DONE, Status.SKIPPED):
        return False
    return mark(kept, frame) is Mark.LATE or frame.today <= kept.due <= frame.today + SIGN_BEFORE
