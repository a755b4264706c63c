"""What waits for a person, for the start page: a fixed number of statements, whatever the number of signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain import days
from meldroute.domain.terms import Terms
from meldroute.domain.vocabulary import Check, Role, State
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality

from .asked import USUAL, answers_unread
from .feedback_lists import waiting_rows
from .models import HandOver, Parcel, ParcelState, PrivacyCheck, PrivacyDecision, Signal, Task, TaskState
from .now import check_due
from .terms import terms_of


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: what, where to do it, by when (`working_days` below 0 is late).

    `about` is the signal or task shown, for the journal.
    """

    kind: str
    text: str
    url: str
    due: date | None
    working_days: int = 0
    about: UUID | None = None


def waiting_for(by: Acting) -> list[Waiting]:
    """Advice, decisions, tasks, accounts of danger and signals that wait for `by`, the most pressing first."""
    terms = terms_of(by.place)
    found = [*_tasks(by), *_checks(by, terms), *_confirmations(by), *_departures(by), *_accounts(by)]
    found += [*_second_readings(by), *_late_tasks(by), *_answers(by), *_parcels(by), *_signals(by)]
    counted = [_counted(one, by.today, terms.holidays) for one in found]
    return sorted(counted, key=lambda one: (one.due is None, one.due or by.today, one.text))


def _counted(one: Waiting, today: date, free: frozenset[date]) -> Waiting:
    if one.due is None:
        return one
    left = days.left(today, one.due, free)
    return replace(one, working_days=min(left, -1) if days.is_late(today, one.due) else left)


def _tasks(by: Acting) -> list[Waiting]:
    rows = Task.objects.filter(assignee_id=by.person, state=TaskState.OPEN, municipality_id=by.place)
    return [
        Waiting(
            "task",
            _("Taak: %(kind)s") % {"kind": _(row.get_kind_display())},
            _url("task", row.id),
            row.due_on,
            about=row.id,
        )
        for row in rows
    ]


def _url(name: str, *args: object) -> str:
    return reverse(f"route:{name}", args=args)


def _checks(by: Acting, terms: Terms) -> list[Waiting]:
    """Checks that wait for advice, or with advice for a decision; the wall shows only what was lent to `by`."""
    if not by.is_any(Role.PRIVACY_OFFICER, Role.PROCESS_OWNER):
        return []
    rows = PrivacyCheck.objects.filter(municipality_id=by.place, outcomes__isnull=True)
    found = list(rows.select_related("signal").prefetch_related("advices"))
    return [one for row in found if (one := _check(row, by, terms))]


def _check(row: PrivacyCheck, by: Acting, terms: Terms) -> Waiting | None:
    advised = bool(row.advices.all())
    if not by.is_any(Role.PROCESS_OWNER if advised else Role.PRIVACY_OFFICER):
        return None
    what = _("Besluit over %(check)s van %(number)s") if advised else _("Advies over %(check)s van %(number)s")
    name = _("toets %(code)s") % {"code": Check(row.check_kind).value.upper()}
    text = what % {"check": name, "number": row.signal.reference}
    return Waiting("check", text, _url("check", row.id), check_due(row, terms), about=row.signal_id)


def _confirmations(by: Acting) -> list[Waiting]:
    """Decisions on the word of a stand-in that a privacy officer must confirm."""
    if not by.is_any(Role.PRIVACY_OFFICER):
        return []
    rows = PrivacyDecision.objects.filter(
        municipality_id=by.place, without_advice=True, check_asked__advices__isnull=True, confirm_by__gte=by.today
    )
    return [
        Waiting(
            "confirm",
            _("Bevestig het mondelinge advies bij %(number)s") % {"number": row.signal.reference},
            _url("check", row.check_asked_id),
            row.confirm_by,
            about=row.signal_id,
        )
        for row in rows.select_related("signal")
    ]


def _departures(by: Acting) -> list[Waiting]:
    """For the FG: decisions that depart from the advice; to read, never to approve (AVG art. 38 and 39)."""
    if not by.is_any(Role.FG):
        return []
    rows = PrivacyDecision.objects.filter(municipality_id=by.place, departs=True).select_related("signal")
    text = _("Besluit wijkt af van het advies: %(number)s")
    return [
        Waiting(
            "departs",
            text % {"number": row.signal.reference},
            _url("check", row.check_asked_id),
            None,
            about=row.signal_id,
        )
        for row in rows
    ]


