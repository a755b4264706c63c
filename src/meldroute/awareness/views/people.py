"""Who was invited and who signed up, for who keeps the register: inviting, the attendance list, certificates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.journal import actions as journal
from meldroute.people.gate import allowed

from ..actions import inviting, signing_up
from ..certificates import pdf
from ..forms.people import InviteForm
from ..models import Participant
from ..reading import groups, people_of
from ..roles import KEEPERS
from .page import ON, acting, activity_or_404, looked_at, path_of, show, tried


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Mail people a link to sign up."""
    by, row = acting(request), activity_or_404(request, activity_id)
    form = InviteForm(request.POST or None, by=by, activity=row)
    if request.method == "POST" and form.is_valid():
        group = groups(by).get(id=form.cleaned_data["group"])
        mails = form.cleaned_data["mails"]
        made = tried(form, lambda: inviting.invite(by=by, activity=row, group=group, mails=mails), by=by, about=row.id)
        if made is not None:
            told = ngettext("%(count)s uitnodiging gaat uit.", "%(count)s uitnodigingen gaan uit.", len(made))
            messages.success(request, told % {"count": len(made)})
            return redirect("awareness:activity", row.id)
    looked_at(request, row.id)
    back = reverse("awareness:activity", args=[row.id])
    note = _("Wie al een uitnodiging heeft, krijgt er geen tweede. Adressen en namen worden na afloop gewist.")
    title = _("Uitnodigen")
    return show(request, "form", title, path_of(row, title), form=form, label=_("Stuur"), note=note, back=back)


@allowed(*KEEPERS)
@require_safe
def attendance(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The list to print and tick."""
    row = activity_or_404(request, activity_id)
    people = people_of(row)
    looked_at(request, row.id, *(one.id for one in people))
    title = _("Presentielijst")
    return show(request, "attendance", title, path_of(row, title), row=row, people=people)


def participant_or_404(request: HttpRequest, participant_id: UUID) -> Participant:
    """Somebody who signed up here."""
    rows = Participant.objects.select_related("activity", "invitation")
    return get_object_or_404(rows, id=participant_id, municipality_id=acting(request).place)


@allowed(*KEEPERS)
@require_POST
def remove(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    row = participant_or_404(request, participant_id)
    activity = row.activity
    signing_up.remove(by=acting(request), participant=row)
    messages.success(request, _("Deze persoon staat niet meer op de lijst."))
    return redirect("awareness:activity", activity.id)


@allowed(*KEEPERS)
@require_safe
def certificate(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The certificate of who was there."""
    row = participant_or_404(request, participant_id)
    if not row.present:
        raise Http404
    journal.record(by=acting(request), act="print", on=ON, ids=[row.activity_id, row.id])
    return download(pdf(row))


def download(body: bytes) -> HttpResponse:
    """A certificate as a file."""
    response = HttpResponse(body, "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_("bewijs-van-deelname")}.pdf"'
    return response
