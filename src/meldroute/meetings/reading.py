"""What the pages of a meeting show; reading only, and behind the walls of who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meldroute.domain import days
from meldroute.domain.route import Answer
from meldroute.domain.route import Decision as D
from meldroute.domain.vocabulary import MeetingKind, Question, Role, State, Truth
from meldroute.journal.acting import Acting
from meldroute.people.models import Organisation, User
from meldroute.route.models import Access, Observation, Signal, Task, TaskKind, TaskState
from meldroute.route.terms import holidays_of
from meldroute.route.titles import kind_of
from meldroute.route.visible import live
from meldroute.vault import keys

from .actions.agenda import Place, not_ripe, planned
from .models import Attendance, Item, ItemState, Meeting, MeetingState
from .released import facts_of, labels_of, source_of

HOLDERS = (Role.MELDPUNT,)
LOOKERS = (Role.MELDPUNT, Role.MEETING_MEMBER, Role.LOO_MEMBER, Role.PROCESS_OWNER, Role.BOARD)
ASKED: dict[str, tuple[Question, ...]] = {
    MeetingKind.SIGNALENOVERLEG: (Question.CONCRETE, Question.STRONG_ENOUGH, Question.INTEGRAL_INTEREST),
}
"""The questions that are answered at the table, per kind of meeting (plan §3.3.3 steps 4 and 5)."""


def holds(by: Acting) -> bool:
    """Whether this is the screen of who holds the meeting: only there restricted and hidden items show."""
    return by.is_any(*HOLDERS)


def meetings_of(by: Acting) -> QuerySet[Meeting]:
    """The meetings that somebody may know of: the meldpunt all, others those they are invited to."""
    rows = Meeting.objects.select_related("series")
    return rows if holds(by) else rows.filter(attendances__user_id=by.person)


@dataclass(frozen=True)
class Point:
    """One line of the agenda. `number` counts what the reader sees, so that nothing hidden leaves a gap."""

    number: int
    reference: str
    kind: str
    url: str
    state: str
    done: bool
    carried: bool
    restricted: bool
    current: bool = False


def points(meeting: Meeting, by: Acting, *, current: Item | None = None) -> list[Point]:
    """The agenda: for who holds it as it would be built now, for others what is open to them at this table."""
    places = planned(meeting)
    if not holds(by):
        opened = set(seen_items(by).filter(meeting=meeting).values_list("id", flat=True))
        places = [place for place in places if place.item and place.item.id in opened]
    return [_point(n, place, current) for n, place in enumerate(places, start=1)]


def seen_items(by: Acting) -> QuerySet[Item]:
    """The items that somebody may open: who holds meetings all; others those shown to them at a table that runs."""
    rows = Item.objects.select_related("meeting__series", "signal", "decision").exclude(state=ItemState.GONE)
    rows = rows.filter(meeting__in=meetings_of(by).values("id"))
    if holds(by):
        return rows
    mine = Access.objects.filter(
        live(by), user_id=by.person, meeting_id=OuterRef("meeting_id"), signal_id=OuterRef("signal_id")
    )
    return rows.filter(Exists(mine), meeting__state=MeetingState.OPEN)


def _point(number: int, place: Place, current: Item | None) -> Point:
    item = place.item
    return Point(
        number=number,
        reference=place.signal.reference,
        kind=kind_of(place.signal),
        url=reverse("meetings:item", args=[item.id]) if item else "",
        state=outcome_of(item),
        done=item is not None and item.state in (ItemState.DECIDED, ItemState.CARRIED),
        carried=place.carried,
        restricted=place.restricted,
        current=bool(item and current and item.id == current.id),
    )


def outcome_of(item: Item | None) -> str:
    """The outcome in a word, or what the item waits for."""
    if item is None:
        return _("komt op de agenda")
    if item.decision is not None:
        return _(D(item.decision.decision).label)
    return _(ItemState(item.state).label)


def waiting_below(meeting: Meeting) -> list[dict[str, str]]:
    """Signals that are "nog niet rijp": number, kind, and where they are."""
    rows = not_ripe(meeting)
    return [{"reference": s.reference, "kind": kind_of(s), "state": _(State(s.state).label)} for s in rows]


def last_actions(meeting: Meeting, by: Acting) -> list[dict[str, Any]]:
    """What earlier meetings of this series agreed and is still open; only what the reader may see."""
    before = Meeting.objects.filter(series_id=meeting.series_id, starts_at__lt=meeting.starts_at)
    rows = Task.objects.filter(meeting_id__in=before.values("id"), state=TaskState.OPEN)
    tasks = list(rows.select_related(None).order_by("due_on"))
    keys.preload(task.key_id for task in tasks)
    return _told(tasks, by)


def agreed(meeting: Meeting, by: Acting) -> list[dict[str, Any]]:
    """What this meeting agreed: the tasks that came from its outcomes."""
    tasks = list(Task.objects.filter(meeting_id=meeting.id).order_by("due_on"))
    keys.preload(task.key_id for task in tasks)
    return _told(tasks, by)


def _told(tasks: list[Task], by: Acting) -> list[dict[str, Any]]:
    names = names_of(task.assignee_id for task in tasks)
    free = holidays_of(by.place) if tasks else frozenset()
    known = dict(Signal.objects.filter(id__in={t.signal_id for t in tasks}).values_list("id", "reference"))
    return [
        {
            "task": task,
            "kind": _(TaskKind(task.kind).label),
            "reference": known.get(task.signal_id, ""),
            "who": names.get(task.assignee_id, ""),
            "initials": initials(names.get(task.assignee_id, "")),
            "left": days.left(by.today, task.due_on, free),
            "open": task.state == TaskState.OPEN,
        }
        for task in tasks
    ]


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by id."""
    wanted = set(ids)
    return dict(User.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def initials(name: str) -> str:
    """ "K.J." of "Kees Jansen"; small words in between are left out."""
    return "".join(f"{word[0]}." for word in name.split() if word[:1].isupper())


@dataclass(frozen=True)
class Seat:
    """Somebody at the table."""

    row: Attendance
    name: str
    organisation: str

    @property
    def initials(self) -> str:
        """As on the projector."""
        return initials(self.name)


def seats(meeting: Meeting) -> list[Seat]:
    """Everybody invited, by name."""
    rows = list(meeting.attendances.all())
    names = names_of(row.user_id for row in rows)
    wanted = {row.organisation_id for row in rows if row.organisation_id}
    known = dict(Organisation.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}
    made = [
        Seat(row, names.get(row.user_id, ""), known.get(row.organisation_id, "") if row.organisation_id else "")
        for row in rows
    ]
    return sorted(made, key=lambda seat: seat.name)


def shown(item: Item) -> list[dict[str, Any]]:
    """The released facts of an item as observations for the screen."""
    facts = facts_of(item)
    labels = labels_of(facts)
    return [_observation(fact, labels) for fact in facts]


def _observation(fact: Observation, labels: dict[UUID, str]) -> dict[str, Any]:
    day = date_format(fact.observed_on, _("j b Y")) if fact.observed_on else _("datum onbekend")
    return {
        "kind": Truth(fact.truth).label,
        "person": labels.get(fact.subject_id, "") if fact.subject_id else "",
        "text": fact.text,
        "meta": [source_of(fact), day, _("vrijgegeven voor dit overleg")],
    }


def counted(item: Item) -> dict[str, Any]:
    """For the projector: how many facts of each kind, and which persons; no text, no name."""
    facts = facts_of(item)
    kinds = [(truth.label, sum(fact.truth == truth for fact in facts)) for truth in Truth]
    persons = sorted(set(labels_of(facts).values()))
    return {"kinds": [(label, count) for label, count in kinds if count], "persons": persons}


def answers(signal: Signal, kind: str) -> list[dict[str, Any]]:
    """The questions of this table with what was answered in the present round."""
    rows = signal.weighings.filter(round=signal.round).order_by("at")
    last = {row.weighing: row for row in rows}
    return [_answer(question, last.get(question.value)) for question in ASKED.get(kind, ())]


def _answer(question: Question, row: Any) -> dict[str, Any]:
    told = {"question": question, "label": _(question.label), "answer": "", "reason": ""}
    return told | {"answer": _(Answer(row.answer).label), "reason": row.reason} if row else told


def following(item: Item) -> Item | None:
    """The next item that waits for an outcome."""
    waits = item.meeting.items.filter(state=ItemState.OPEN).exclude(id=item.id)
    return waits.filter(position__gt=item.position).first() or waits.first()


def is_running(meeting: Meeting) -> bool:
    """Whether the meeting was begun and not closed."""
    return meeting.state == MeetingState.OPEN
