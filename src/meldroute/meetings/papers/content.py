"""What stands on each paper: released facts only on a sheet; decisions with their reason on the list.

A sheet for partners is numbered and watermarked with whom it was made for (domain rules §8).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meldroute.domain.route import Decision as D
from meldroute.domain.vocabulary import Truth
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import User
from meldroute.route.models import Observation, Task

from ..models import Item, ItemState, Meeting, Sheet
from ..released import facts_of, title_of
from .pdf import Paper, Part, Row, pdf

INFORMATION, MINUTES, DECISIONS = "information", "minutes", "decisions"


def _when(meeting: Meeting) -> str:
    return date_format(localtime(meeting.starts_at), "l j F Y, H:i")


def _names(ids: Any) -> str:
    return ", ".join(User.objects.filter(id__in=ids).order_by("name").values_list("name", flat=True))


def _fact(fact: Observation) -> Row:
    day = date_format(fact.observed_on, "j F Y") if fact.observed_on else _("datum onbekend")
    return Row(text=fact.text, tag=_(Truth(fact.truth).label), note=f"{day} · {fact.source or _('bron niet genoemd')}")


def _item_facts(item: Item) -> Part:
    rows = tuple(_fact(fact) for fact in facts_of(item))
    lead = "" if rows else _("Voor dit overleg is nog niets vrijgegeven.")
    return Part(heading=f"{item.position}. {item.signal.reference} · {title_of(item.signal)}", lead=lead, rows=rows)


def information_sheet(meeting: Meeting, number: int, made_for: str) -> Paper:
    """Released facts only, per item; restricted items are not on it."""
    items = meeting.items.filter(restricted=False).select_related("signal")
    return Paper(
        title=_("Informatieblad"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · blad %(number)s voor %(who)s") % {"number": number, "who": made_for},
        intro=(_("Alleen voor het genoemde overleg. Geef dit blad na afloop terug of vernietig het."),),
        parts=tuple(_item_facts(item) for item in items),
        watermark=f"{number} · {made_for}",
    )


def _outcome(item: Item) -> Part:
    heading = f"{item.position}. {item.signal.reference}"
    if item.decision is None:
        return Part(heading=heading, lead=_(ItemState(item.state).label))
    decision = item.decision
    tasks = Task.objects.filter(decision=decision)
    rows = tuple(_task(task) for task in tasks)
    lead = f"{_(D(decision.decision).label)}: {decision.reason}"
    return Part(heading=heading, lead=lead, rows=rows)


def _task(task: Task) -> Row:
    until = date_format(task.due_on, "j F Y")
    return Row(text=task.question, tag=_("actie"), note=f"{_names([task.assignee_id])} · {_('uiterlijk')} {until}")


def _there(meeting: Meeting) -> tuple[str, ...]:
    here = _names(meeting.attendances.filter(present=True).values("user_id"))
    away = _names(meeting.attendances.exclude(present=True).values("user_id"))
    lines = [_("Aanwezig: %(names)s") % {"names": here or "–"}]
    return (*lines, _("Afwezig: %(names)s") % {"names": away}) if away else tuple(lines)


def decision_list(meeting: Meeting, number: int, made_for: str) -> Paper:
    """Per item the outcome with its reason, and who does what; to sign."""
    items = meeting.items.select_related("signal", "decision")
    return Paper(
        title=_("Besluitenlijst"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · besluitenlijst %(number)s") % {"number": number},
        intro=_there(meeting),
        parts=tuple(_outcome(item) for item in items),
        sign=(_("Voorzitter"), _("Meldpunt")),
    )


def minutes(meeting: Meeting, number: int, made_for: str) -> Paper:
    """Who was there, what was shown, who left for what, the outcome and the note of each item."""
    items = meeting.items.select_related("signal", "decision").prefetch_related("leaves")
    return Paper(
        title=_("Verslag"),
        subtitle=f"{meeting.series.name} · {_when(meeting)}",
        footer=_("Vertrouwelijk · verslag %(number)s") % {"number": number},
        intro=_there(meeting),
        parts=tuple(_minuted(item) for item in items),
    )


def _minuted(item: Item) -> Part:
    outcome, left = _outcome(item), _names([row.user_id for row in item.leaves.all()])
    closing = _("%(names)s verliet het overleg bij dit punt.") % {"names": left} if left else ""
    shown = _item_facts(item)
    return Part(
        heading=shown.heading,
        lead=" ".join(text for text in (outcome.lead, item.note) if text),
        rows=(*shown.rows, *outcome.rows),
        closing=closing,
    )


PAPERS: dict[str, Callable[[Meeting, int, str], Paper]] = {
    INFORMATION: information_sheet,
    MINUTES: minutes,
    DECISIONS: decision_list,
}


def make(*, by: Acting, meeting: Meeting, kind: str, made_for: str = "") -> tuple[Sheet, bytes]:
    """Make a paper with its own number; the register keeps its hash and for whom it was made."""
    last = meeting.sheets.filter(kind=kind).order_by("-number").first()
    number = last.number + 1 if last else 1
    body = pdf(PAPERS[kind](meeting, number, made_for))
    sheet = Sheet.objects.create(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        kind=kind,
        number=number,
        made_for=made_for[:120],
        sha256=hashlib.sha256(body).hexdigest(),
        by=by.person,
        at=by.at,
    )
    ids = [sheet.id, meeting.id, *meeting.items.values_list("signal_id", flat=True)]
    journal.record(by=by, act=f"paper.{kind}", on="meetings.Sheet", ids=ids)
    return sheet, body
