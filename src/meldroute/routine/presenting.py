"""What the page of a month shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meldroute.domain.routine import Routine, Sees
from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.people.reviewing import REVIEWERS

from . import seeing
from .actions.months import is_now
from .models import Month, Standing, Step

SIGNS = {Standing.OPEN: "gepland", Standing.DONE: "gedaan", Standing.NOT_DONE: "overgeslagen"}
KEPT = 24
"""Months in the list of earlier ones."""
SOURCES = {
    Sees.MAILBOX: gettext_noop("Meldroute stuurt de mail en herkent hem in de postbus aan een kenmerk."),
    Sees.STAND_INS: gettext_noop("Meldroute kijkt naar de rollen met hun einddatum en naar de feestdagen."),
    Sees.ACCESS: gettext_noop("Meldroute kijkt wanneer iemand voor het laatst zei dat een rol nog nodig is."),
    Sees.CALL_CARD: gettext_noop("Meldroute kijkt wanneer elk nummer voor het laatst is nagekeken."),
    Sees.PRACTICE: gettext_noop("Meldroute kijkt bij welke stap van de route het oefensignaal is."),
}


@dataclass(frozen=True)
class Row:
    """A step with how it stands, what was seen when it was said, and what is seen now."""

    step: Step
    sign: str
    standing: str
    who: str
    kept: list[str]
    now: list[str]
    well: bool
    how: str
    links: tuple[tuple[str, str], ...]
    people: list[seeing.StandsIn]
    button: str


@dataclass(frozen=True)
class Earlier:
    """A month in the list; `open`, `done` and `not_done` count its steps."""

    month: Month
    title: str
    done: int
    not_done: int
    open: int


def title_of(month: Month) -> str:
    """ "november 2026"."""
    return date_format(month.begins, "F Y")


def rows(month: Month, by: Acting, policy: Routine) -> list[Row]:
    """The steps; what is seen now only in the month itself."""
    steps = list(month.steps.select_related("month"))
    known = names(step.by for step in steps)
    return [_row(step, by, policy, known) for step in steps]


def names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of these accounts; the program (None) has none."""
    return {**dict(User.objects.filter(id__in={one for one in ids if one}).values_list("id", "name"))}


def _row(step: Step, by: Acting, policy: Routine, known: dict[UUID | None, str]) -> Row:
    running = bool(is_now(step.month, by))
    found = seeing.see(step, by, policy) if running else seeing.Finding()
    kept, sees = seeing.words(step.seen), Sees(step.sees)
    now = seeing.words(found.kept)
    return Row(
        step=step,
        sign=SIGNS[Standing(step.standing)],
        standing=_(Standing(step.standing).label),
        who=known.get(step.by, ""),
        kept=kept,
        now=[] if now == kept else now,
        well=found.settled,
        how=_(SOURCES[sees]) if sees in SOURCES else "",
        links=tuple(_links(step, sees, by)) if running else (),
        people=seeing.stand_ins(step, by, policy) if running and sees is Sees.STAND_INS else [],
        button=_button(step, found, by) if running else "",
    )


def _links(step: Step, sees: Sees, by: Acting) -> list[tuple[str, str]]:
    """Where one goes on, for who may go there."""
    works = by.is_any(Role.MELDPUNT)
    if sees is Sees.MAILBOX and works:
        return [
            (_("Naar de postbus"), reverse("intake:triage")),
            (_("Naar de uitgaande post"), reverse("route:outbox")),
        ]
    if sees is Sees.STAND_INS:
        return [(_("Naar de accounts"), reverse("people:accounts"))]
    if sees is Sees.ACCESS and by.is_any(*REVIEWERS):
        return [(_("Loop ze na"), reverse("review"))]
    if sees is Sees.CALL_CARD and works:
        return [(_("Naar het nakijken"), reverse("people:call-card-check"))]
    signal = seeing.practice_signal(step.month) if sees is Sees.PRACTICE else None
    return [(_("Naar het oefensignaal"), reverse("route:file", args=[signal.id]))] if signal else []


def _button(step: Step, found: seeing.Finding, by: Acting) -> str:
    """Which button the step has: "mail" (not while one is on its way), "practice" or none."""
    sees = Sees(step.sees)
    if sees is Sees.MAILBOX:
        return "mail" if has_address(by) and found.code != "mail.under_way" else ""
    may = by.is_any(Role.MELDPUNT) and step.month.signal_id is None
    return "practice" if sees is Sees.PRACTICE and may else ""


def has_address(by: Acting) -> bool:
    """Whether the meldpunt has an address to mail to."""
    return Municipality.objects.filter(id=by.place).exclude(meldpunt_mail="").exists()


def earlier(by: Acting) -> list[Earlier]:
    """The months that there were, this one too, the last on top."""

    def of(standing: Standing) -> Any:
        return Count("steps", filter=Q(steps__standing=standing))

    found = Month.objects.filter(municipality_id=by.place).annotate(
        done=of(Standing.DONE), not_done=of(Standing.NOT_DONE), waits=of(Standing.OPEN)
    )
    return [
        Earlier(month, title_of(month), month.done, month.not_done, month.waits)
        for month in found.order_by("-begins")[:KEPT]
    ]
