"""What is owed, given and not given to reporters, as the pages show it; a fixed number of statements each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain import days
from meldroute.domain.vocabulary import NoFeedback, State
from meldroute.journal.acting import Acting
from meldroute.post.models import Delivery, Outgoing

from .feedback_levels import Way, receiver_of
from .models import Feedback, FeedbackKind, Signal
from .share import YEAR
from .terms import holidays_of
from .visible import files

MOST = 200
SETTLED_MOST = 100
OPEN = Q(given_at__isnull=True) & (Q(none_because="") | Q(none_because=NoFeedback.POSTPONED))
# What the state of the signal has overtaken is owed no more: an interim word when there is an outcome, a receipt when
# all is said, feedback when the outcome was taken back.
OVERTAKEN = (
    Q(kind=FeedbackKind.INTERIM, signal__state__in=(State.FEEDBACK_DUE, State.CLOSED))
    | Q(kind=FeedbackKind.RECEIPT, signal__state=State.CLOSED)
    | Q(kind=FeedbackKind.FEEDBACK) & ~Q(signal__state__in=(State.FEEDBACK_DUE, State.ON_HOLD))
)
BADGES = {Delivery.SENT: "good", Delivery.FAILED: "danger", Delivery.UNCERTAIN: "soon", Delivery.GIVEN_UP: "none"}


@dataclass(frozen=True)
class Line:
    """One word: of which signal, what, to what kind of reporter, by when, and how it stands.

    `working_days` is below 0 when it is late; `badge` is the kind of the badge with `stands` in it.
    """

    id: UUID
    signal_id: UUID
    reference: str
    what: str
    whom: str
    due: date
    url: str
    working_days: int = 0
    stands: str = ""
    badge: str = ""
    at: datetime | None = None
    why: str = ""


def rows_of(by: Acting) -> QuerySet[Feedback]:
    """Every word of a signal whose file is open to `by`."""
    return Feedback.objects.filter(signal__in=files(by)).select_related("signal", "reporter")


def owed_rows(by: Acting) -> QuerySet[Feedback]:
    """What still has to be said, the most pressing first."""
    return rows_of(by).filter(OPEN, level="").exclude(OVERTAKEN).order_by("due_on")


def waiting_rows(by: Acting) -> QuerySet[Feedback]:
    """What waits for a second reader."""
    return rows_of(by).filter(given_at__isnull=True).exclude(level="").exclude(OVERTAKEN).order_by("due_on")


def owed(by: Acting) -> list[Line]:
    """What still has to be said."""
    free = holidays_of(by.place)
    return [_with_days(_owed(row), by, free) for row in owed_rows(by)[:MOST]]


def waiting(by: Acting) -> list[Line]:
    """What waits for a second reader; the composer reads along but cannot agree."""
    free = holidays_of(by.place)
    return [_with_days(_line(row, _waits(row, by)), by, free) for row in waiting_rows(by)[:MOST]]


def given(by: Acting) -> list[Line]:
    """What was said in the last twelve months, the newest first, with what became of the mail."""
    rows = rows_of(by).filter(given_at__date__gt=by.today - YEAR).order_by("-given_at")[:SETTLED_MOST]
    return _given(list(rows))


def none(by: Acting) -> list[Line]:
    """Where no word was given in the last twelve months, and why."""
    rows = rows_of(by).exclude(none_because="").filter(due_on__gt=by.today - YEAR).order_by("-due_on")
    return [_none(row) for row in rows[:SETTLED_MOST]]


def of_signal(signal: Signal, by: Acting) -> list[Line]:
    """Every word of one signal, for its file; what is settled links nowhere but to a mail that got lost."""
    rows = list(signal.feedbacks.select_related("signal", "reporter").order_by("due_on"))
    free = holidays_of(by.place)
    told = [_none(row) for row in rows if row.none_because]
    told += [_with_days(_owed(row), by, free) for row in rows if not row.none_because and row.given_at is None]
    told += _given([row for row in rows if row.given_at])
    here = reverse("route:file", args=[signal.id])
    return sorted((replace(line, url="" if line.url == here else line.url) for line in told), key=lambda line: line.due)


def _line(row: Feedback, stands: str = "", badge: str = "", why: str = "", url: str | None = None) -> Line:
    signal = row.signal
    return Line(
        id=row.id,
        signal_id=signal.id,
        reference=signal.reference,
        what=_(row.get_kind_display()),
        whom=_(receiver_of(row.reporter).label),
        due=row.due_on,
        url=reverse(_page(row), args=[row.id]) if url is None else url,
        stands=stands,
        badge=badge,
        at=row.given_at,
        why=why,
    )


def _page(row: Feedback) -> str:
    if row.kind == FeedbackKind.RECEIPT:
        return "route:feedback-receipt"
    return "route:feedback-read" if row.level and row.given_at is None else "route:feedback-compose"


def _owed(row: Feedback) -> Line:
    if row.level:
        return _line(row, _("wacht op een tweede lezer"), "info")
    if row.none_because:
        return _line(row, _("uitgesteld"), "none")
    held = row.signal.state == State.ON_HOLD and row.kind == FeedbackKind.FEEDBACK
    return _line(row, _("aangehouden: mag nu niet"), "none") if held else _line(row)


def _waits(row: Feedback, by: Acting) -> str:
    return _("u schreef dit: een ander leest mee") if row.by == by.user_id else _("leest u mee?")


def _none(row: Feedback) -> Line:
    """What was postponed is given later: it leads to the composer."""
    postponed = row.none_because == NoFeedback.POSTPONED
    url = None if postponed else reverse("route:file", args=[row.signal_id])
    badge = "info" if postponed else "none"
    return _line(row, _(NoFeedback(row.none_because).label), badge, row.none_reason, url)


def _given(rows: list[Feedback]) -> list[Line]:
    ids = [row.outgoing_id for row in rows if row.outgoing_id]
    states = dict(Outgoing.objects.filter(id__in=ids).values_list("id", "state"))
    return [_one_given(row, states) for row in rows]


def _one_given(row: Feedback, states: dict[UUID, str]) -> Line:
    state = Delivery(states[row.outgoing_id]) if row.outgoing_id in states else None
    file = reverse("route:file", args=[row.signal_id])
    if state is None:
        return _line(row, _(Way(row.how).label) if row.how else "", "good", url=file)
    lost = state in (Delivery.FAILED, Delivery.UNCERTAIN)
    where = reverse("route:outbox-mail", args=[row.outgoing_id]) if lost else file
    return _line(row, _(state.label), BADGES.get(state, "info"), url=where)


def _with_days(line: Line, by: Acting, free: frozenset[date]) -> Line:
    left = days.left(by.today, line.due, free)
    late = days.is_late(by.today, line.due)
    return replace(line, working_days=min(left, -1) if late else left)


def shown(*lists: Iterable[Line]) -> list[UUID]:
    """The signals in these lists, for the journal."""
    return list(dict.fromkeys(line.signal_id for lines in lists for line in lines))
