"""The receipt by hand: look at the address, say whether mailing is safe, send or tell."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.feedback import Level
from meldroute.people.gate import allowed

from ..actions import receipts as actions
from ..feedback_levels import Way, Word, receipt_findings, receipt_text
from ..feedback_marks import marked
from ..forms.feedback import SAFE, ReceiptForm
from ..forms.trying import tried
from ..models import Feedback, FeedbackKind
from .feedback import WHO, about, found, seen_of
from .page import acting, show, to_file


@allowed(*WHO)
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Is it safe, how, and what to add; what is added is checked like a subject line."""
    row, signal = found(request, feedback_id)
    if row.kind != FeedbackKind.RECEIPT or row.given_at or row.none_because:
        return to_file(request, signal, _("Deze ontvangstbevestiging is al gegeven."))
    form = ReceiptForm(request.POST or None, reporter=row.reporter)
    addition = form.cleaned_data["addition"].replace("\r\n", "\n") if form.is_valid() else ""
    marks = marked(receipt_findings(row, addition), Word(Level.RECEIVED, addition, "", ""))
    if "send" in request.POST and form.is_valid() and not marks and _sent(request, form, row, addition):
        return to_file(request, signal, _("De ontvangstbevestiging is gegeven."))
    subject, text = receipt_text(row, addition)
    word = Word(Level.RECEIVED, subject, text, form["how"].value() or Way.MAIL)
    by, mail = acting(request), row.reporter.mail
    told = {
        "form": form,
        "row": row,
        "marks": marks,
        "word": word,
        "seen": seen_of(row, word, by),
        "address": _("afgeschermd") if mail and row.reporter.protected else mail,
    }
    return show(request, "route/feedback_receipt.html", signal, _("Ontvangstbevestiging"), **told, **about(row, by))


def _sent(request: HttpRequest, form: ReceiptForm, row: Feedback, addition: str) -> bool:
    told, by = form.cleaned_data, acting(request)
    safe, how = told["safe"] == SAFE, Way(told["how"])
    act = lambda: actions.send_receipt(by=by, feedback=row, safe=safe, how=how, addition=addition)  # noqa: E731
    return tried(form, act, by=by, about=row.signal_id) is not None
