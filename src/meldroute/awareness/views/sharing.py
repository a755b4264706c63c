"""Offering a training to another municipality, and answering what another offers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldroute.people.gate import allowed
from meldroute.people.models import Municipality

from ..actions import sharing as acts
from ..models import Share
from ..roles import KEEPERS
from .page import acting, activity_or_404, done


@allowed(*KEEPERS)
@require_POST
def offer(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Offer an own training to the municipality that was chosen."""
    by, row = acting(request), activity_or_404(request, activity_id)
    chosen = {str(one.id): one for one in Municipality.objects.exclude(id=by.place)}
    receiver = chosen.get(request.POST.get("receiver", ""))
    if receiver is None:
        messages.error(request, _("Kies een gemeente."))
    else:
        said = _("Aangeboden aan %(name)s.") % {"name": receiver.name}
        done(request, lambda: acts.offer(by=by, activity=row, receiver=receiver), said, about=row.id)
    return redirect("awareness:activity", row.id)


@allowed(*KEEPERS)
@require_POST
def answer(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """Take part, or not."""
    by = acting(request)
    share = get_object_or_404(Share, id=share_id, receiver_id=by.place)
    told = request.POST.get("answer")
    if told not in ("yes", "no"):
        messages.error(request, _("Kies of uw gemeente meedoet."))
    else:
        said = _("Het staat nu in uw eigen register.") if told == "yes" else _("U doet niet mee.")
        done(request, lambda: acts.answer(by=by, share=share, accept=told == "yes"), said, about=share.id)
    return redirect("awareness:list")


@allowed(*KEEPERS)
@require_POST
def withdraw(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """Take an offer back."""
    by = acting(request)
    share = get_object_or_404(Share, id=share_id, municipality_id=by.place)
    said = _("Het aanbod is ingetrokken.")
    done(request, lambda: acts.withdraw(by=by, share=share), said, about=share.id)
    return redirect("awareness:activity", share.activity_id)
