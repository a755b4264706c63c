"""The register of a year, and who was reached in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.domain.awareness.activities import ActivityKind, ActivityState
from meldroute.journal.acting import Acting
from meldroute.people.asked import whole
from meldroute.people.gate import allowed
from meldroute.people.models import Municipality

from .. import reading
from ..forms.activities import kinds_to_choose
from ..models import Activity
from ..policies import smallest_for
from ..roles import KEEPERS, LOOKERS
from .page import acting, looked_at, path_to, show, state_of

BADGES = {ActivityState.PLANNED: "info", ActivityState.HELD: "good", ActivityState.CANCELLED: "none"}


def _year(request: HttpRequest) -> int:
    year = whole(request.GET.get("jaar", ""))
    return year if 2000 <= year <= 2100 else acting(request).today.year


def _lines(rows: list[Activity]) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "kind": _(ActivityKind(row.kind).label),
            "state": state_of(row),
            "badge": BADGES[ActivityState(row.state)],
            "groups": [reach.group.name for reach in row.reaches.all()],
        }
        for row in rows
    ]


@allowed(*LOOKERS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Everything of a year: what comes first, then what was done."""
    by, year = acting(request), _year(request)
    rows = list(reading.register(by, year))
    looked_at(request, *(row.id for row in rows))
    coming = [row for row in rows if row.state == ActivityState.PLANNED][::-1]
    told = {
        "coming": _lines(coming),
        "past": _lines([row for row in rows if row.state != ActivityState.PLANNED]),
        "year": year,
        "years": reading.years(by),
        "keeps": by.is_any(*KEEPERS),
        "offers": _offers(by),
        "missed": [one for one in reading.covered(by, year) if one.reached.value == "not"],
    }
    return show(request, "list", _("Bewustwording"), [], **told)


@allowed(*LOOKERS)
@require_safe
def covered(request: HttpRequest) -> HttpResponse:
    """Per team and organisation what it took part in, and signals beside awareness."""
    by, year = acting(request), _year(request)
    lines = reading.covered(by, year)
    looked_at(request, *reading.groups(by).values_list("id", flat=True), on="awareness.Group")
    told = {
        "lines": [{"line": one, "reached": _(one.reached.label)} for one in lines],
        "quarters": _quarters(reading.quarters(by, year)),
        "smallest": smallest_for(by),
        "year": year,
        "years": reading.years(by),
        "least": 5,
    }
    return show(request, "coverage", _("Wie is bereikt"), path_to((_("Wie is bereikt"), "")), **told)


def _offers(by: Acting) -> list[dict[str, object]]:
    names = dict(Municipality.objects.values_list("id", "name"))
    return [{"row": one, "giver": names[one.municipality_id]} for one in reading.offers(by)]


def _quarters(found: list[reading.Quarter]) -> list[dict[str, object]]:
    return [
        {"row": one, "activities": [(_(kind.label), number) for kind, number in one.activities.items() if number]}
        for one in found
    ]


@allowed(*KEEPERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of activity is new."""
    lines = [{"label": _(kind.label), "url": reverse("awareness:make", args=[kind])} for kind in kinds_to_choose()]
    return show(request, "choose", _("Wat wilt u vastleggen?"), path_to((_("Nieuw"), "")), kinds=lines)
