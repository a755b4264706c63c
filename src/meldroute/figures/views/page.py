"""What the pages of figures have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.journal.acting import Acting
from meldroute.people.gate import Request
from meldroute.people.models import User
from meldroute.route.forms.trying import done as done

from ..models import Overlap, Run


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def overlap_or_404(overlap_id: UUID) -> Overlap:
    """A table of this municipality."""
    return get_object_or_404(Overlap, id=overlap_id)


def run_or_404(run_id: UUID) -> Run:
    """An estimation of this municipality, with its table."""
    return get_object_or_404(Run.objects.select_related("overlap"), id=run_id)


def names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these accounts."""
    return dict(User.objects.filter(id__in=set(ids)).values_list("id", "name"))


def path_to(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the start of the chapter."""
    return [{"label": label, "url": url} for label, url in ((_("Cijfers"), reverse("figures:list")), *more)]


def path_of(row: Overlap, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under a table."""
    return path_to((row.title, reverse("figures:overlap", args=[row.id])), *((one, "") for one in more))


def show(request: HttpRequest, template: str, title: str, path: list[dict[str, str]], **more: Any) -> HttpResponse:
    """A page with its title and way back."""
    return render(request, f"figures/{template}.html", {"title": title, "path": path} | more)