def _accounts(by: Acting) -> list[Waiting]:
    """Sharing in acute danger that is still to be accounted for."""
    if not by.is_any(Role.MELDPUNT, Role.PROCESS_OWNER, Role.INTEGRITY):
        return []
    rows = HandOver.objects.filter(municipality_id=by.place, acute=True, accounted_at__isnull=True)
    return [
        Waiting(
            "account",
            _("Verantwoord het delen bij acuut gevaar: %(number)s") % {"number": row.signal.reference},
            _url("danger-account", row.id),
            row.account_by,
            about=row.signal_id,
        )
        for row in rows.select_related("signal")
    ]


def _second_readings(by: Acting) -> list[Waiting]:
    """Words to a reporter that a colleague wrote and that wait for a second reader."""
    if not by.is_any(Role.MELDPUNT, Role.INTEGRITY):
        return []
    text = _("Lees mee met een bericht aan de melder: %(number)s")
    return [
        Waiting(
            "second_reading",
            text % {"number": row.signal.reference},
            _url("feedback-read", row.id),
            row.due_on,
            about=row.signal_id,
        )
        for row in waiting_rows(by).exclude(by=by.person)
    ]


def _late_tasks(by: Acting) -> list[Waiting]:
    """Tasks of others that are late, for who handles the signals."""
    if not by.is_any(Role.MELDPUNT, Role.INTEGRITY):
        return []
    rows = Task.objects.filter(municipality_id=by.place, state=TaskState.OPEN, due_on__lt=by.today)
    text = _("Taak te laat beantwoord: %(number)s")
    return [
        Waiting(
            "late_task",
            text % {"number": row.signal.reference},
            _url("signal-tasks", row.signal_id),
            row.due_on,
            about=row.signal_id,
        )
        for row in rows.exclude(assignee_id=by.person).select_related("signal")
    ]


def _answers(by: Acting) -> list[Waiting]:
    """Answers to tasks that came in since the last decision, for who handles the signals."""
    if not by.is_any(Role.MELDPUNT, Role.INTEGRITY):
        return []
    text = _("Antwoord op een taak: %(number)s")
    rows = answers_unread().filter(municipality_id=by.place).select_related("signal")
    return [
        Waiting(
            "answer",
            text % {"number": signal.reference},
            _url("file", signal.id),
            signal.due_on,
            about=signal.id,
        )
        for signal in {row.signal_id: row.signal for row in rows}.values()
    ]


def _parcels(by: Acting) -> list[Waiting]:
    """What another municipality sent here, and what came back from one and went nowhere since."""
    if not by.is_any(Role.MELDPUNT):
        return []
    came = list(Parcel.objects.filter(receiver_id=by.place, state=ParcelState.SENT))
    back = _came_back(by)
    if not came and not back:
        return []
    names = dict(Municipality.objects.values_list("id", "name"))
    return [*(_came(row, names) for row in came), *(_back(row, names[place]) for row, place in back)]


def _came(row: Parcel, names: Mapping[UUID, str]) -> Waiting:
    text = _("Overdracht van %(place)s") % {"place": names[row.municipality_id]}
    return Waiting("parcel", text, _url("parcel", row.id), row.due_on, about=row.id)


def _back(row: HandOver, place: str) -> Waiting:
    text = _("Teruggestuurd door %(place)s: %(number)s") % {"place": place, "number": row.signal.reference}
    return Waiting("came_back", text, _url("hand-overs", row.signal_id), None, about=row.signal_id)


def _came_back(by: Acting) -> list[tuple[HandOver, UUID]]:
    """Hand-overs of which the last parcel was sent back, with by whom."""
    sent = Parcel.objects.filter(municipality_id=by.place)
    went = sent.filter(state__in=(ParcelState.SENT, ParcelState.TAKEN_IN)).values("hand_over_id")
    returned = sent.filter(state=ParcelState.SENT_BACK).exclude(hand_over_id__in=went).order_by("sent_at")
    back = dict(returned.values_list("hand_over_id", "receiver_id"))
    rows = HandOver.objects.filter(id__in=back, receipt_at__isnull=True).select_related("signal") if back else ()
    return [(row, back[row.id]) for row in rows]


_STATES = [state.value for state in State if state is not State.CLOSED]


def _signals(by: Acting) -> list[Waiting]:
    """Signals whose term is over, for who handles them."""
    if not by.is_any(Role.MELDPUNT, Role.INTEGRITY):
        return []
    rows = Signal.objects.filter(municipality_id=by.place, state__in=_STATES, due_on__lt=by.today).order_by("due_on")
    return [
        Waiting(
            "signal",
            f"{row.reference}: {_(USUAL[State(row.state)])}",
            _url("file", row.id),
            row.due_on,
            about=row.id,
        )
        for row in rows[:20]
    ]


def tell_of(found: list[Waiting], *, by: Acting) -> None:
    """The look at this list, in the journal."""
    journal.record(by=by, act="look", on="route.waiting", ids=[one.about for one in found])
