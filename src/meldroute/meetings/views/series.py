"""Series and their members: for the administrator and the meldpunt. No case data here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.vocabulary import MeetingKind, Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.route.forms.trying import tried

from .. import reading
from ..actions import returning
from ..actions import series as acts
from ..forms.series import MemberForm, SeriesForm
from ..models import Meeting, MeetingState, Series, SeriesMember
from ..rules import seated
from .page import acting, done, looked_at, partners, path_to, show

KEEPERS = (Role.ADMINISTRATOR, Role.MELDPUNT)


def _path(by: Acting, *more: str) -> list[dict[str, str]]:
    lines = [(_("Reeksen"), reverse("meetings:all-series")), *((one, "") for one in more)]
    return path_to(*lines, root=reading.holds(by))


def path_of_series(series: Series, by: Acting, *more: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page under a series."""
    lines = [
        (_("Reeksen"), reverse("meetings:all-series")),
        (series.name, reverse("meetings:series", args=[series.id])),
    ]
    return path_to(*lines, *((one, "") for one in more), root=reading.holds(by))


@allowed(*KEEPERS)
@require_safe
def all_series(request: HttpRequest) -> HttpResponse:
    """Every series."""
    by = acting(request)
    rows = list(Series.objects.order_by("ends_on", "name"))
    journal.record(by=by, act="look", on="meetings.Series", ids=[row.id for row in rows])
    lines = [{"row": row, "kind": _(MeetingKind(row.kind).label), "rhythm": rhythm(row)} for row in rows]
    return show(request, "all_series", _("Reeksen"), _path(by), series=lines, today=by.today)


def rhythm(series: Series) -> str:
    """ "elke week op dinsdag, 10:00"."""
    told = {"weeks": series.every_weeks, "day": WEEKDAYS[series.weekday], "at": series.at.strftime("%H:%M")}
    if series.every_weeks == 1:
        return _("elke week op %(day)s, %(at)s") % told
    return _("om de %(weeks)s weken op %(day)s, %(at)s") % told


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new series."""
    by = acting(request)
    chairs = list(places.members(by.place, Role.MELDPUNT, today=by.today))
    form = SeriesForm(request.POST or None, chairs=chairs, initial={"starts_on": by.today})
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        made = tried(form, lambda: acts.make_series(by=by, wanted=wanted), by=by)
        if made is not None:
            return redirect("meetings:series", made.id)
    path = _path(by, _("Nieuwe reeks"))
    return show(request, "form", _("Nieuwe reeks"), path, form=form, label=_("Maak de reeks"))


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """One series: its members with their grounds, and who to add."""
    by, found = acting(request), get_object_or_404(Series, id=series_id)
    members = list(found.members.exclude(ends_on__lt=by.today))
    known = {member.user_id for member in members if member.ground}
    people = [user for user in seated(found.kind, by) if user.id not in known]
    form = MemberForm(request.POST or None, people=people, partners=partners(by))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        organisation = UUID(told["organisation"]) if told["organisation"] else None
        who, ground = UUID(told["user"]), told["ground"]

        def add() -> object:
            return acts.add_member(by=by, series=found, user_id=who, ground=ground, organisation_id=organisation)

        if tried(form, add, by=by, about=found.id):
            messages.success(request, _("Toegevoegd. De uitnodiging gaat per mail, zonder inhoud."))
            return redirect("meetings:series", found.id)
    journal.record(by=by, act="look", on="meetings.Series", ids=[found.id])
    return _series_page(request, found, members, form)


def _series_page(request: HttpRequest, found: Series, members: list[SeriesMember], form: MemberForm) -> HttpResponse:
    by = acting(request)
    names = reading.names_of([*(m.user_id for m in members), *([found.chair_id] if found.chair_id else [])])
    organisations = {one.id: one.name for one in partners(by)}
    lines = [
        {
            "row": member,
            "name": names.get(member.user_id, ""),
            "organisation": organisations.get(member.organisation_id, "") if member.organisation_id else "",
        }
        for member in members
    ]
    coming = Meeting.objects.filter(series=found, state=MeetingState.PLANNED).order_by("starts_at")[:6]
    told = {
        "series": found,
        "kind": _(MeetingKind(found.kind).label),
        "rhythm": rhythm(found),
        "chair": names.get(found.chair_id, "") if found.chair_id else "",
        "members": sorted(lines, key=lambda line: str(line["name"])),
        "coming": coming,
        "recurring": _recurring(found),
        "form": form,
        "ended": found.ends_on is not None and found.ends_on <= by.today,
    }
    path = _path(by, found.name)
    return show(request, "series", found.name, path, **told)


def _recurring(found: Series) -> list[dict[str, object]]:
    """The points that come back, with the period each was held for last."""
    points = list(found.recurring.all())
    held = returning.held(points)
    return [
        {"row": point, "last": max(held[point.id], default=""), "ended": point.ends_on is not None} for point in points
    ]


@allowed(*KEEPERS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """No more dates."""
    by, found = acting(request), get_object_or_404(Series, id=series_id)
    if request.method == "POST":
        said = _("De reeks is beëindigd.")
        done(request, lambda: acts.end_series(by=by, series=found), said, about=found.id)
        return redirect("meetings:series", found.id)
    looked_at(request, "meetings.Series", found.id)
    path = _path(by, found.name)
    note = _("Alle geplande data vervallen. Wie is uitgenodigd, krijgt daarvan een mail. Verslagen blijven.")
    return show(request, "form", _("Reeks beëindigen"), path, label=_("Beëindig de reeks"), note=note)


@allowed(*KEEPERS)
@require_POST
def end_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Somebody is not invited any more."""
    by, found = acting(request), get_object_or_404(SeriesMember.objects.select_related("series"), id=member_id)
    said = _("Deze persoon is niet meer uitgenodigd.")
    done(request, lambda: acts.end_member(by=by, member=found), said, about=found.id)
    return redirect("meetings:series", found.series_id)
