"""What the pages of the plan have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.domain.plan.self_scan import Criterion
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import Request
from meldroute.people.models import User
from meldroute.route.forms.trying import done as done

from ..actions.scanning import scan_of
from ..models import Action, Occurrence, Plan, Proof
from ..reading import plan_of

OWNERS = tuple(role for role in Role if role not in (Role.PARTNER_REPORTER, Role.LOO_MEMBER, Role.ADMINISTRATOR))


def acting(request: HttpRequest) -> Acting:
    """Who asks."""
    return cast(Request, request).acting


def plan_here(request: HttpRequest) -> Plan | None:
    """The plan that the address asks for (`?plan=`), else the one that is followed now."""
    by = acting(request)
    code = request.GET.get("plan", "")
    found = plan_of(by.place, by.today, code)
    if code and found is None:
        raise Http404
    return found


def plan_or_404(request: HttpRequest) -> Plan:
    """As `plan_here`, for what needs a plan."""
    found = plan_here(request)
    if found is None:
        raise Http404
    return found


def action_or_404(action_id: UUID) -> Action:
    """An action of this municipality with its plan."""
    return get_object_or_404(Action.objects.select_related("plan"), id=action_id)


def time_or_404(occurrence_id: UUID) -> Occurrence:
    """An occurrence with its action, plan and proofs that were not removed."""
    proofs = Prefetch("proofs", Proof.objects.filter(removed_at=None).order_by("on", "at"))
    rows = Occurrence.objects.select_related("action__plan").prefetch_related(proofs)
    return get_object_or_404(rows, id=occurrence_id)


def criterion_or_404(by: Acting, code: str) -> Criterion:
    """A criterion of the self-scan of this municipality."""
    for one in scan_of(by.place).criteria:
        if one.id == code:
            return one
    raise Http404


def proof_or_404(proof_id: UUID) -> Proof:
    """A proof with what it belongs to."""
    return get_object_or_404(Proof.objects.select_related("occurrence__action__plan"), id=proof_id)


def people_here(by: Acting) -> list[tuple[UUID, str]]:
    """Who can own an action: everybody with an account here who reads the plan."""
    return [(user.id, user.name) for user in places.members(by.place, *OWNERS, today=by.today)]


def names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of these accounts; nobody (None) has none."""
    return {**dict(User.objects.filter(id__in={one for one in ids if one}).values_list("id", "name"))}


def path_to(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the plan."""
    return [{"label": label, "url": url} for label, url in ((_("Plan"), reverse("plan:grid")), *more)]


def path_of(action: Action, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under an action."""
    return path_to((action.title, reverse("plan:action", args=[action.id])), *((one, "") for one in more))


def show(request: HttpRequest, template: str, title: str, path: list[dict[str, str]], **more: Any) -> HttpResponse:
    """A page with its title and way back."""
    return render(request, f"plan/{template}.html", {"title": title, "path": path} | more)
