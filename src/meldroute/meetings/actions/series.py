"""Series: made and ended, with their members and the own ground of each (domain rules §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import MeetingKind
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Attendance, Meeting, MeetingState, Series, SeriesMember, Told
from ..rules import insist, may_sit
from .dates import make_dates, seat
from .inviting import tell

ENDED = gettext_noop("De reeks is beëindigd.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A series as it is asked for; `weekday` 0 is Monday."""

    kind: MeetingKind
    name: str
    weekday: int
    at: time
    starts_on: date
    minutes: int = 60
    every_weeks: int = 1
    place: str = ""
    chair_id: UUID | None = None


def make_series(*, by: Acting, wanted: Wanted) -> Series:
    """A new series with its dates; members are added one by one, each with a ground. Raises Refused."""
    insist(bool(wanted.name.strip()), gettext_noop("Geef het overleg een naam."), "series.name")
    seated = wanted.chair_id is None or may_sit(wanted.kind, wanted.chair_id, by)
    insist(seated, gettext_noop("De voorzitter heeft geen rol die bij dit overleg past."), "series.chair")
    series = Series.objects.create(municipality_id=by.place, **vars(wanted))
    journal.record(by=by, act="series.make", on="meetings.Series", ids=[series.id])
    make_dates(by=by, series=series)
    return series


def end_series(*, by: Acting, series: Series) -> None:
    """No more dates from today; what was planned does not go on, and every calendar hears so."""
    series.ends_on, series.version = by.today, series.version + 1
    series.save(update_fields=["ends_on", "version"])
    planned = Meeting.objects.filter(series=series, state=MeetingState.PLANNED, starts_at__gt=by.at)
    planned.update(state=MeetingState.NOT_NEEDED, not_needed_because=ENDED, closed_at=by.at)
    members = series.members.exclude(ends_on__lt=by.today)
    tell(members.values_list("user_id", flat=True), Told.ENDED, by=by, series=series)
    journal.record(by=by, act="series.end", on="meetings.Series", ids=[series.id])


def add_member(
    *, by: Acting, series: Series, user_id: UUID, ground: str, organisation_id: UUID | None = None
) -> SeriesMember:
    """Invite somebody to a series, from the next meeting on. Raises Refused without a role or an own ground."""
    seated = may_sit(series.kind, user_id, by)
    insist(seated, gettext_noop("Deze persoon heeft geen rol die bij dit overleg past."), "member.role")
    reason = gettext_noop("Schrijf op welke eigen taak of bevoegdheid deze persoon hier brengt.")
    insist(bool(ground.strip()), reason, "member.ground")
    member, _ = SeriesMember.objects.update_or_create(
        series=series,
        user_id=user_id,
        defaults={
            "municipality_id": series.municipality_id,
            "organisation_id": organisation_id,
            "ground": ground.strip(),
            "ends_on": None,
        },
    )
    for meeting in _coming(series):
        known = meeting.attendances.filter(user_id=user_id)
        if not known.update(ground=member.ground):
            seat(meeting, member).save(force_insert=True)
    tell([user_id], Told.ADDED, by=by, series=series)
    journal.record(by=by, act="member.add", on="meetings.SeriesMember", ids=[member.id, user_id])
    return member


def end_member(*, by: Acting, member: SeriesMember) -> None:
    """Somebody is not invited any more, from now on; earlier meetings keep who was there."""
    member.ends_on = by.today - timedelta(days=1)
    member.save(update_fields=["ends_on"])
    Attendance.objects.filter(meeting__in=_coming(member.series), user_id=member.user_id).delete()
    tell([member.user_id], Told.ENDED, by=by, series=member.series)
    journal.record(by=by, act="member.end", on="meetings.SeriesMember", ids=[member.id, member.user_id])


def _coming(series: Series) -> list[Meeting]:
    return list(Meeting.objects.filter(series=series, state=MeetingState.PLANNED))
