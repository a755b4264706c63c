"""What the pages about one signal have in common."""

from __future__ import annotations

from functools import cache
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request

from ..actions.timeline import looked
from ..models import Signal
from ..visible import file_or_404, is_locked


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def file_address(signal_id: UUID) -> str:
    """The page of a file. As `reverse`, which takes fifty times as long: a list has fifty."""
    return _file_address().format(signal_id)


@cache
def _file_address() -> str:
    return reverse("route:file", args=[UUID(int=0)]).replace(str(UUID(int=0)), "{}")


def opened(request: HttpRequest, signal_id: UUID, at: str) -> Signal:
    """The signal, with the look at this part of its file journalled; one that is not open looks absent."""
    signal = unlocked(request, signal_id)
    looked(signal, by=acting(request), at=at)
    return signal


def unlocked(request: HttpRequest, signal_id: UUID) -> Signal:
    """The same for a page that tells the journal itself what it shows."""
    by = acting(request)
    signal = file_or_404(by, signal_id)
    require(_unlocked(signal, by))
    return signal


def _unlocked(signal: Signal, by: Acting) -> Verdict:
    if not is_locked(signal, by):
        return yes()
    reason = gettext_noop("Dit signaal is niet in behandeling genomen. Open eerst het dossier, met een reden.")
    return no(reason, "modelprotocol ondermijning, stap 2", "file.locked", (Role.MELDPUNT,))


def show(request: HttpRequest, template: str, signal: Signal, title: str, **told: Any) -> HttpResponse:
    """A page about one signal, with the way back to its file."""
    path = [
        {"label": _("Signalen"), "url": reverse("route:queue")},
        {"label": signal.reference, "url": reverse("route:file", args=[signal.id])},
        {"label": title, "url": ""},
    ]
    told = {"signal": signal, "title": title, "path": path, "file_url": path[1]["url"]} | told
    return render(request, template, told)


def to_file(request: HttpRequest, signal: Signal, done: str) -> HttpResponse:
    """Back to the file, saying what was done."""
    messages.success(request, done)
    return redirect("route:file", signal.id)
