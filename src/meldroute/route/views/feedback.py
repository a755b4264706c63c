"""Terugkoppeling: what is owed, and the composer that gives nothing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain import days
from meldroute.domain.feedback import Level
from meldroute.domain.vocabulary import NoFeedback, Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.post.message import Seen

from .. import feedback_lists as lists
from ..actions import feedback as actions
from ..actions.mailing import look_of
from ..feedback_levels import Way, Word, is_contentless, receiver_of, standing
from ..feedback_marks import Marked, marked
from ..forms.feedback import ComposeForm, NoneForm, SendBackForm
from ..forms.trying import tried
from ..models import Feedback, FeedbackKind, Signal
from ..outbox import stuck_mails
from ..share import answered_in_time
from ..terms import holidays_of
from .page import acting, opened, show, to_file

WHO = (Role.MELDPUNT, Role.INTEGRITY)


@allowed(*WHO)
@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """What is owed, what waits, what was given or not and why; first the share that heard in time."""
    by = acting(request)
    told = {
        "owed": lists.owed(by),
        "waiting": lists.waiting(by),
        "given": lists.given(by),
        "none": lists.none(by),
    }
    journal.record(by=by, act="look", on="route.feedback", ids=lists.shown(*told.values()))
    share = answered_in_time(by.place, by.today)
    return render(request, "route/feedback.html", told | {"share": share, "stuck": len(stuck_mails(by))})


@allowed(*WHO)
@require_safe
def of_signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """To the first word that this signal still owes."""
    signal = opened(request, signal_id, "route.Feedback")
    row = lists.owed_rows(acting(request)).filter(signal=signal).first()
    waits = lists.waiting_rows(acting(request)).filter(signal=signal).first()
    if row is None and waits is not None:
        return redirect("route:feedback-read", waits.id)
    if row is None:
        return to_file(request, signal, _("Hier is niets meer terug te koppelen."))
    return redirect("route:feedback-compose", row.id)


def found(request: HttpRequest, feedback_id: UUID) -> tuple[Feedback, Signal]:
    """The word and its signal, with the look journalled; one that is not open looks absent."""
    row = get_object_or_404(lists.rows_of(acting(request)), id=feedback_id)
    return row, opened(request, row.signal_id, "route.Feedback")


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Choose how much, see what gives something away, and send."""
    row, signal = found(request, feedback_id)
    if row.kind == FeedbackKind.RECEIPT:
        return redirect("route:feedback-receipt", row.id)
    if actions.is_waiting(row):
        return redirect("route:feedback-read", row.id)
    if request.method == "POST" and "fill" not in request.POST:
        return _composed(request, row, signal)
    return _page(request, row, signal, ComposeForm(feedback=row, initial=_start(row, request.POST)))


def _start(row: Feedback, posted: Any) -> dict[str, str]:
    """The proposed words of the level that was asked for, or of the highest; a draft that was sent back stays."""
    allowed_levels = actions.levels(row)
    asked = posted.get("level", "")
    level = Level(asked) if asked in allowed_levels else allowed_levels[-1]
    subject, text = actions.proposed(row, level)
    if not posted and row.subject_line and row.given_at is None and not is_contentless(row):
        subject, text = row.subject_line, row.text
    return {"level": level.value, "subject": subject, "text": text, "how": posted.get("how", "")}


def _composed(request: HttpRequest, row: Feedback, signal: Signal) -> HttpResponse:
    """The form came in: look, and when asked to, send or ask a second reader."""
    form = ComposeForm(request.POST, feedback=row)
    if not form.is_valid():
        return _page(request, row, signal, form)
    word = form.word()
    marks = marked(actions.findings(row, word), word)
    form = ComposeForm(request.POST, feedback=row, keeps=marks.may_stay)
    form.is_valid()
    if "send" in request.POST and not marks and _sent(request, form, row, word):
        return to_file(request, signal, _said(row, signal))
    if "ask" in request.POST and marks.may_stay and _asked(request, form, row, word):
        return to_file(request, signal, _("Een collega leest mee. Daarna gaat het bericht."))
    return _page(request, row, signal, form, marks, word)


def _sent(request: HttpRequest, form: ComposeForm, row: Feedback, word: Word) -> bool:
    by = acting(request)
    return tried(form, lambda: actions.give(by=by, feedback=row, word=word), by=by, about=row.signal_id) is not None


def _asked(request: HttpRequest, form: ComposeForm, row: Feedback, word: Word) -> bool:
    by, why = acting(request), form.cleaned_data["why"]
    act = lambda: actions.ask_second_reader(by=by, feedback=row, word=word, why=why)  # noqa: E731
    return tried(form, act, by=by, about=row.signal_id) is not None


