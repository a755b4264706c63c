"""Points that come back: on the first agenda of their period, carried over, held once, ended and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from meetings import tables
from meldroute.domain.plan.keeping import Status
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import MeetingKind
from meldroute.meetings.actions import holding, returning
from meldroute.meetings.actions.series import Wanted, make_series
from meldroute.meetings.models import Meeting, Recurring, Series, Topic
from meldroute.people.unit import unit
from meldroute.plan.models import Occurrence, Proof
from people_here import MONDAY, acting, here, user
from plan import plans_here

pytestmark = pytest.mark.django_db
TITLE = "Mensenhandel: voortgang van het plan"


def staff(at: datetime = MONDAY, kind: MeetingKind = MeetingKind.STAF_VEILIGHEID) -> Series:
    """A staf veiligheid every week with a half-yearly point."""
    with unit(acting(at=at)) as by:
        wanted = Wanted(kind=kind, name="Staf veiligheid", weekday=2, at=time(9, 0), starts_on=by.today)
        made = make_series(by=by, wanted=wanted)
        returning.add(by=by, series=made, title=TITLE, cadence="Eén keer per half jaar in de staf veiligheid")
        return made


def meetings(series: Series) -> list[Meeting]:
    """Its meetings, the first one first."""
    with unit(acting()):
        return list(Meeting.objects.filter(series=series).select_related("series").order_by("starts_at"))


def held(row: Meeting, *, carried: bool = False) -> list[tuple[str, str]]:
    """Hold a meeting and give its points with their periods."""
    with unit(acting(at=row.starts_at)) as by:
        holding.open_meeting(by=by, meeting=row)
    with unit(acting(at=row.starts_at + timedelta(minutes=20))) as by:
        found = list(row.topics.all())
        for topic in found:
            returning.carry(by=by, topic=topic, carried=carried)
        holding.close(by=by, meeting=row)
        return [(topic.title, topic.period) for topic in found]


def waits(row: Meeting, at: datetime = MONDAY) -> list[tuple[str, bool]]:
    """What would come on the agenda of this meeting."""
    with unit(acting(at=at)) as by:
        fresh = Meeting.objects.select_related("series").get(id=row.id)
        return [(due.period.key, due.late) for due in returning.waiting(fresh, by)]


def test_it_stands_on_the_first_agenda_only_and_comes_back_in_the_next_period() -> None:
    rows = meetings(staff())
    assert waits(rows[0]) == [("2026-H2", False)]
    assert waits(rows[1]) == []
    in_2027 = next(row for row in rows if row.starts_at.year == 2027)
    assert waits(in_2027) == [], "an earlier meeting still comes in which it is due"
    assert held(rows[0]) == [(TITLE, "2026-H2")]
    assert [waits(row, rows[0].starts_at) for row in rows[1:3]] == [[], []]
    assert waits(in_2027, rows[0].starts_at) == [("2027-H1", False)]


def test_what_was_not_discussed_stands_on_the_next_agenda() -> None:
    rows = meetings(staff())
    held(rows[0], carried=True)
    assert held(rows[1]) == [(TITLE, "2026-H2")]
    assert held(rows[2]) == []


def test_what_was_missed_in_its_half_year_is_carried_over_the_turn_of_the_year() -> None:
    rows = meetings(staff())
    for row in rows:
        if row.starts_at.year == 2026:
            held(row, carried=True)
    later = [row for row in rows if row.starts_at.year == 2027]
    assert waits(later[0], later[0].starts_at - timedelta(hours=1)) == [("2026-H2", True)]
    assert held(later[0]) == [(TITLE, "2026-H2")]
    assert held(later[1]) == [(TITLE, "2027-H1")]
    assert held(later[2]) == []


def test_a_meeting_with_a_point_that_is_due_is_needed() -> None:
    rows = meetings(staff())
    with unit(acting()) as by, pytest.raises(Refused, match="kan niet vervallen"):
        holding.not_needed(by=by, meeting=rows[0], because="geen punten")


def test_a_planned_meeting_that_nobody_held_keeps_nothing_from_the_next() -> None:
    rows = meetings(staff())
    assert waits(rows[1], rows[0].starts_at + timedelta(days=1)) == [("2026-H2", False)]


def test_ended_it_stays_away_until_it_is_taken_back() -> None:
    series = staff()
    first = meetings(series)[0]
    with unit(acting()) as by:
        point = Recurring.objects.get(series=series)
        returning.end(by=by, point=point)
    assert waits(first) == []
    with unit(acting()) as by:
        returning.take_back(by=by, point=point)
    assert waits(first) == [("2026-H2", False)]


def test_words_without_a_date_are_refused() -> None:
    series = staff()
    with unit(acting()) as by, pytest.raises(Refused):
        returning.add(by=by, series=series, title=TITLE, cadence="af en toe")


def test_an_own_topic_cannot_be_carried_by_itself() -> None:
    row = meetings(staff())[0]
    with unit(acting(at=row.starts_at)) as by:
        holding.open_meeting(by=by, meeting=row)
        topic = Topic.objects.create(
            municipality_id=row.municipality_id, key_id=row.topics.get().key_id, meeting=row, title="Overig",
            by=by.person, at=by.at,
        )  # fmt: skip
        with pytest.raises(Refused):
            returning.carry(by=by, topic=topic, carried=True)


def test_the_plan_hears_what_was_discussed_and_that_the_weekly_meeting_was_held() -> None:
    plans_here.followed()
    staf = meetings(staff())[0]
    held(staf)
    weekly = tables.meeting()
    held(weekly)
    with unit(acting(at=staf.starts_at + timedelta(days=1))):
        told = {
            row.action.code: (row.key, [proof.text for proof in row.proofs.all()])
            for row in Occurrence.objects.filter(status=Status.DONE).select_related("action")
        }
    assert told["signalenoverleg"] == ("2026-W48", ["Signalenoverleg"])
    waiting = [(p.accepted, p.on) for p in proofs("staf-veiligheid")]
    assert waiting == [(False, staf.starts_at.date())], "two promises ask for an agenda, so a person says which"


def proofs(code: str) -> list[Proof]:
    """What was offered for an action."""
    with unit(acting()):
        return list(Proof.objects.filter(occurrence__action__code=code))


def test_a_point_that_names_its_action_counts_for_it_at_once() -> None:
    plans_here.followed()
    series = staff(kind=MeetingKind.DRIEHOEK)
    with unit(acting()) as by:
        returning.add(by=by, series=series, title="Interventies", cadence="halfjaarlijks", action="R4.18")
    held(meetings(series)[0])
    assert {(one.accepted, one.text) for one in proofs("R4.18")} == {
        (True, "Staf veiligheid: Interventies"),
        (False, f"Staf veiligheid: {TITLE}"),
    }
    with unit(acting()):
        assert plans_here.time("R4.18", "2026-H2").status == Status.DONE


def test_the_pages(client: Client) -> None:
    """Kept on the page of the series, seen on the agenda before it begins, carried with a button while it runs."""
    now = datetime.now(UTC) - timedelta(minutes=30)
    series = staff(now)
    client.force_login(user("meldpunt"))
    session = client.session
    session["municipality"] = str(here().id)
    session.save()
    page = reverse("meetings:series", args=[series.id])
    add = reverse("meetings:add-recurring", args=[series.id])
    wrong = client.post(add, {"title": "Interventies", "cadence": "soms", "action": "R4.18"})
    assert "zegt niet wanneer" in wrong.content.decode()
    client.post(add, {"title": "Interventies", "cadence": "elk kwartaal", "action": "R4.18"})
    shown = client.get(page).content.decode()
    assert "Interventies" in shown
    assert "R4.18" in shown
    with unit(acting(at=now)):
        row = Meeting.objects.filter(series=series).order_by("starts_at")[0]
        Meeting.objects.filter(id=row.id).update(starts_at=now)
        ended = Recurring.objects.get(title="Interventies")
    client.post(reverse("meetings:end-recurring", args=[ended.id]))
    meeting = reverse("meetings:meeting", args=[row.id])
    before = client.get(meeting).content.decode()
    assert "komt vanzelf op de agenda" in before
    assert "Interventies" not in before
    client.post(reverse("meetings:begin", args=[row.id]))
    with unit(acting()):
        topic = Topic.objects.get(meeting_id=row.id)
    carry = reverse("meetings:carry-topic", args=[topic.id])
    assert "doorgeschoven" in client.post(carry, {"carried": "1"}, follow=True).content.decode()
    assert "doorgeschoven" not in client.post(carry, {"carried": "0"}, follow=True).content.decode()
