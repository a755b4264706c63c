"""Reminders of the plan: one mail a day at most, to whose turn it is; it says why, and stops when something is said.

Another chapter that asks something of people puts a line in the same mail: `web/ticks.py` hands `remind` its function,
which gives `Line`s as long as they wait (see `Others`). Each `about` comes once per person and `since`.

Each rung comes once: two weeks before the last day, then every two weeks after it, then to the stand-in as well
(`policies/plan.toml`). What is done, skipped, before adoption or before the plan was followed asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from meldroute.domain import days
from meldroute.domain.plan.keeping import Mark
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.people import places
from meldroute.people.models import User
from meldroute.post import actions as post
from meldroute.route.terms import holidays_of

from ..models import Action, Occurrence, Plan, Reminder, Rung
from ..owning import turn_of
from ..policies import limit
from ..reading import Cell, lines, plan_of
from ..roles import MANAGERS, READERS

FIRST_HOUR = 8
"""Local hour from which a mail may go, on working days."""
WHY = {
    Rung.AHEAD: gettext_noop("De laatste dag nadert en er is nog niets vastgelegd."),
    Rung.LATE: gettext_noop("De laatste dag is voorbij en er is niets vastgelegd."),
    Rung.STAND_IN: gettext_noop("De eigenaar legde niets vast. U bent waarnemer."),
}


@dataclass(frozen=True)
class Word:
    """One thing to say to one person; `since` makes it once: the day on which this rung began."""

    user_id: UUID
    action: Action
    occurrence: Occurrence
    rung: Rung
    since: date

    @property
    def about(self) -> UUID:
        """What it is said about."""
        return self.occurrence.id

    @property
    def due(self) -> date:
        """The last day."""
        return self.occurrence.due

    @property
    def title(self) -> str:
        """What was promised, in the plan's own words."""
        return self.action.title

    @property
    def why(self) -> str:
        """Why it is said, as a msgid."""
        return WHY[self.rung]

    @property
    def url(self) -> str:
        """Where to record it."""
        return reverse("plan:time", args=[self.occurrence.id])


@dataclass(frozen=True)
class Line:
    """What another chapter asks of one person: once per `about` and `since`. `title` and `why` are msgids, no case."""

    user_id: UUID
    about: UUID
    since: date
    due: date
    title: str
    why: str
    url: str
    rung: Rung = Rung.AHEAD


Others = Callable[[Acting], Iterable[Line]]
"""Gives everything that its chapter still waits for today, said before or not."""


def remind(*, by: Acting, others: Iterable[Others] = ()) -> int:
    """Queue today's digests, each in this transaction with its marks; how many. `others`: lines of other chapters."""
    local = by.at.astimezone(AMSTERDAM)
    if local.hour < FIRST_HOUR or not days.is_working_day(by.today, holidays_of(by.place)):
        return 0
    plan = plan_of(by.place, by.today)
    if plan is None:
        return 0
    words = _new([*words_of(plan, by), *(line for lines_of in others for line in lines_of(by))])
    for user_id, told in words.items():
        _digest(by, plan, user_id, told)
    return len(words)


def words_of(plan: Plan, by: Acting) -> Iterator[Word]:
    """Everything that could be said today, said before or not."""
    here = set(places.members(by.place, *READERS, today=by.today).values_list("id", flat=True))
    keepers = set(places.members(by.place, *MANAGERS, today=by.today).values_list("id", flat=True))
    for line in lines(plan, by.today):
        for cell in line.cells:
            for rung, since in rungs(cell, by.today):
                yield from _to(line.action, cell, rung, since, keepers, here)


def rungs(cell: Cell, today: date) -> Iterator[tuple[Rung, date]]:
    """Which rungs an occurrence stands on today, and since when."""
    row, ahead = cell.occurrence, timedelta(days=limit("ahead_days"))
    long = row.due - row.begins > ahead  # a week is too short to be told of before it is over
    if cell.mark in (Mark.PLANNED, Mark.UNDER_WAY) and long and row.due - ahead <= today <= row.due:
        yield Rung.AHEAD, row.due - ahead
    if cell.mark is Mark.LATE:
        late = (today - row.due).days
        yield Rung.LATE, _step(row.due + timedelta(days=1), today)
        if late > limit("stand_in_days"):
            yield Rung.STAND_IN, _step(row.due + timedelta(days=limit("stand_in_days") + 1), today)


