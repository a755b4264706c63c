"""One item at the table: what was released, the outcome, and who stays for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldroute.domain import days
from meldroute.domain.vocabulary import MeetingKind, Question, State
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.people.models import User
from meldroute.people.proving import fresh
from meldroute.route.actions import deciding, weighing
from meldroute.route.actions.tasks import ASSIGNEES
from meldroute.route.actions.timeline import looked
from meldroute.route.forms.trying import tried
from meldroute.route.forms.weighing import WeighingForm
from meldroute.route.models import Signal
from meldroute.route.policies import weighings_of
from meldroute.route.titles import kind_of

from .. import reading
from ..actions import attending, settling
from ..forms.outcome import OutcomeForm
from ..models import Item, ItemState
from ..reading import ASKED, HOLDERS, LOOKERS
from ..rules import AGENDA_OF
from .page import acting, done, item_or_404, partners, path_of, show, to_item, to_meeting


@allowed(*LOOKERS)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """What is discussed, and for who holds the meeting the outcome."""
    by, found = acting(request), item_or_404(request, item_id)
    form = _outcome_form(request, found, by) if _may_settle(found, by) else None
    if request.method == "POST" and form is not None and form.is_valid() and _settled(form, found, by):
        messages.success(request, _("Vastgelegd: %(outcome)s.") % {"outcome": _outcome_word(form)})
        return _onward(found)
    looked(found.signal, by=by, at="meetings.Item", ids=(found.id,))
    return _page(request, found, form, by)


def _may_settle(found: Item, by: Acting) -> bool:
    waits = found.state in settling.WAITS and reading.is_running(found.meeting)
    return waits and reading.holds(by) and AGENDA_OF.get(MeetingKind(found.meeting.kind)) == found.signal.state


def _page(request: HttpRequest, found: Item, form: OutcomeForm | None, by: Acting) -> HttpResponse:
    points = reading.points(found.meeting, by, current=found)
    number = next((point.number for point in points if point.current), 0)
    title = _("Punt %(number)s van %(count)s") % {"number": number, "count": len(points)}
    holder = reading.holds(by)
    told: dict[str, Any] = {
        "item": found,
        "points": points,
        "form": form,
        "number": number,
        "holds": holder,
        "kind": kind_of(found.signal),
        "day": (by.today - days.local_date(found.signal.received_at)).days + 1,
        "released": reading.shown(found),
        "there": [seat for seat in reading.seats(found.meeting) if seat.row.present],
        "onward": _onward_number(points, number),
        "outcome": reading.outcome_of(found) if found.state != ItemState.OPEN else "",
        "running": reading.is_running(found.meeting),
    }
    if holder:
        told["left"] = set(found.leaves.values_list("user_id", flat=True))
        told["questions"] = _questions(found, by) if form is not None else []
    return show(request, "item", title, path_of(found.meeting, title), **told)


def _onward_number(points: list[reading.Point], number: int) -> int:
    """The number of the next point that waits, 0 when this is the last."""
    waits = [point.number for point in points if point.url and not point.done and not point.current]
    return next((one for one in waits if one > number), waits[0] if waits else 0)


def _questions(found: Item, by: Acting) -> list[dict[str, Any]]:
    rows = reading.answers(found.signal, found.meeting.kind)
    return [row | {"form": _question_form(None, found.signal, row["question"], by)} for row in rows]


def _outcome_form(request: HttpRequest, found: Item, by: Acting) -> OutcomeForm:
    return OutcomeForm(
        request.POST or None,
        state=State(found.signal.state),
        options=deciding.choices(found.signal, by),
        owners=list(_owners(by)),
        partners=partners(by),
        initial={"version": found.signal.version},
    )


def _owners(by: Acting) -> QuerySet[User]:
    return places.members(by.place, *ASSIGNEES, today=by.today)


def _settled(form: OutcomeForm, found: Item, by: Acting) -> object:
    transition = form.transition()
    if transition is None:
        return None
    told = form.cleaned_data
    return tried(
        form,
        lambda: settling.settle(
            by=by,
            item=found,
            version=told["version"],
            decision=transition.decision,
            given=form.given(),
            organisation_id=form.organisation_id(),
            place=told.get("place", ""),
        ),
        by=by,
        about=found.signal_id,
    )


def _outcome_word(form: OutcomeForm) -> str:
    transition = form.transition()
    return _(transition.decision.label) if transition else ""


def _onward(found: Item) -> HttpResponse:
    coming = reading.following(found)
    return to_item(coming) if coming else to_meeting(found.meeting, "agenda")


@allowed(*HOLDERS)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, item_id: UUID, code: str) -> HttpResponse:
    """Answer one of the questions of this table, with a reason."""
    by, found = acting(request), item_or_404(request, item_id)
    asked = _asked(found, code)
    form = _question_form(request, found.signal, asked, by)
    if request.method == "POST" and form.is_valid():
        filled = form.filled()
        signal = found.signal
        if tried(form, lambda: weighing.weigh(by=by, signal=signal, code=asked, filled=filled), by=by, about=signal.id):
            messages.success(request, _("Antwoord vastgelegd."))
            return to_item(found, "uitkomst")
    looked(found.signal, by=by, at="route.WeighingAnswer", ids=(found.id,))
    told = {"form": form, "meeting": found.meeting, "label": _("Leg vast")}
    return show(request, "form", _(asked.label), path_of(found.meeting, found.signal.reference), **told)


def _asked(found: Item, code: str) -> Question:
    known = {one.value: one for one in ASKED.get(found.meeting.kind, ())}
    if code not in known:
        raise Http404
    return known[code]


def _question_form(request: HttpRequest | None, signal: Signal, code: Question, by: Acting) -> WeighingForm:
    before = signal.weighings.filter(round=signal.round, weighing=code.value).order_by("-at").first()
    return WeighingForm(
        request.POST or None if request else None,
        questions=weighings_of(signal.municipality_id).asked(code, by.today),
        municipality_id=signal.municipality_id,
        before=before.answers if before else {},
    )


@allowed(*HOLDERS)
@fresh()
@require_POST
def release(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """ "Geef vrij wat toets 2A toestaat"."""
    by, found = acting(request), item_or_404(request, item_id)
    judged: list[Any] = []

    def act() -> None:
        judged.extend(settling.release_for(by=by, item=found))

    if done(request, act, "", about=found.id):
        count = sum(1 for one in judged if one.release)
        refused = [one for one in judged if not one.verdict]
        messages.info(
            request,
            _("Vrijgegeven voor dit overleg: %(count)s. Dicht gebleven: %(kept)s.")
            % {"count": count, "kept": len(refused)},
        )
        for reason in sorted({_(one.verdict.reason) for one in refused}):
            messages.warning(request, reason)
    return to_item(found)


@allowed(*HOLDERS)
@require_POST
def carry(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """No time: to the next meeting."""
    by, found = acting(request), item_or_404(request, item_id)
    said = _("Doorgeschoven. Dit punt staat de volgende keer bovenaan.")
    moved = done(request, lambda: settling.carry(by=by, item=found), said, about=found.id)
    return _onward(found) if moved else to_item(found)


@allowed(*HOLDERS)
@require_POST
def note(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """What was said, for the minutes."""
    by, found = acting(request), item_or_404(request, item_id)
    text = request.POST.get("note", "")
    done(request, lambda: settling.note(by=by, item=found, text=text), _("Notitie bewaard."), about=found.id)
    return to_item(found, "notitie")


@allowed(*HOLDERS)
@require_POST
def restrict(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Last on the agenda, for a small circle; or for everybody again."""
    by, found = acting(request), item_or_404(request, item_id)
    wanted = request.POST.get("restricted") == "1"
    done(request, lambda: attending.restrict(by=by, item=found, restricted=wanted), "", about=found.id)
    return to_item(found, "kring")


@allowed(*HOLDERS)
@require_POST
def stay(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Who stays for a restricted item; the others leave, on record."""
    by, found = acting(request), item_or_404(request, item_id)
    there = found.meeting.attendances.filter(present=True)
    ids = {row.user_id for row in there if str(row.user_id) in request.POST.getlist("stays")}
    said = _("Vastgelegd wie blijft en wie het overleg voor dit punt verlaat.")
    done(request, lambda: attending.stay(by=by, item=found, ids=ids), said, about=found.id)
    return to_item(found)


@allowed(*HOLDERS)
@require_POST
def leave(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """ "X verlaat het overleg" for this item."""
    by, found = acting(request), item_or_404(request, item_id)
    there = {str(row.user_id): row.user_id for row in found.meeting.attendances.all()}
    who = there.get(request.POST.get("user", ""))
    if who is None:
        raise Http404
    said = _("Vastgelegd: deze persoon verlaat het overleg voor dit punt.")
    done(request, lambda: attending.leave(by=by, item=found, user_id=who), said, about=found.id)
    return to_item(found, "kring")
