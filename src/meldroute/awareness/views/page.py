"""What the pages of awareness have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain.awareness.activities import GATHERINGS, ActivityState
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request
from meldroute.route.forms import trying

from ..models import Activity

T = TypeVar("T")
ON = "awareness.Activity"


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def activity_or_404(request: HttpRequest, activity_id: UUID) -> Activity:
    """An activity of this municipality; another looks absent."""
    return get_object_or_404(Activity, id=activity_id, municipality_id=acting(request).place)


def looked_at(request: HttpRequest, *ids: UUID, on: str = ON) -> None:
    """Tell the journal what this page shows."""
    journal.record(by=acting(request), act="look", on=on, ids=ids)


def tried(form: forms.Form, act: Callable[[], T], *, by: Acting, about: UUID | None = None) -> T | None:
    """What `act` gives, or None with the refusal on the form."""
    return trying.tried(form, act, by=by, on=ON, about=about)


def state_of(activity: Activity) -> str:
    """Where it is, in a word: a training is held, leaflets are done."""
    if activity.state == ActivityState.HELD and activity.kind not in GATHERINGS:
        return _("gedaan")
    return _(ActivityState(activity.state).label)


def path_to(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the register."""
    first = (_("Bewustwording"), reverse("awareness:list"))
    return [{"label": label, "url": url} for label, url in (first, *more)]


def path_of(activity: Activity, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under an activity."""
    own = (activity.title, reverse("awareness:activity", args=[activity.id]))
    return path_to(own, *((one, "") for one in more))


def show(request: HttpRequest, template: str, title: str, path: list[dict[str, str]], **more: Any) -> HttpResponse:
    """A page with its title and way back."""
    return render(request, f"awareness/{template}.html", {"title": title, "path": path} | more)


def done(request: HttpRequest, act: Callable[[], object], said: str, *, about: UUID) -> bool:
    """A button of this chapter (`trying.done`)."""
    return trying.done(request, act, said, on=ON, about=about)
