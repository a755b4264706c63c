"""The outbox for people: what is uncertain or did not arrive, and the three things that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh
from meldroute.post import actions as post
from meldroute.post.models import Delivery, Outgoing

from ..actions import feedback
from ..forms.feedback import NoFields
from ..forms.trying import tried
from ..outbox import Stuck, read_of, seen_by, stuck_mails
from .feedback import WHO
from .page import acting


@allowed(*WHO)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Everything to look after."""
    by = acting(request)
    found = stuck_mails(by)
    journal.record(by=by, act="look", on="post.Outgoing", ids=[one.mail.id for one in found])
    return render(request, "route/feedback_outbox.html", {"found": found})


@allowed(*WHO)
@fresh()
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail: what was about to go, and what a person found out about it."""
    by = acting(request)
    found = seen_by(by, Outgoing.objects.filter(id=mail_id, municipality_id=by.place))
    if not found:
        raise Http404
    journal.record(by=by, act="look", on="post.Outgoing", ids=[mail_id])
    form = NoFields(request.POST or None)
    if request.method == "POST" and (done := _settled(request, form, found[0], by)):
        messages.success(request, done)
        return redirect("route:outbox")
    state = Delivery(found[0].mail.state)
    told = {
        "one": found[0],
        "seen": read_of(found[0]),
        "form": form,
        "uncertain": state is Delivery.UNCERTAIN,
        "open": state in (Delivery.UNCERTAIN, Delivery.FAILED),
        "path": [{"label": _("Verzonden post"), "url": reverse("route:outbox")}, {"label": _(state.label), "url": ""}],
    }
    return render(request, "route/feedback_mail.html", told)


def _settled(request: HttpRequest, form: NoFields, one: Stuck, by: Acting) -> str:
    """What was done; "" when nothing was, or it was refused."""
    word = one.feedback
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "arrived": (lambda: post.say_arrived(by=by, mail=one.mail), _("Vastgelegd: het bericht is aangekomen.")),
        "again": (lambda: post.send_again(by=by, mail=one.mail), _("Het bericht wordt opnieuw verstuurd.")),
        "other": (
            lambda: feedback.reopen(by=by, feedback=word) if word else post.give_up(by=by, mail=one.mail),
            _("Vastgelegd. Kies nu een andere weg."),
        ),
    }
    act, done = next((acts[name] for name in acts if name in request.POST), (None, ""))
    if act is None:
        return ""
    tried(form, act, by=by, about=one.signal_id)
    return "" if form.errors else done
