"""What the pages of meetings have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request
from meldroute.people.models import Organisation
from meldroute.route.forms import trying

from ..models import Item, Meeting
from ..reading import meetings_of, seen_items


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def meeting_or_404(request: HttpRequest, meeting_id: UUID) -> Meeting:
    """A meeting that the reader may know of; another looks absent."""
    return get_object_or_404(meetings_of(acting(request)), id=meeting_id)


def item_or_404(request: HttpRequest, item_id: UUID) -> Item:
    """An item that is open to the reader; the walls hide the others."""
    return get_object_or_404(seen_items(acting(request)), id=item_id)


def looked_at(request: HttpRequest, on: str, *ids: UUID) -> None:
    """Tell the journal what this page shows."""
    journal.record(by=acting(request), act="look", on=on, ids=ids)


def name_of(meeting: Meeting) -> str:
    """ "Signalenoverleg 24 november"."""
    return f"{meeting.series.name} {date_format(localtime(meeting.starts_at), 'j F')}"


def partners(by: Acting) -> list[Organisation]:
    """The partners of this municipality."""
    return list(Organisation.objects.filter(municipality_id=by.place, ended_on__isnull=True))


def path_to(*more: tuple[str, str], root: bool = True) -> list[dict[str, str]]:
    """Breadcrumbs from the list of meetings; without that `root` for who may not see it."""
    first = [(_("Overleg"), reverse("meetings:list"))] if root else []
    return [{"label": label, "url": url} for label, url in (*first, *more)]


def path_of(meeting: Meeting, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under a meeting."""
    return path_to((name_of(meeting), reverse("meetings:meeting", args=[meeting.id])), *((one, "") for one in more))


def show(request: HttpRequest, template: str, title: str, path: list[dict[str, str]], **more: Any) -> HttpResponse:
    """A page with its title and way back."""
    return render(request, f"meetings/{template}.html", {"title": title, "path": path} | more)


def to_meeting(meeting: Meeting, at: str = "") -> HttpResponse:
    """Back to the meeting, at one of its parts."""
    return redirect(reverse("meetings:meeting", args=[meeting.id]) + (f"#{at}" if at else ""))


def to_item(item: Item, at: str = "") -> HttpResponse:
    """Back to the item, at one of its parts."""
    return redirect(reverse("meetings:item", args=[item.id]) + (f"#{at}" if at else ""))


def done(request: HttpRequest, act: Callable[[], object], said: str, *, about: UUID) -> bool:
    """A button of this chapter (`trying.done`)."""
    return trying.done(request, act, said, on="meetings.Meeting", about=about)
