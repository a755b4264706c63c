"""What stands on each paper: released facts only on a sheet; decisions with their reason on the list.

A sheet for partners is numbered and watermarked with whom it was made for (domain rules §8). Papers are made anew from
the file each time and never kept, so that what the file forgets is on no paper of ours either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meldroute.domain.route import Decision as D
from meldroute.domain.vocabulary import Truth
from meldroute.people.models import User
from meldroute.route.models import Observation, Task
from meldroute.route.titles import title_of

from ..models import Item, ItemState, Meeting, Topic
from ..released import facts_of, labels_of, source_of
from .pdf import Paper, Part, Row


@dataclass(frozen=True)
class Copy:
    """One copy of a paper: its number, whom it is for, and the moment it is made."""

    number: int
    made_for: str
    at: datetime


def _when(meeting: Meeting) -> str:
    return date_format(localtime(meeting.starts_at), "l j F Y, H:i")


def _names(ids: Iterable[UUID]) -> str:
    return ", ".join(User.objects.filter(id__in=list(ids)).order_by("name").values_list("name", flat=True))


def _facts(item: Item, at: datetime | None = None) -> tuple[Row, ...]:
    facts = facts_of(item, at)
    labels = labels_of(facts)
    return tuple(_fact(fact, labels.get(fact.subject_id, "") if fact.subject_id else "") for fact in facts)


def _fact(fact: Observation, person: str) -> Row:
    day = date_format(fact.observed_on, "j F Y") if fact.observed_on else _("datum onbekend")
    note = " · ".join(text for text in (person, day, source_of(fact)) if text)
    return Row(text=fact.text, tag=_(Truth(fact.truth).label), note=note)


def _heading(item: Item) -> str:
    return f"{item.position}. {item.signal.reference} · {title_of(item.signal)}"


def _on_agenda(meeting: Meeting) -> list[Item]:
    items = meeting.items.exclude(state=ItemState.GONE).select_related("signal", "decision", "meeting")
    return list(items.prefetch_related("leaves"))


def information_sheet(meeting: Meeting, copy: Copy) -> Paper:
    """Released facts only; an item without any, and a restricted one, is not on it at all."""
    items = [item for item in _on_agenda(meeting) if not item.restricted]
    parts = [Part(heading=_heading(item), rows=_facts(item, copy.at)) for item in items]
    filled = tuple(part for part in parts if part.rows)
    told = _("Alleen voor het genoemde overleg. Geef dit blad na afloop terug of vernietig het.")
    return Paper(
        title=_("Informatieblad"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · blad %(number)s voor %(who)s") % {"number": copy.number, "who": copy.made_for},
        intro=(told,) if filled else (told, _("Voor dit overleg is nog niets vrijgegeven.")),
        parts=filled,
        watermark=f"{copy.number} · {copy.made_for}",
    )


def _outcome(item: Item) -> tuple[str, tuple[Row, ...]]:
    if item.decision is None:
        return _(ItemState(item.state).label), ()
    tasks = Task.objects.filter(decision=item.decision)
    return f"{_(D(item.decision.decision).label)}: {item.decision.reason}", tuple(_task(task) for task in tasks)


def _task(task: Task) -> Row:
    until = _("%(who)s, uiterlijk %(day)s")
    told = {"who": _names([task.assignee_id]), "day": date_format(task.due_on, "j F Y")}
    return Row(text=task.question, tag=_("actie"), note=until % told)


def _there(meeting: Meeting) -> tuple[str, ...]:
    here = _names(meeting.attendances.filter(present=True).values_list("user_id", flat=True))
    away = _names(meeting.attendances.exclude(present=True).values_list("user_id", flat=True))
    first = _("Aanwezig: %(names)s") % {"names": here or "–"}
    return (first, _("Afwezig: %(names)s") % {"names": away}) if away else (first,)


def decision_list(meeting: Meeting, copy: Copy) -> Paper:
    """Per item the outcome with its reason, and who does what; to sign."""
    return Paper(
        title=_("Besluitenlijst"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · besluitenlijst %(number)s") % {"number": copy.number},
        intro=_there(meeting),
        parts=tuple(_decided(item) for item in _on_agenda(meeting)),
        sign=(_("Voorzitter"), _("Meldpunt")),
    )


def _decided(item: Item) -> Part:
    lead, rows = _outcome(item)
    return Part(heading=f"{item.position}. {item.signal.reference}", lead=lead, rows=rows)


def minutes(meeting: Meeting, copy: Copy) -> Paper:
    """Who was there, what was shown, who left for what, the outcome and the note of each point."""
    topics = tuple(_topic(topic) for topic in meeting.topics.all())
    return Paper(
        title=_("Verslag"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · verslag %(number)s") % {"number": copy.number},
        intro=_there(meeting),
        parts=(*(_minuted(item) for item in _on_agenda(meeting)), *topics),
    )


def _topic(topic: Topic) -> Part:
    return Part(heading=topic.title, lead=topic.note)


def _minuted(item: Item) -> Part:
    lead, tasks = _outcome(item)
    left = _names(row.user_id for row in item.leaves.all())
    return Part(
        heading=_heading(item),
        lead="\n".join(text for text in (lead, item.note) if text),
        rows=(*_facts(item), *tasks),
        closing=_("%(names)s verliet het overleg bij dit punt.") % {"names": left} if left else "",
    )