def _said(row: Feedback, signal: Signal) -> str:
    """What was done, and what is next."""
    left = [one for one in signal.feedbacks.filter(lists.OPEN).exclude(lists.OVERTAKEN) if one.id != row.id]
    if row.kind != FeedbackKind.FEEDBACK or left:
        return _("Het bericht is gegeven.")
    return _("Het bericht is gegeven. Iedereen heeft iets gehoord: u kunt het signaal sluiten.")


def _page(
    request: HttpRequest,
    row: Feedback,
    signal: Signal,
    form: ComposeForm,
    marks: Marked | None = None,
    word: Word | None = None,
) -> HttpResponse:
    by = acting(request)
    clean = word is not None and not marks and not form.errors
    told = {
        "form": form,
        "row": row,
        "marks": marks,
        "clean": clean,
        "fixed": is_contentless(row),
        "seen": seen_of(row, word, by) if clean and word else None,
    }
    title = _("Tussenbericht") if row.kind == FeedbackKind.INTERIM else _("Terugkoppelen")
    return show(request, "route/feedback_compose.html", signal, title, **told, **about(row, by))


def about(row: Feedback, by: Acting) -> dict[str, Any]:
    """Who hears it, by when, and where the signal stands for them."""
    left = days.left(by.today, row.due_on, holidays_of(by.place))
    return {
        "whom": _(receiver_of(row.reporter).label),
        "left": min(left, -1) if days.is_late(by.today, row.due_on) else left,
        "stands": _(standing(row.signal).label),
        "protected": row.reporter.protected,
        "name": "" if row.reporter.protected else row.reporter.name,
        "safe": row.reporter.how_safe,
    }


def seen_of(row: Feedback, word: Word, by: Acting) -> Seen | None:
    """The mail as the reporter reads it; None when it is told in another way or there is no address to show it for."""
    if word.how != Way.MAIL:
        return None
    try:
        return look_of(by=by, feedback=row, subject=word.subject, body=word.text)
    except ValueError:
        return None


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """The second reader: the mail as it will go, what was kept and why; agree, or send back."""
    row, signal = found(request, feedback_id)
    by = acting(request)
    if not actions.is_waiting(row):
        return to_file(request, signal, _("Dit bericht wacht niet meer op een tweede lezer."))
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (done := _settled(request, form, row, by)):
        return to_file(request, signal, done)
    word = actions.composed(row)
    told = {
        "form": form,
        "row": row,
        "word": word,
        "way": _(Way(word.how).label),
        "level": _(word.level.label),
        "marks": marked(actions.findings(row, word), word),
        "seen": seen_of(row, word, by),
        "verdict": actions.may_agree(row, by),
        "own": row.by == by.user_id,
    }
    return show(request, "route/feedback_read.html", signal, _("Meelezen"), **told, **about(row, by))


def _settled(request: HttpRequest, form: SendBackForm, row: Feedback, by: Acting) -> str:
    """What the reader, or the writer, did; "" when nothing was."""
    form.is_valid()
    why = form.cleaned_data.get("why", "")
    acts: dict[str, tuple[Callable[[], Feedback], str]] = {
        "agree": (lambda: actions.agree(by=by, feedback=row), _("Het bericht is gegeven.")),
        "back": (lambda: actions.send_back(by=by, feedback=row, why=why), _("Teruggegeven aan wie het schreef.")),
        "take": (lambda: actions.take_back(by=by, feedback=row), _("Teruggenomen. U kunt het opnieuw schrijven.")),
    }
    act, done = next((acts[name] for name in acts if name in request.POST), (None, ""))
    return done if act and tried(form, act, by=by, about=row.signal_id) else ""


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def none(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Record why this reporter hears nothing."""
    row, signal = found(request, feedback_id)
    by = acting(request)
    reporter = row.reporter
    first = NoFeedback.ANONYMOUS if reporter.anonymous else "" if reporter.wants_feedback else NoFeedback.NOT_WANTED
    form = NoneForm(request.POST or None, initial={"because": first})
    if request.method == "POST" and form.is_valid():
        because, reason = NoFeedback(form.cleaned_data["because"]), form.cleaned_data["reason"]
        act = lambda: actions.give_none(by=by, feedback=row, because=because, reason=reason)  # noqa: E731
        if tried(form, act, by=by, about=signal.id):
            return to_file(request, signal, _("Vastgelegd."))
    return show(request, "route/work.html", signal, _("Geen bericht: waarom?"), form=form)
