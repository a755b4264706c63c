"""The teams and organisations that are to be reached."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.awareness.activities import GroupKind
from meldroute.people.gate import allowed

from .. import reading
from ..actions import groups as acts
from ..forms.groups import GroupForm
from ..roles import KEEPERS
from .page import acting, looked_at, path_to, show, tried


def _path(*more: str) -> list[dict[str, str]]:
    return path_to((_("Teams en organisaties"), reverse("awareness:groups")), *((one, "") for one in more))


@allowed(*KEEPERS)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The list, with where each comes from."""
    rows = list(reading.groups(acting(request)))
    looked_at(request, *(row.id for row in rows), on=acts.ON)
    kinds = [{"label": _(kind.label), "rows": [row for row in rows if row.kind == kind]} for kind in GroupKind]
    return show(request, "groups", _("Teams en organisaties"), path_to((_("Teams en organisaties"), "")), kinds=kinds)


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more."""
    by = acting(request)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: acts.add(by=by, **told), by=by):
            return redirect("awareness:groups")
    title = _("Team of organisatie toevoegen")
    back = reverse("awareness:groups")
    return show(request, "form", title, _path(title), form=form, label=_("Voeg toe"), back=back)


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One of them, to change."""
    by = acting(request)
    row = get_object_or_404(reading.groups(by), id=group_id)
    form = GroupForm(request.POST or None, initial={"kind": row.kind, "name": row.name, "source": row.source})
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: acts.change(by=by, group=row, **told), by=by, about=row.id):
            return redirect("awareness:groups")
    looked_at(request, row.id, on=acts.ON)
    back, end = reverse("awareness:groups"), reverse("awareness:group-end", args=[row.id])
    title = _("Team of organisatie aanpassen")
    return show(request, "form", title, _path(title), form=form, label=_("Bewaar"), back=back, end=end)


@allowed(*KEEPERS)
@require_POST
def end(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Off the list."""
    by = acting(request)
    row = get_object_or_404(reading.groups(by), id=group_id)
    acts.end(by=by, group=row)
    messages.success(request, _("%(name)s staat niet meer op de lijst.") % {"name": row.name})
    return redirect("awareness:groups")
