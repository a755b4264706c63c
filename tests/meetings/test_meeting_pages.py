"""The pages of meetings: who sees which, a whole meeting by POST, what the projector shows, and statement counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.html import escape

from meetings import tables
from meldroute.domain.route import Decision, FollowUp, Given
from meldroute.domain.vocabulary import MeetingKind, Role, State
from meldroute.journal.models import Entry
from meldroute.meetings import urls
from meldroute.meetings.actions import attending, holding, settling
from meldroute.meetings.models import (
    Attendance,
    Invitation,
    Item,
    Leave,
    Meeting,
    MeetingState,
    Series,
    SeriesMember,
    Sheet,
    Topic,
)
from meldroute.meetings.upcoming import upcoming
from meldroute.people.unit import unit
from meldroute.route.models import Access, Signal, Task, WeighingAnswer
from meldroute.sharing.models import Release
from people_here import acting, here, user

pytestmark = pytest.mark.django_db
TABLES = (Attendance, Invitation, Item, Leave, Meeting, Series, SeriesMember, Sheet, Topic, Access, Release)
REASON = "Veel inschrijvingen en een vast ophaalpatroon"


def now() -> datetime:
    """A moment just past, because pages act at the moment itself."""
    return datetime.now(UTC) - timedelta(minutes=30)


def entered(client: Client, name: str) -> Client:
    """The browser of one of the standing people."""
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here("BD" if name == "bloemendaal" else "HS").id)
    session.save()
    return client


def table(kind: MeetingKind = MeetingKind.SIGNALENOVERLEG) -> tuple[Meeting, Signal]:
    """A meeting of today with one signal of which a fact may be shared."""
    signal = tables.ripe(now())
    row = tables.meeting(kind, at=now())
    with unit(acting()):
        Meeting.objects.filter(id=row.id).update(starts_at=now())
    return row, signal


def begun() -> tuple[Meeting, Signal, Item]:
    """The same, begun, released, and with somebody of BWT there."""
    row, signal = table()
    moment = now() + timedelta(minutes=10)
    with unit(acting(at=moment)) as by:
        holding.open_meeting(by=by, meeting=tables.fresh(row))
        item = tables.item_of(row, signal)
        settling.release_for(by=by, item=item)
        attending.present(by=by, meeting=tables.fresh(row), user_id=user("bwt").id, there=True)
    return row, signal, item


def counts() -> dict[str, int]:
    """Rows per table, as the meldpunt sees them."""
    with unit(acting(at=now() + timedelta(minutes=29))):
        return {model.__name__: model.objects.count() for model in TABLES}


def addresses(row: Meeting, item: Item | None) -> dict[str, str]:
    """Every page that is asked for with GET."""
    member = SeriesMember.objects.filter(series=row.series).first()
    assert member is not None
    pages = {
        name: reverse(f"meetings:{name}", args=[row.id])
        for name in ("meeting", "calendar", "screen", "guest", "move", "not-needed", "sheet")
    }
    pages |= {name: reverse(f"meetings:{name}") for name in ("list", "all-series", "make-series")}
    pages |= {
        name: reverse(f"meetings:{name}", args=[row.series_id]) for name in ("series", "series-calendar", "end-series")
    }
    if item is not None:
        pages |= {name: reverse(f"meetings:{name}", args=[item.id]) for name in ("item", "item-screen")}
        pages["question"] = reverse("meetings:question", args=[item.id, "concrete"])
    return pages


HOLD = {"guest", "move", "not-needed", "sheet", "question", "refresh", "begin", "attend", "close", "add-topic"}
HOLD |= {"note-topic", "paper", "release", "carry", "note", "restrict", "stay", "leave", "carry-topic"}
KEEP = {"all-series", "make-series", "series", "end-series", "end-member"}
KEEP |= {"add-recurring", "end-recurring", "take-back-recurring"}
LOOK = {"list", "meeting", "calendar", "series-calendar", "screen", "item", "item-screen"}


def test_every_address_has_the_right_roles() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == HOLD | KEEP | LOOK
    for pattern in urls.urlpatterns:
        lets_in = pattern.callback.__dict__["lets_in"]
        if pattern.name in HOLD:
            assert lets_in == {Role.MELDPUNT}
        elif pattern.name in KEEP:
            assert lets_in == {Role.MELDPUNT, Role.ADMINISTRATOR}
        else:
            assert Role.ADMINISTRATOR not in lets_in
            assert Role.REPORTER not in lets_in


SEEN = {
    "meldpunt": HOLD | KEEP | LOOK,
    "waarnemer": HOLD | KEEP | LOOK,
    "bwt": LOOK,
    "sociaaldomein": LOOK - {"item", "item-screen"},  # invited, not there
    "politie": {"list"},  # another table
    "beheer": KEEP,
    "melder": set(),
    "fg": set(),
    "privacy": set(),
}


@pytest.mark.parametrize("name", SEEN)
def test_each_role_sees_its_pages_and_no_other(client: Client, name: str) -> None:
    row, _, item = begun()
    with unit(acting(at=now())):
        pages = addresses(row, item)
    entered(client, name)
    for page, address in pages.items():
        status = client.get(address).status_code
        assert (status == 200) == (page in SEEN[name]), (page, status)
        assert status in (200, 403, 404)


def test_looking_changes_nothing_and_is_told_to_the_journal(client: Client) -> None:
    row, signal = table()
    with unit(acting()):
        pages = addresses(row, None)
    entered(client, "meldpunt")
    before = counts()
    for address in pages.values():
        assert client.get(address).status_code == 200
    page = client.get(pages["meeting"]).content.decode()
    assert signal.reference in page  # what would be there
    assert counts() == before
    with unit(acting()):
        assert Entry.objects.filter(act="look", on="meetings.Meeting", ids__contains=[row.id]).exists()


def post(client: Client, name: str, *args: object, **told: Any) -> Any:
    """Press a button."""
    return client.post(reverse(f"meetings:{name}", args=list(args)), told)


def test_a_whole_meeting_by_its_buttons(client: Client) -> None:
    row, signal = table()
    second = tables.ripe(now() + timedelta(minutes=6))
    entered(client, "meldpunt")
    assert post(client, "refresh", row.id).status_code == 302
    with unit(acting()):
        item = tables.item_of(row, signal)
    assert "Begin eerst het overleg" in client.get(reverse("meetings:item", args=[item.id])).content.decode()
    post(client, "begin", row.id)
    there = [str(user(name).id) for name in ("meldpunt", "bwt", "handhaver")]
    answer = post(client, "attend", row.id, present=there, next="1")
    assert resolve(answer.url).view_name == "meetings:item"
    page = client.get(reverse("meetings:item", args=[item.id])).content.decode()
    assert "Nog niets vrijgegeven" in page
    post(client, "release", item.id)
    page = client.get(reverse("meetings:item", args=[item.id])).content.decode()
    assert tables.RELEASED in page
    assert tables.KEPT not in page
    assert "kan nog niet: concreet genoeg voor een controle" in page
    assert "kan nog niet: sterk genoeg voor het LOO" in page
    wrong = post(client, "question", item.id, "strong_enough", strong_enough="yes", strong_enough_reason="")
    assert wrong.status_code == 200
    told = {"strong_enough": "yes", "strong_enough_reason": "twee bronnen"}
    assert post(client, "question", item.id, "strong_enough", **told).status_code == 302
    assert post(client, "question", item.id, "again", again="yes").status_code == 404
    post(client, "note", item.id, note="Kort besproken")
    with unit(acting()):
        assert WeighingAnswer.objects.filter(signal=signal, weighing="strong_enough").count() == 1
        version = Signal.objects.get(id=signal.id).version
    sent: dict[str, Any] = {"version": version, "outcome": "more_information", "reason": "", "task": "Kijk overdag"}
    page = post(client, "item", item.id, **sent).content.decode()
    assert escape("Vul dit in: wie doet wat, en uiterlijk wanneer.") in page
    sent |= {"reason": REASON, "owner": str(user("handhaver").id), "on": (now() + timedelta(days=9)).date()}
    assert post(client, "item", item.id, **(sent | {"version": version - 1})).status_code == 409
    refused = post(client, "item", item.id, **(sent | {"outcome": "inspection"}))
    assert refused.status_code == 200
    answer = post(client, "item", item.id, **sent)
    with unit(acting()):
        other = tables.item_of(row, second)
        assert answer.url == reverse("meetings:item", args=[other.id])
        assert Task.objects.get(meeting_id=row.id).question == "Kijk overdag"
        assert Signal.objects.get(id=signal.id).state == State.ENRICHING
    post(client, "close", row.id)
    with unit(acting()):
        assert tables.fresh(row).state == MeetingState.OPEN
    post(client, "close", row.id, rest="1")
    with unit(acting(at=datetime.now(UTC))):
        assert tables.fresh(row).state == MeetingState.CLOSED
        assert not Access.objects.filter(meeting_id=row.id, ended_at__isnull=True).exists()
    page = client.get(reverse("meetings:meeting", args=[row.id])).content.decode()
    assert "Kijk overdag" in page
    for kind in ("minutes", "decisions"):
        answer = post(client, "paper", row.id, kind)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    assert post(client, "paper", row.id, "information").status_code == 404
    after = tables.meeting(at=now() + timedelta(days=2))
    page = client.get(reverse("meetings:meeting", args=[after.id])).content.decode()
    assert "Kijk overdag" in page  # carried-over actions on top
    assert "doorgeschoven" in page


def test_a_member_sees_what_is_released_without_outcome_or_traces_of_more(client: Client) -> None:
    row, signal, item = begun()
    hidden = tables.ripe(now() + timedelta(minutes=11))
    with unit(acting(at=now() + timedelta(minutes=20))) as by:
        holding.refresh(by=by, meeting=tables.fresh(row))
        settling.release_for(by=by, item=tables.item_of(row, hidden))
        attending.restrict(by=by, item=tables.item_of(row, hidden), restricted=True)
    entered(client, "bwt")
    page = client.get(reverse("meetings:meeting", args=[row.id])).content.decode()
    detail = client.get(reverse("meetings:item", args=[item.id])).content.decode()
    assert signal.reference in page
    assert tables.RELEASED in detail
    for text in (page, detail):
        assert hidden.reference not in text
        assert "kleine kring" not in text
        assert tables.KEPT not in text
    assert "Punt 1 van 1" in detail
    assert 'name="outcome"' not in detail
    assert 'name="note"' not in detail
    assert client.post(reverse("meetings:item", args=[item.id]), {"outcome": "not_confirmed"}).status_code == 200
    with unit(acting()):
        assert Item.objects.get(id=item.id).decision_id is None
    client.logout()
    entered(client, "meldpunt")
    page = client.get(reverse("meetings:meeting", args=[row.id])).content.decode()
    assert hidden.reference in page
    assert "Alleen op dit scherm" in page


def test_a_member_sees_nothing_before_and_after(client: Client) -> None:
    row, signal, item = begun()
    with unit(acting(at=now() + timedelta(minutes=20))) as by:
        settling.carry_rest(by=by, meeting=row)
        holding.close(by=by, meeting=tables.fresh(row))
    entered(client, "bwt")
    assert client.get(reverse("meetings:item", args=[item.id])).status_code == 404
    assert signal.reference not in client.get(reverse("meetings:meeting", args=[row.id])).content.decode()


def test_a_restricted_item_by_its_buttons(client: Client) -> None:
    row, _, item = begun()
    entered(client, "meldpunt")
    post(client, "restrict", item.id, restricted="1")
    assert "Wie blijft bij dit punt?" in client.get(reverse("meetings:item", args=[item.id])).content.decode()
    post(client, "stay", item.id, stays=[])
    with unit(acting(at=datetime.now(UTC))):
        assert set(Leave.objects.values_list("user_id", flat=True)) == {user("bwt").id}
    post(client, "restrict", item.id, restricted="0")
    assert post(client, "leave", item.id, user=str(user("politie").id)).status_code == 404
    with unit(acting(at=datetime.now(UTC))):
        assert not tables.item_of(row, item.signal).restricted


def test_the_projector_shows_numbers_and_initials_only(client: Client) -> None:
    row, signal, item = begun()
    with unit(acting(at=now() + timedelta(minutes=20))) as by:
        settling.note(by=by, item=item, text="Geheime notitie")
    entered(client, "meldpunt")
    for name, one in (("screen", row.id), ("item-screen", item.id)):
        page = client.get(reverse(f"meetings:{name}", args=[one])).content.decode()
        assert signal.reference in page
        for hidden in (tables.RELEASED, tables.KEPT, "Sanne", "Mulder", "Mila", "Vries", "Geheime notitie"):
            assert hidden not in page
    assert "S.M." in client.get(reverse("meetings:screen", args=[row.id])).content.decode()


def test_no_points_by_its_button(client: Client) -> None:
    row = tables.meeting(at=now())
    entered(client, "meldpunt")
    assert "Geen punten: overleg vervalt" in client.get(reverse("meetings:meeting", args=[row.id])).content.decode()
    post(client, "not-needed", row.id, because="")
    with unit(acting(at=now())):
        assert tables.fresh(row).state == MeetingState.NOT_NEEDED
    assert "Niet nodig" in client.get(reverse("meetings:meeting", args=[row.id])).content.decode()


def test_moving_guests_and_topics_by_their_forms(client: Client) -> None:
    row = tables.meeting(at=now())
    entered(client, "meldpunt")
    past = post(client, "move", row.id, day="2020-01-01", at="10:00")
    assert past.status_code == 200
    day = (row.starts_at + timedelta(days=2)).date()
    assert post(client, "move", row.id, day=day, at="11:30").status_code == 302
    told = {"user": str(user("proceseigenaar").id), "ground": "Mandaat"}
    assert post(client, "guest", row.id, **told).status_code == 302
    assert post(client, "guest", row.id, user=str(user("politie").id), ground="x").status_code == 200
    post(client, "add-topic", row.id, title="Jaarplanning")
    post(client, "begin", row.id)
    with unit(acting(at=datetime.now(UTC))):
        topic = Topic.objects.get(meeting=row)
        assert topic.title == "Jaarplanning"
        assert user("proceseigenaar").id in tables.invited(row)
    post(client, "note-topic", topic.id, note="Volgende keer")
    assert "Volgende keer" in client.get(reverse("meetings:meeting", args=[row.id])).content.decode()


def test_the_administrator_keeps_series_without_seeing_a_case(client: Client) -> None:
    row, signal, _ = begun()
    entered(client, "beheer")
    sent = {"kind": "driehoek", "name": "Driehoek", "weekday": "2", "at": "09:30", "minutes": "45"}
    sent |= {"every_weeks": "13", "starts_on": str(now().date()), "place": "Raadhuis", "chair_id": ""}
    answer = client.post(reverse("meetings:make-series"), sent)
    made = resolve(answer.url).kwargs["series_id"]
    told = {"user": str(user("burgemeester").id), "organisation": "", "ground": "Burgemeester"}
    assert client.post(answer.url, told).status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Burgemeester Van Oefen" in page
    with unit(acting("beheer", at=datetime.now(UTC))):
        member = SeriesMember.objects.get(series_id=made)
    post(client, "end-member", member.id)
    post(client, "end-series", made)
    page = client.get(reverse("meetings:series", args=[row.series_id])).content.decode()
    assert signal.reference not in page
    with unit(acting("beheer", at=datetime.now(UTC))):
        assert Series.objects.get(id=made).ends_on is not None


def test_another_municipality_sees_no_meeting(client: Client) -> None:
    row, _, item = begun()
    entered(client, "bloemendaal")
    for name, one in (("meeting", row.id), ("item", item.id), ("series", row.series_id), ("calendar", row.id)):
        assert client.get(reverse(f"meetings:{name}", args=[one])).status_code == 404


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    return len(told)


def test_pages_ask_the_same_number_of_statements_however_long_the_agenda_is(client: Client) -> None:
    row, _, item = begun()
    entered(client, "meldpunt")
    pages = [reverse("meetings:list"), reverse("meetings:meeting", args=[row.id])]
    pages.append(reverse("meetings:item", args=[item.id]))
    for address in pages:
        client.get(address)
    before = [statements(client, address) for address in pages]
    for number in range(6):
        tables.ripe(now() + timedelta(minutes=11, seconds=number * 10))
    with unit(acting(at=now() + timedelta(minutes=20))) as by:
        holding.refresh(by=by, meeting=tables.fresh(row))
    assert [statements(client, address) for address in pages] == before
    assert max(before) < 60


@pytest.mark.parametrize(
    ("name", "kinds", "items"),
    [
        ("meldpunt", ["signalenoverleg", "loo"], [1, 0]),
        ("bwt", ["signalenoverleg"], [None]),
        ("politie", ["loo"], [None]),
        ("melder", [], []),
    ],
)
def test_upcoming_for_the_start_page(name: str, kinds: list[str], items: list[int | None]) -> None:
    tables.ripe(now())
    tables.meeting(at=now())
    with unit(acting(name, at=now() + timedelta(minutes=1))) as by:
        found = upcoming(by)
        assert sorted(one.meeting.kind for one in found) == sorted(kinds)
        assert [one.items for one in sorted(found, key=lambda one: one.meeting.kind, reverse=True)] == items
        with CaptureQueriesContext(connection) as told:
            upcoming(by)
        assert len(told) == (4 if kinds else 0)


def test_upcoming_counts_what_a_member_may_see_and_what_is_still_to_do() -> None:
    row, signal, item = begun()
    moment = now() + timedelta(minutes=15)
    with unit(acting("bwt", at=moment)) as by:
        assert [one.items for one in upcoming(by) if one.meeting.id == row.id] == [1]
    with unit(acting(at=moment)) as by:
        given = Given(reason=REASON, follow_up=FollowUp("Kijk overdag", str(user("handhaver").id), by.today))
        version = Signal.objects.get(id=signal.id).version
        settling.settle(by=by, item=item, version=version, decision=Decision.MORE_INFORMATION, given=given)
        holding.close(by=by, meeting=tables.fresh(row))
        found = {one.meeting.kind: one for one in upcoming(by)}
        assert found[MeetingKind.SIGNALENOVERLEG].actions == 1
        assert found[MeetingKind.LOO].actions == 0
