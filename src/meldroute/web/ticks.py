"""The ticks of the worker: each chapter's own work, put together here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from meldroute.awareness.ticking import follow_neighbours, forget_names
from meldroute.domain.term import gettext_noop
from meldroute.figures.ticking import estimate_next
from meldroute.intake.polling import poll
from meldroute.intake.scanning import scan_due
from meldroute.intake.ticking import forget_due
from meldroute.meetings.ticking import invite_all, make_all_dates
from meldroute.people.attempts import forget_old
from meldroute.people.reviewing import fall_asleep, lapse
from meldroute.people.staying import clear
from meldroute.people.unit import system
from meldroute.plan.ticking import remind_all
from meldroute.post.sending import Smtp, empty
from meldroute.route.actions.parcels import note_answers
from meldroute.route.ticking import owe_interims
from meldroute.routine.reminding import lines_of
from meldroute.routine.ticking import follow_mail, look
from meldroute.search.asking import forget_asked

from .heads import sign_heads
from .middleware import rules
from .review_mail import remind_reviewers
from .sign_in import rules_here
from .worker import Tick


def send_mail(place: UUID, at: datetime) -> None:
    """Empty the outbox."""
    empty(system, place, at, Smtp())


def read_mailboxes(place: UUID, at: datetime) -> None:
    """Take in the mail of the meldpunt; test mails of ourselves are looked for, also when a box cannot be read."""
    try:
        poll(place, at)
    finally:
        follow_mail(place, at)


def scan_files(place: UUID, at: datetime) -> None:
    """Let clamd look through what came in."""
    scan_due(place, at, settings.MELDROUTE_CLAMD)


def forget(place: UUID, at: datetime) -> None:
    """Let go of copies and names whose day has passed, and of what was asked of the search."""
    forget_due(place, at)
    forget_names(place, at)
    with system(place, at):
        forget_asked(place, at)


def dates(place: UUID, at: datetime) -> None:
    """Make the dates of the series of meetings."""
    make_all_dates(place, at)


def invitations(place: UUID, at: datetime) -> None:
    """Tell people's calendars what changed."""
    invite_all(place, at)


def neighbours(place: UUID, at: datetime) -> None:
    """Follow what neighbours give, and tell both sides."""
    follow_neighbours(place, at)


def interims(place: UUID, at: datetime) -> None:
    """Owe reporters their interim word."""
    owe_interims(place, at)


def plan_reminders(place: UUID, at: datetime) -> None:
    """Remind people of what the plan asks of them."""
    remind_all(place, at, (lines_of,))


def routine(place: UUID, at: datetime) -> None:
    """Begin the routine of the month, and say what can be seen of it."""
    look(place, at)


def receipts(place: UUID, at: datetime) -> None:
    """Put the answers of other municipalities in the files of this one."""
    note_answers(place, at)


def heads(place: UUID, at: datetime) -> None:
    """Sign where the journal is, and keep that elsewhere."""
    sign_heads(place, at)


def estimations(place: UUID, at: datetime) -> None:
    """Begin the next estimation, in a process of its own."""
    estimate_next(place, at)


def sessions(place: UUID, at: datetime) -> None:
    """Throw away sessions that are over and tries that count no more; once for all municipalities is enough."""
    clear(at, rules())
    forget_old(at)


def access(place: UUID, at: datetime) -> None:
    """Let roles lapse that nobody went over, after mails about it, and accounts sleep that nobody uses.

    Not in practice, which may lie idle.
    """
    if settings.MELDROUTE_PRACTICE:
        return
    with system(place, at) as by:
        policy = rules_here(by)
        lapse(by=by, policy=policy)
        fall_asleep(by=by, policy=policy)
        remind_reviewers(by=by, policy=policy)


TICKS: tuple[Tick, ...] = (
    Tick(gettext_noop("postbus"), 5.0, read_mailboxes),
    Tick(gettext_noop("post"), 2.0, send_mail),
    Tick(gettext_noop("scannen"), 3.0, scan_files),
    Tick(gettext_noop("vergeten"), 300.0, forget),
    Tick(gettext_noop("overleg"), 600.0, dates),
    Tick(gettext_noop("uitnodigingen"), 30.0, invitations),
    Tick(gettext_noop("trainingen van buren"), 60.0, neighbours),
    Tick(gettext_noop("tussenberichten"), 3600.0, interims),
    Tick(gettext_noop("herinneringen aan het plan"), 1800.0, plan_reminders),
    Tick(gettext_noop("ontvangst door andere gemeenten"), 20.0, receipts),
    Tick(gettext_noop("routine"), 60.0, routine),
    Tick(gettext_noop("koppen van het journaal"), 600.0, heads),
    Tick(gettext_noop("schattingen"), 1.0, estimations),
    Tick(gettext_noop("sessies"), 900.0, sessions),
    Tick(gettext_noop("toegang"), 3600.0, access),
)
