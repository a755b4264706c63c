"""Making a paper: its own number, a line in the register of papers, and what it discloses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from django.utils.translation import override

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Purpose
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.route.actions.disclosing import Going, by_release, disclose
from meldroute.sharing.models import Release

from ..models import ItemState, Meeting, MeetingState, Sheet
from ..rules import carries_signals, insist, locked, recipient_of
from .content import Copy, decision_list, information_sheet, minutes
from .pdf import Paper, pdf

INFORMATION, MINUTES, DECISIONS = "information", "minutes", "decisions"
PAPERS: Mapping[str, Callable[[Meeting, Copy], Paper]] = {
    INFORMATION: information_sheet,
    MINUTES: minutes,
    DECISIONS: decision_list,
}
LABELS = {
    INFORMATION: gettext_noop("Informatieblad"),
    MINUTES: gettext_noop("Verslag"),
    DECISIONS: gettext_noop("Besluitenlijst"),
}


def make(*, by: Acting, meeting: Meeting, kind: str, made_for: str = "") -> tuple[Sheet, bytes]:
    """Make a numbered copy; the register keeps its hash and for whom it was made, never the paper itself.

    Raises Refused: a sheet is for one named person and not after the meeting; minutes and decisions only after it.
    """
    now = locked(meeting)
    _may_make(now, kind, made_for)
    last = now.sheets.filter(kind=kind).order_by("-number").first()
    number = last.number + 1 if last else 1
    with override("nl"):  # a paper is for the archive and for partners, whoever makes it
        body = pdf(PAPERS[kind](now, Copy(number, made_for, by.at)))
    sheet = Sheet.objects.create(
        municipality_id=now.municipality_id,
        meeting=now,
        kind=kind,
        number=number,
        made_for=made_for[:120],
        sha256=hashlib.sha256(body).hexdigest(),
        by=by.person,
        at=by.at,
    )
    if kind == INFORMATION:
        _disclosed(now, sheet, by=by)
    ids = [sheet.id, now.id, *now.items.values_list("signal_id", flat=True)]
    journal.record(by=by, act=f"paper.{kind}", on="meetings.Sheet", ids=ids)
    return sheet, body


def _may_make(meeting: Meeting, kind: str, made_for: str) -> None:
    closed = meeting.state == MeetingState.CLOSED
    if kind != INFORMATION:
        insist(closed, gettext_noop("Sluit eerst het overleg."), "paper.closed")
        return
    insist(carries_signals(meeting), gettext_noop("Bij dit overleg horen geen signalen."), "paper.kind")
    over = closed or meeting.state == MeetingState.NOT_NEEDED
    insist(not over, gettext_noop("Dit overleg is voorbij. Er gaat geen informatieblad meer uit."), "paper.over")
    insist(bool(made_for.strip()), gettext_noop("Kies voor wie dit blad is."), "paper.made_for")


def _disclosed(meeting: Meeting, sheet: Sheet, *, by: Acting) -> None:
    """A paper leaves the house: per signal a line in the register of disclosures."""
    going = Going(recipient_of(meeting), Purpose.DISCUSS, "paper", "meetings.Sheet", sheet.id)
    items = meeting.items.filter(restricted=False).exclude(state=ItemState.GONE).select_related("signal")
    for item in items:
        rows = Release.objects.filter(
            meeting_id=meeting.id, signal_id=item.signal_id, withdrawn_at__isnull=True, until__gt=by.at
        )
        disclose(item.signal, going, by_release(list(rows)), by=by)