def _step(first: date, today: date) -> date:
    """The day on which the present turn of a repeated rung began."""
    again = limit("again_days")
    return first + timedelta(days=(today - first).days // again * again)


def _to(action: Action, cell: Cell, rung: Rung, since: date, keepers: set[UUID], here: set[UUID]) -> Iterator[Word]:
    first = turn_of(action, keepers, here)
    if rung is not Rung.STAND_IN:
        yield from (Word(one, action, cell.occurrence, rung, since) for one in first)
    elif action.stand_in is not None and action.stand_in in here and action.stand_in not in first:
        yield Word(action.stand_in, action, cell.occurrence, rung, since)


def _new(words: list[Word | Line]) -> dict[UUID, list[Word | Line]]:
    """Per person what was not said before."""
    times = {one.about for one in words}
    said = set(
        Reminder.objects.filter(occurrence_id__in=times).values_list("occurrence_id", "user_id", "rung", "since")
    )
    found: dict[UUID, list[Word | Line]] = defaultdict(list)
    for one in words:
        if (one.about, one.user_id, one.rung.value, one.since) not in said:
            found[one.user_id].append(one)
    return found


def _digest(by: Acting, plan: Plan, user_id: UUID, words: list[Word | Line]) -> None:
    user = User.objects.get(id=user_id)
    digest = uuid4()
    with override(user.language):
        subject, body = _text(user, words, by.today)
    post.queue(
        by=by,
        key_id=plan.key_id,
        about="plan.Digest",
        about_id=digest,
        to=user.email,
        subject=subject,
        body=body,
    )
    Reminder.objects.bulk_create(
        Reminder(
            municipality_id=by.place,
            occurrence_id=one.about,
            user_id=user_id,
            rung=one.rung,
            since=one.since,
            digest_id=digest,
            at=by.at,
        )
        for one in words
    )
    journal.record(by=by, act="plan.remind", on="plan.Occurrence", ids=[user_id, *(one.about for one in words)])


def _text(user: User, words: list[Word | Line], today: date) -> tuple[str, str]:
    """What the mail says: what, when, why and where; never a case."""
    subject = ngettext(
        "Plan: %(count)d afspraak vraagt aandacht", "Plan: %(count)d afspraken vragen aandacht", len(words)
    ) % {"count": len(words)}
    told = [
        _("Beste %(name)s,") % {"name": user.name},
        _(
            "Deze afspraken uit het plan tegen mensenhandel wachten op u. U krijgt deze mail als eigenaar, als "
            "waarnemer of omdat u het plan bijhoudt. Zodra u iets vastlegt, stopt de herinnering."
        ),
        *(_entry(one, today) for one in sorted(words, key=_order)),
    ]
    return subject, "\n\n".join(told)


def _order(one: Word | Line) -> tuple[date, bool, int]:
    """The first due on top; on one day the plan in its own order, then the other chapters."""
    return (one.due, True, 0) if isinstance(one, Line) else (one.due, False, one.action.place)


def _entry(word: Word | Line, today: date) -> str:
    due = date_format(word.due, _("j F Y"))
    left = (word.due - today).days
    when = (
        ngettext("nog %(count)d dag", "nog %(count)d dagen", left) % {"count": left}
        if left > 0
        else _("vandaag")
        if left == 0
        else ngettext("%(count)d dag te laat", "%(count)d dagen te laat", -left) % {"count": -left}
    )
    told = _("%(title)s: uiterlijk %(due)s (%(when)s)") % {"title": _told(word), "due": due, "when": when}
    return f"{told}\n{_(word.why)}\n{settings.MELDROUTE_BASE_URL}{word.url}"


def _told(word: Word | Line) -> str:
    """A title of the plan stays as the plan has it; one of ours is in the reader's language."""
    return _(word.title) if isinstance(word, Line) else word.title
