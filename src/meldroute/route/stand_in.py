"""Draag over: what a stand-in has to know of each open signal, without the name of anybody that it is about.

Made of codes, dates and counts only. What people wrote (facts, reasons, questions, names of files) is not in it, so
that the sheet can be printed and the words stay in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from meldroute.domain import days
from meldroute.domain.terms import Terms
from meldroute.domain.vocabulary import Check, Recipient, Role, State
from meldroute.journal.acting import Acting
from meldroute.people.models import Membership, User
from meldroute.people.places import counting
from meldroute.sources.models import Hit, Query

from .asked import asked_of
from .history import names_of
from .models import FeedbackKind, HandOver, PrivacyCheck, Signal, Task, TaskKind, TaskState
from .now import check_due
from .policies import sources_of
from .sentences import Heading, sentence_of, write
from .situation import situation_of
from .stand_in_not import not_allowed, sources_now
from .terms import terms_of
from .titles import kind_of, state_of
from .visible import files

MOST = 40
"""Signals on one sheet; more of them is no hand-over but a move, and goes per person."""
DONE = 6
"""Acts that are told per signal, the latest first."""
TOLD = frozenset(
    {
        "weighing",
        "answer",
        "check",
        "positive",
        "allowed",
        "source",
        "hit",
        "to",
        "count",
        "task",
        "how",
        "urgency",
        "place",
        "number",
        "why",
    }
)
"""What an act may say here: words of a closed list, ids of sources, and numbers."""
HEADINGS = (Heading.ROUTE, Heading.CHECKS, Heading.SHARED, Heading.FEEDBACK)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Done:
    """Something that was done, and when."""

    on: date
    text: str


@dataclass(frozen=True)
class Waits:
    """Who or what is waited for, what has to come, and by when (`working_days` below 0 is late)."""

    who: str
    what: str
    due: date | None = None
    working_days: int = 0


@dataclass(frozen=True)
class Sheet:
    """One signal; `asked` is what it waits for in short, `sources` are those that may be asked now."""

    signal: Signal
    kind: str
    state: str
    handler: str
    since: date
    working_days: int
    asked: str
    done: tuple[Done, ...]
    waits: tuple[Waits, ...]
    not_allowed: tuple[str, ...]
    sources: tuple[str, ...]


def handlers(by: Acting) -> list[User]:
    """The people who handle an open signal that `by` may see."""
    held = files(by).exclude(state=State.CLOSED).exclude(handler_id__isnull=True).values("handler_id")
    return list(User.objects.filter(id__in=held).order_by("name"))


def usual(by: Acting, people: list[User]) -> UUID | None:
    """Whose signals come first: those of whom `by` stands in for, else one's own; None: everybody's."""
    rows = Membership.objects.filter(counting(by.today), user_id=by.person, municipality_id=by.place)
    away = set(rows.filter(stands_in_for__isnull=False).values_list("stands_in_for", flat=True))
    known = [user.id for user in people]
    return next((one for one in known if one in away), by.person if by.person in known else None)


def wanted(by: Acting, handler: UUID | None) -> tuple[list[Signal], int]:
    """The open signals of `handler` (None: of everybody) that `by` may see, the first due first; and how many more."""
    found = files(by).exclude(state=State.CLOSED)
    if handler is not None:
        found = found.filter(handler_id=handler)
    rows = list(found.order_by(F("due_on").asc(nulls_last=True), "received_at")[:MOST])
    return rows, found.count() - len(rows)


def sheets(by: Acting, signals: list[Signal]) -> list[Sheet]:
    """What a stand-in has to know of each, as `by` may see it."""
    terms = terms_of(by.place)
    names, asked = names_of(signal.handler_id for signal in signals), asked_of(signals)
    return [_sheet(signal, by, terms, names, asked[signal.id]) for signal in signals]


def _sheet(signal: Signal, by: Acting, terms: Terms, names: dict[str, str], asked: str) -> Sheet:
    situation = situation_of(signal, by)
    opened, why = sources_now(signal, situation, by)
    return Sheet(
        signal=signal,
        kind=kind_of(signal),
        state=state_of(signal),
        handler=names.get(str(signal.handler_id), ""),
        since=days.local_date(signal.state_since),
        working_days=_left(signal.due_on, by, terms),
        asked=asked,
        done=tuple(_done(signal)),
        waits=tuple(_counted(one, by, terms) for one in _waits(signal, by, terms)),
        not_allowed=tuple(not_allowed(signal, situation, by, opened, why)),
        sources=tuple(opened),
    )


def _left(due: date | None, by: Acting, terms: Terms) -> int:
    if due is None:
        return 0
    left = days.left(by.today, due, terms.holidays)
    return min(left, -1) if days.is_late(by.today, due) else left


def _counted(one: Waits, by: Acting, terms: Terms) -> Waits:
    return Waits(one.who, one.what, one.due, _left(one.due, by, terms))


def _done(signal: Signal) -> Iterator[Done]:
    """The latest acts of this file whose sentence holds nothing that somebody wrote."""
    told = 0
    for row in signal.timeline.order_by("-at"):
        sentence = sentence_of(row.kind)
        if sentence is None or sentence.heading not in HEADINGS or set(PLACEHOLDER.findall(sentence.text)) - TOLD:
            continue
        yield Done(days.local_date(row.at), write(row.kind, row.told, {})[0])
        told += 1
        if told == DONE:
            return


def _waits(signal: Signal, by: Acting, terms: Terms) -> Iterator[Waits]:
    yield from _checks(signal, terms)
    yield from _sources(signal)
    yield from _tasks(signal)
    yield from _feedback(signal)
    yield from _hand_overs(signal)
    if signal.reporters.filter(reveals__isnull=False, reveals__agreed_at__isnull=True).exists():
        yield Waits(_("een tweede collega"), _("instemmen om de beschermde melder te zien"))


def _checks(signal: Signal, terms: Terms) -> Iterator[Waits]:
    rows = PrivacyCheck.objects.filter(signal=signal, round=signal.round, outcomes__isnull=True)
    for row in rows.prefetch_related("advices"):
        advised = bool(row.advices.all())
        who = Role.PROCESS_OWNER if advised else Role.PRIVACY_OFFICER
        what = _("besluit over toets %(code)s") if advised else _("advies over toets %(code)s")
        yield Waits(_(who.label), what % {"code": Check(row.check_kind).value.upper()}, check_due(row, terms))


def _sources(signal: Signal) -> Iterator[Waits]:
    register, _version = sources_of(signal.municipality_id)
    for row in Query.objects.filter(signal_id=signal.id, round=signal.round, hit=Hit.ASKED):
        label = register[row.source].label if row.source in register else row.source
        yield Waits(_("meldpunt"), _("vastleggen of er een treffer was: %(source)s") % {"source": label})


def _tasks(signal: Signal) -> Iterator[Waits]:
    rows = list(Task.objects.filter(signal=signal, state=TaskState.OPEN))
    names = names_of(row.assignee_id for row in rows)
    for row in rows:
        yield Waits(names.get(str(row.assignee_id), _("onbekend")), _(TaskKind(row.kind).label), row.due_on)


def _feedback(signal: Signal) -> Iterator[Waits]:
    open_ones = signal.feedbacks.filter(given_at__isnull=True, none_because="")
    for row in open_ones.order_by("due_on"):
        waits = row.level and row.by
        who = _("tweede lezer") if waits else _("meldpunt")
        yield Waits(who, _("%(word)s aan de melder") % {"word": _(FeedbackKind(row.kind).label)}, row.due_on)


def _hand_overs(signal: Signal) -> Iterator[Waits]:
    waits = Q(receipt_at__isnull=True) | Q(acute=True, accounted_at__isnull=True)
    for row in HandOver.objects.filter(waits, signal=signal):
        label = _(Recipient(row.recipient).label)
        if row.receipt_at is None:
            yield Waits(label, _("bevestigen dat de overdracht aankwam"))
        if row.acute and row.accounted_at is None:
            yield Waits(_("meldpunt"), _("verantwoorden wat bij gevaar is gedeeld"), row.account_by)
