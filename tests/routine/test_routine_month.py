"""The routine of a month: what the program sees, what people say, undo, and a moving clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.policy import PolicyError
from meldroute.domain.routine import Sees, Span, parse_routine, uncovered
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Outcome, State
from meldroute.people.models import Membership
from meldroute.people.unit import system, unit
from meldroute.plan.ticking import remind_all
from meldroute.post.models import Outgoing
from meldroute.route.listing import per_step
from meldroute.route.models import Signal
from meldroute.route.share import answered_in_time
from meldroute.routine import seeing
from meldroute.routine.actions import months, practising
from meldroute.routine.models import Month, Standing
from meldroute.routine.policies import routine_here
from meldroute.routine.reminding import lines_of
from meldroute.sharing import policy_files
from meldroute.sharing.actions import adopt
from meldroute.sharing.models import PolicyKind
from people_here import MONDAY, acting, here, user
from plan.plans_here import followed
from routine.routine_here import all_called, begun, month_at, say, standings, step

SHIPPED: dict[str, Any] = policy_files.load("routine")
STEPS = ["mailbox", "stand_ins", "access", "call_card", "practice"]
FREE = frozenset({date(2026, 12, 25)})


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def found(code: str, at: datetime = MONDAY) -> seeing.Finding:
    row = step(code, at)
    with system(here().id, at) as by:
        return seeing.see(row, by, routine_here(by)[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "key", "begins", "due"),
    [
        (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 23, 0, tzinfo=UTC), "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 21, 59, tzinfo=UTC), "2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), "2026-04", date(2026, 4, 1), date(2026, 4, 30)),
        (datetime(2028, 2, 29, 22, 59, tzinfo=UTC), "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01", date(2027, 1, 1), date(2027, 1, 31)),
    ],
)
def test_a_month_is_that_of_amsterdam_in_summer_and_winter(moment: datetime, key: str, begins: date, due: date) -> None:
    month = begun(moment)
    assert (month.key, month.begins, month.due) == (key, begins, due)


@pytest.mark.django_db
def test_a_year_of_turns_gives_each_month_once_with_its_steps() -> None:
    at = datetime(2026, 1, 1, 11, tzinfo=UTC)
    while at.year == 2026:
        begun(at)
        begun(at)
        at += timedelta(days=7)
    with system(here().id, MONDAY):
        rows = list(Month.objects.order_by("key"))
        assert [row.key for row in rows] == [f"2026-{number:02}" for number in range(1, 13)]
        assert [[one.code for one in row.steps.all()] for row in rows] == [STEPS] * 12


@pytest.mark.django_db
def test_the_program_says_only_what_it_sees_and_only_once() -> None:
    begun()
    waits = dict.fromkeys(("mailbox", "stand_ins", "call_card", "practice"), "open")
    assert standings() == waits | {"access": "done"}
    all_called()
    begun()
    assert standings()["call_card"] == "done"
    row = step("call_card")
    assert row.by is None
    assert seeing.words(row.seen) == ["Alle nummers zijn deze maand nagekeken."]
    with unit(acting()) as by:
        months.undo(by=by, step=row, version=row.version)
    begun()
    assert standings()["call_card"] == "open"


@pytest.mark.django_db
def test_a_step_is_said_with_its_reason_undone_and_guarded_against_two_at_once() -> None:
    begun()
    with pytest.raises(Refused, match="Schrijf op waarom niet"):
        say("practice", Standing.NOT_DONE, "  ")
    say("practice", Standing.NOT_DONE, "geen tijd")
    old = step("practice")
    say("practice", Standing.DONE, name="proceseigenaar")
    with pytest.raises(Refused, match="Intussen is hier iets gezegd"), unit(acting()) as by:
        months.say(by=by, step=old, said=months.Said(Standing.DONE, old.version), seen={})
    now = step("practice")
    assert now.by == user("proceseigenaar").id
    with unit(acting()) as by:
        months.undo(by=by, step=now, version=now.version)
    assert (step("practice").standing, step("practice").reason) == ("not_done", "geen tijd")


@pytest.mark.django_db
def test_a_month_that_is_over_stays_as_it_was() -> None:
    begun()
    row = step("practice")
    after = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    for act in (
        lambda by: months.say(by=by, step=row, said=months.Said(Standing.DONE, 0), seen={}),
        lambda by: months.undo(by=by, step=row, version=0),
    ):
        with pytest.raises(Refused, match="Deze maand is voorbij"), unit(acting(at=after)) as by:
            act(by)
    all_called(after)
    begun(after)
    assert standings()["call_card"] == "open"
    assert standings(after)["call_card"] == "done"


RUNS = [
    ("a stand-in all along", [Span(date(2026, 11, 1), date(2027, 1, 4))], []),
    ("nobody", [], [("2026-12-21", "2027-01-04")]),
    ("one alone", [Span(date(2026, 1, 1), None, stands_in=False)], [("2026-12-21", "2027-01-04")]),
    ("two together", [Span(date(2026, 1, 1), None, stands_in=False)] * 2, []),
    ("until Christmas Eve", [Span(date(2026, 11, 1), date(2026, 12, 24))], [("2026-12-28", "2027-01-04")]),
    (
        "a hole of a day",
        [Span(date(2026, 11, 1), date(2026, 12, 22)), Span(date(2026, 12, 24), None)],
        [("2026-12-23", "2026-12-23")],
    ),
    ("only weekends lack", [Span(date(2026, 12, 21), date(2026, 12, 24)), Span(date(2026, 12, 28), None)], []),
]


@pytest.mark.parametrize(("spans", "runs"), [case[1:] for case in RUNS], ids=[case[0] for case in RUNS])
def test_working_days_without_a_stand_in(spans: list[Span], runs: list[tuple[str, str]]) -> None:
    told = uncovered(spans, date(2026, 12, 21), 15, FREE)
    assert [(first.isoformat(), last.isoformat()) for first, last in told] == runs


@pytest.mark.django_db
def test_who_stands_in_until_when_and_which_role_has_nobody() -> None:
    begun()
    row = step("stand_ins")
    with system(here().id, MONDAY) as by:
        people = seeing.stand_ins(row, by, routine_here(by)[0])
    assert [(one.role.value, one.who, one.instead_of) for one in people] == [
        ("meldpunt", user("waarnemer").name, user("meldpunt").name)
    ]
    assert set(found("stand_ins").told["gaps"]) == {"privacy_officer", "process_owner"}
    Membership.objects.filter(stands_in_for__isnull=False).update(ends=date(2026, 11, 26))
    lines = seeing.words(found("stand_ins").kept)
    assert "Niemand neemt waar voor de rol meldpunt: 27 november tot en met 23 december." in lines


@pytest.mark.django_db
def test_a_practice_signal_is_marked_counted_nowhere_and_done_at_the_feedback(settings: Any) -> None:
    settings.MELDROUTE_PRACTICE = False
    begun()
    with unit(acting()) as by:
        signal = practising.start(by=by)
        assert signal.reference.startswith("OEF-2026-")
        assert signal.practice
        assert sum(number for _step, number, _late in per_step(by)) == 0
        assert answered_in_time(by.place, by.today + timedelta(days=300)).owed == 0
        assert not Outgoing.objects.exists()
    with pytest.raises(Refused, match="al begonnen"), unit(acting()) as by:
        practising.start(by=by)
    with pytest.raises(Refused), unit(acting("proceseigenaar")) as by:
        practising.start(by=by)
    client = client_of("meldpunt")
    session = client.session
    session["factor"] = True
    session.save()
    page = client.get(reverse("route:file", args=[signal.id])).content.decode()
    assert ">oefening</span>" in page
    queue = client.get(reverse("route:queue")).content.decode()
    assert signal.reference in queue
    assert "oefening · " in queue
    assert found("practice").code == "practice.under_way"
    for state, code in ((State.FEEDBACK_DUE, "practice.back"), (State.CLOSED, "practice.closed")):
        with system(here().id, MONDAY):
            Signal.objects.filter(id=signal.id).update(state=state, outcome=Outcome.NO_SIGNAL)
        assert (found("practice").code, found("practice").settled) == (code, True)
    begun()
    assert standings()["practice"] == "done"


@pytest.mark.django_db
def test_each_month_has_another_case_to_practise_with() -> None:
    policy = parse_routine(SHIPPED)
    year = [policy.case_of(date(2026, number, 1)).id for number in range(1, 13)]
    assert all(one != other for one, other in pairwise(year))


@pytest.mark.django_db
def test_the_digest_of_the_plan_says_it_once_in_the_last_week_and_stops_when_done() -> None:
    followed()
    begun()
    place = here().id

    def told(day: int) -> list[str]:
        with system(place, MONDAY):
            before = set(Outgoing.objects.values_list("id", flat=True))
        remind_all(place, datetime(2026, 11, day, 9, tzinfo=UTC), (lines_of,))
        with system(place, MONDAY):
            fresh = Outgoing.objects.exclude(id__in=before)
            return sorted(mail.to.partition("@")[0] for mail in fresh if "Maandelijkse routine" in mail.body)

    assert told(20) == []
    assert told(23) == ["meldpunt", "proceseigenaar", "waarnemer"]
    assert told(24) == []
    with system(place, MONDAY) as by:
        assert len(list(lines_of(by))) == 3
    for code in STEPS:
        say(code, Standing.DONE)
    with system(place, MONDAY) as by:
        assert list(lines_of(by)) == []


@pytest.mark.django_db
def test_vandaag_says_how_many_steps_wait_until_all_are_said() -> None:
    words = "stappen van de tien minuten van deze maand staan open"
    now = datetime.now(UTC)
    begun(now)
    assert words in client_of("proceseigenaar").get(reverse("today")).content.decode()
    assert words not in client_of("handhaver").get(reverse("today")).content.decode()
    for code in STEPS:
        say(code, Standing.DONE, at=now)
    assert words not in client_of("proceseigenaar").get(reverse("today")).content.decode()
    assert "Klaar: over elke stap is iets gezegd" in client_of("meldpunt").get("/routine/").content.decode()


@pytest.mark.django_db
def test_on_its_pages_a_step_is_said_undone_and_the_buttons_work() -> None:
    client, now = client_of("meldpunt"), datetime.now(UTC)
    page = client.get(reverse("routine:now")).content.decode()
    assert "Stuur een testmail" in page
    assert "onderweg" in client.post(reverse("routine:mail"), follow=True).content.decode()
    assert "al een testmail onderweg" in client.post(reverse("routine:mail"), follow=True).content.decode()
    row = step("access", now)
    address = reverse("routine:step", args=[row.id])
    wrong = client.post(address, {"standing": "not_done", "reason": "", "version": 0}).content.decode()
    assert "Schrijf op waarom niet" in wrong
    client.post(address, {"standing": "not_done", "reason": "beheerder is ziek", "version": 0})
    assert "beheerder is ziek" in client.get(reverse("routine:now")).content.decode()
    client.post(reverse("routine:undo", args=[row.id]), {"version": 1})
    assert standings(now)["access"] == "open"
    there = client.post(reverse("routine:practise"), follow=True)
    assert there.redirect_chain[-1][0].startswith("/signalen/")
    assert client_of("proceseigenaar").post(reverse("routine:practise")).status_code == 403


@pytest.mark.django_db
def test_earlier_months_can_be_read_and_have_no_buttons() -> None:
    begun(MONDAY - timedelta(days=40))
    month = month_at(MONDAY - timedelta(days=40))
    client = client_of("proceseigenaar")
    assert "oktober 2026" in client.get(reverse("routine:now")).content.decode()
    page = client.get(reverse("routine:month", args=[month.id])).content.decode()
    assert "Routine van oktober 2026" in page
    assert "4 stappen bleven open" in page
    assert "Stuur een testmail" not in page


@pytest.mark.django_db
def test_a_municipality_adds_a_step_of_its_own_from_the_next_month_on() -> None:
    begun()
    own = {"id": "keys", "name": "Sleutelbos", "why": "Ligt hij er nog?", "sees": "nothing"}
    body = SHIPPED | {"step": [*SHIPPED["step"], own | {"source": "eigen", "status": "proposal"}]}
    with unit(acting("proceseigenaar")) as by:
        adopt(by=by, kind=PolicyKind.ROUTINE, body=body)
    begun()
    assert "keys" not in standings()
    later = MONDAY + timedelta(days=10)
    begun(later)
    assert standings(later)["keys"] == "open"
    assert found("keys", later) == seeing.Finding()


BROKEN: list[tuple[str, int, dict[str, Any], str]] = [
    ("step", 0, {"sees": "alles"}, "regel mailbox, veld sees"),
    ("step", 0, {"roles": ["meldpunt"]}, "regel mailbox, veld roles"),
    ("step", 1, {"roles": []}, "regel stand_ins, veld roles"),
    ("term", 0, {"minutes": 0}, "regel arrives, veld minutes"),
    ("term", 1, {"duty": "arrives"}, "komt twee keer voor"),
    ("term", 3, {"duty": "anders"}, "veld duty"),
    ("case", 0, {"form": "geen"}, "regel kitchen, veld form"),
    ("case", 0, {"source": ""}, "veld source"),
]


@pytest.mark.parametrize(("table", "number", "change", "told"), BROKEN)
def test_a_wrong_policy_names_row_and_field(table: str, number: int, change: dict[str, Any], told: str) -> None:
    rows = [dict(row) for row in SHIPPED[table]]
    rows[number] |= change
    with pytest.raises(PolicyError, match=told):
        parse_routine(SHIPPED | {table: rows})


def test_what_is_shipped_sees_everything_it_can_and_is_a_proposal() -> None:
    policy = parse_routine(SHIPPED)
    assert [one.sees for one in policy.steps] == [one for one in Sees if one is not Sees.NOTHING]
    assert {one.standing.status.value for one in policy.steps} == {"proposal"}
