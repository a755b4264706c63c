"""The work on a signal through its pages: what each role is asked, forms that refuse, and whole paths by POST."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.html import escape

from meldroute.domain.roles import CASE_ROLES
from meldroute.domain.route import TRANSITIONS, Decision
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, Role, State, Weighing
from meldroute.journal.acting import Acting
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route.actions import checking, deciding, tasks
from meldroute.route.models import Decision as Taken
from meldroute.route.models import HandOver, Observation, PrivacyCheck, Signal, Task, TaskKind
from meldroute.route.now import now_of
from meldroute.route.waiting import waiting_for
from meldroute.sharing.models import Release
from meldroute.sources.models import Query
from people_here import acting, user
from route import files

pytestmark = pytest.mark.django_db
SHARED = {decision for state, decision in TRANSITIONS if state is State.IN_SIGNALENOVERLEG}


def now() -> datetime:
    """A moment just past, because pages act at the moment itself."""
    return datetime.now(UTC) - timedelta(minutes=5)


def entered(client: Client, name: str) -> Client:
    """The browser of one of the standing people."""
    client.force_login(user(name))
    return client


def weighed(*codes: Weighing) -> Signal:
    """A registered signal with a fact, weighed."""
    with unit(acting(at=now())) as by:
        signal = files.new(by=by)
        files.fact(signal, by=by)
        files.weigh(signal, codes, by=by)
    return signal


def at_table() -> tuple[Signal, Observation, Observation]:
    """A signal in the signalenoverleg with a fact that may be shared and one that may not."""
    signal = weighed(*files.FIRST)
    with unit(acting(at=now())) as by:
        given = deciding.Given(reason="bespreken")
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=given)
        (place,) = Observation.objects.filter(signal=signal)
        special = files.fact(signal, by=by, text="Is ziek", category=Category.SPECIAL)
    return signal, place, special


def state_of(signal: Signal) -> str:
    """Its state in the database."""
    with unit(acting()):
        return Signal.objects.get(id=signal.id).state


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", sorted(CASE_ROLES, key=list(Role).index))
def test_every_state_asks_something_of_every_role_and_leads_to_a_page(state: State, role: Role) -> None:
    with unit(acting(at=now())) as by:
        signal = files.new(by=by)
        held = State.ENRICHING if state is State.ON_HOLD else ""
        Signal.objects.filter(id=signal.id).update(state=state, held_from=held)
        signal.refresh_from_db()
        card = now_of(signal, Acting(by.user_id, by.municipality_id, frozenset({role}), at=by.at))
        assert card.question
        links = [card.action, card.help, *card.others]
        assert all(resolve(link.url.split("?")[0]) for link in links if link)
        if role is Role.MELDPUNT:
            assert card.action or state is State.CLOSED
            assert len({link.url for link in card.others}) == len(card.others)
            assert any("gevaar" in link.url for link in card.others)


@pytest.mark.parametrize("state", [s for s in State if s is not State.ON_HOLD])
def test_the_meldpunt_can_follow_every_link_of_the_card(client: Client, state: State) -> None:
    signal = weighed()
    with unit(acting(at=now())) as by:
        Signal.objects.filter(id=signal.id).update(state=state)
        signal.refresh_from_db()
        card = now_of(signal, by)
    entered(client, "meldpunt")
    for link in [card.action, card.help, *card.others]:
        if link and not link.post:
            assert client.get(link.url, follow=True).status_code == 200, link


def test_a_weighing_is_answered_on_its_page_and_the_reason_is_required(client: Client) -> None:
    signal = weighed()
    page = reverse("route:weigh", args=[signal.id, "2a"])
    entered(client, "meldpunt")
    refused = client.post(page, {"taak": "yes", "taak_reason": ""})
    assert refused.status_code == 200
    assert refused.context["form"].errors
    assert client.post(page, {"taak": "yes", "taak_reason": "Wonen (Woningwet)"}).status_code == 302
    read = client.get(reverse("route:weighings", args=[signal.id])).content.decode()
    assert "Wonen (Woningwet)" in read


def test_indicators_are_kept_and_never_counted(client: Client) -> None:
    signal = weighed()
    entered(client, "meldpunt")
    told = {"vorm": ["labour"], "signalen": ["werk_lange_dagen"], "mensenhandel": "unclear"}
    page = reverse("route:weigh", args=[signal.id, "1"])
    assert client.post(page, told | {"mensenhandel_reason": "Kan, maar weinig bekend"}).status_code == 302
    with unit(acting()):
        row = signal.weighings.get()
        assert row.answers["signalen"]["choices"] == ["werk_lange_dagen"]
        assert "score" not in str(row.answers)
    read = client.get(reverse("route:weighings", args=[signal.id])).content.decode()
    assert "veel langer gewerkt" in read


def test_the_decision_page_shows_every_option_and_why_not(client: Client) -> None:
    signal, _, _ = at_table()
    read = entered(client, "meldpunt").get(reverse("route:decide", args=[signal.id])).content.decode()
    for state, decision in TRANSITIONS:
        assert (escape(decision.label) in read) is (state is State.IN_SIGNALENOVERLEG or decision in SHARED), decision
    assert read.count("kan nog niet") == 7
    assert "toets 2A" in read


def test_a_decision_that_is_not_possible_is_refused_with_its_reason_and_journalled(client: Client) -> None:
    signal, _, _ = at_table()
    entered(client, "meldpunt")
    page = reverse("route:decide", args=[signal.id])
    response = client.post(page, {"besluit": "not_confirmed", "version": 2, "reason": "niets gevonden"})
    assert response.status_code == 403
    assert "2A" in response.content.decode()
    assert state_of(signal) == State.IN_SIGNALENOVERLEG
    with unit(acting()):
        assert Entry.objects.filter(result="refused", actor=user("meldpunt").id).exists()


def test_a_decision_with_something_missing_comes_back_with_what_was_typed(client: Client) -> None:
    signal, _, _ = at_table()
    entered(client, "meldpunt")
    page = reverse("route:decide", args=[signal.id])
    told = {"besluit": "hold", "version": 2, "reason": "op verzoek van het OM", "requested_by": "zaaksofficier"}
    response = client.post(page, told | {"review_on": "2020-01-01"})
    assert response.status_code == 200
    assert "op verzoek van het OM" in response.content.decode()
    assert "review_on" in response.context["form"].errors
    later = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    assert client.post(page, told | {"review_on": later}).status_code == 302
    assert state_of(signal) == State.ON_HOLD


def test_a_stale_page_becomes_a_conflict_with_both_texts(client: Client) -> None:
    signal = weighed(*files.FIRST)
    entered(client, "meldpunt")
    page = reverse("route:decide", args=[signal.id])
    assert client.post(page, {"besluit": "not_taken_up", "version": 1, "reason": "eerste tekst"}).status_code == 302
    with unit(acting()) as by:
        Signal.objects.filter(id=signal.id).update(state=State.REGISTERED)
        assert by
    response = client.post(page, {"besluit": "not_taken_up", "version": 1, "reason": "tweede tekst"})
    assert response.status_code == 409
    assert "eerste tekst" in response.content.decode()
    assert "tweede tekst" in response.content.decode()


def test_something_else_says_that_a_professional_keeps_an_own_duty(client: Client) -> None:
    signal = weighed(*files.FIRST)
    with unit(acting(at=now())):
        (fact,) = Observation.objects.filter(signal=signal)
    to = {"recipient": Recipient.VEILIG_THUIS, "purpose": Purpose.PROTECT, "facts": (fact.id,)}
    files.checked(signal, Check.TWO_B, at=acting(at=now()), **to)
    entered(client, "meldpunt")
    page = reverse("route:decide", args=[signal.id])
    assert "meldcode" in client.get(page, {"besluit": "something_else"}).content.decode()
    told = {"besluit": "something_else", "version": 1, "reason": "kindermishandeling", "recipient": "veilig_thuis"}
    read = client.post(page, told, follow=True).content.decode()
    assert "eigen plicht" in read
    assert state_of(signal) == State.FEEDBACK_DUE


def test_the_last_decision_is_corrected_on_its_page(client: Client) -> None:
    signal = weighed(*files.FIRST)
    entered(client, "meldpunt")
    page = reverse("route:decide", args=[signal.id])
    client.post(page, {"besluit": "not_taken_up", "version": 1, "reason": "verkeerde knop"})
    with unit(acting()):
        old = Taken.objects.get(signal=signal)
    repair = reverse("route:correct", args=[signal.id, old.id])
    assert "blijft leesbaar" in client.get(repair).content.decode()
    assert client.post(repair, {"besluit": "take_up", "version": 2, "reason": "hersteld"}).status_code == 302
    assert state_of(signal) == State.ENRICHING


def test_a_check_is_asked_advised_and_decided_through_its_pages(client: Client) -> None:
    signal, place, special = at_table()
    entered(client, "meldpunt")
    page = reverse("route:check-ask", args=[signal.id, "2a"])
    shown = client.get(f"{page}?voor=signalenoverleg").content.decode()
    assert place.text in shown
    assert "kan nog niet" in shown
    told: dict[str, Any] = {"facts": [str(place.id), str(special.id)], "question": "Nodig", "purpose": "discuss"}
    assert client.post(f"{page}?voor=signalenoverleg", told).status_code == 302
    with unit(acting()):
        row = PrivacyCheck.objects.get(signal=signal)
    check = reverse("route:check", args=[row.id])
    for name, reason in (("privacy", "Past bij het doel"), ("proceseigenaar", "Eens met het advies")):
        entered(client, name)
        waiting = client.get(reverse("route:waiting")).content.decode()
        assert check in waiting
        assert signal.reference in client.get(check).content.decode()
        answer = {"positive": "yes", "facts": [str(place.id)], "reason": reason}
        done = client.post(check, answer, follow=True)
        assert done.redirect_chain[-1][0] == reverse("route:waiting")
        assert check not in client.get(reverse("route:waiting")).content.decode()
    assert client.get(check).status_code == 404
    with unit(acting()):
        assert [r.observation_id for r in Release.objects.filter(signal_id=signal.id)] == [place.id]


@pytest.mark.parametrize("name", ["handhaver", "bwt", "politie", "melder", "beheer", "burgemeester", "bloemendaal"])
def test_a_check_looks_absent_to_everybody_else(client: Client, name: str) -> None:
    signal, place, _ = at_table()
    asked = checking.Asked(
        check=Check.TWO_A,
        question="Nodig",
        facts=(place.id,),
        recipient=Recipient.SIGNALENOVERLEG,
        purpose=Purpose.DISCUSS,
    )
    with unit(acting(at=now())) as by:
        row = checking.ask(by=by, signal=signal, asked=asked)
    response = entered(client, name).get(reverse("route:check", args=[row.id]))
    assert response.status_code in (403, 404)
    assert signal.reference not in response.content.decode()


def test_a_source_goes_from_question_to_fact_through_its_pages(client: Client) -> None:
    signal = weighed(*files.FIRST, Weighing.THREE)
    with unit(acting(at=now())) as by:
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.TAKE_UP)
    entered(client, "meldpunt")
    ask = reverse("route:source-ask", args=[signal.id, "bag"])
    closed = client.get(ask)
    assert closed.status_code == 403
    assert "privacyadviseur" in closed.content.decode()
    files.checked(signal, Check.ONE, sources=("bag",), at=acting(at=now()))
    assert client.post(ask, {"reason": "Staat er een woning?"}).status_code == 302
    with unit(acting()):
        row = Query.objects.get(signal_id=signal.id)
    page = reverse("route:source", args=[signal.id, row.id])
    assert client.post(page, {"hit": "hit"}).status_code == 302
    assert "Waarom moet u de inhoud zien" in client.get(page).content.decode()
    assert client.post(page, {"reason": "soort pand"}).status_code == 302
    today = datetime.now(UTC).date().isoformat()
    content = {"text": "Winkel met bovenwoning", "category": "place", "observed_on": today}
    assert client.post(page, content).status_code == 302
    with unit(acting()):
        assert Observation.objects.get(query_id=row.id).text == "Winkel met bovenwoning"


def test_no_hit_says_little_and_offers_four_ways(client: Client) -> None:
    signal = weighed(*files.FIRST, Weighing.THREE)
    with unit(acting(at=now())) as by:
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.TAKE_UP)
    files.checked(signal, Check.ONE, sources=("bag",), at=acting(at=now()))
    entered(client, "meldpunt")
    client.post(reverse("route:source-ask", args=[signal.id, "bag"]), {"reason": "Staat er een woning?"})
    with unit(acting()):
        row = Query.objects.get(signal_id=signal.id)
    page = reverse("route:source", args=[signal.id, row.id])
    read = client.post(page, {"hit": "none"}, follow=True).content.decode()
    assert "Dat zegt weinig" in read
    for way in ("Waarneming vragen", "Andere bron", "Naar het signalenoverleg", "Stoppen"):
        assert way in read


def a_task() -> Task:
    """A task for the handhaver."""
    signal = weighed(*files.FIRST)
    with unit(acting(at=now())) as by:
        wanted = tasks.Wanted(
            kind=TaskKind.OBSERVE,
            question="Brandt er licht?",
            assignee=user("handhaver").id,
            due_on=files.in_days(by, 7),
            place="Voorbeeldstraat 1",
        )
        return tasks.give(by=by, signal=signal, wanted=wanted)


def test_the_assignee_answers_on_the_own_page_and_others_find_nothing(client: Client) -> None:
    task = a_task()
    page = reverse("route:task", args=[task.id])
    assert entered(client, "bwt").get(page).status_code == 404
    entered(client, "handhaver")
    read = client.get(page).content.decode()
    assert "Brandt er licht?" in read
    assert "Voorbeeldstraat 1" in read
    assert "HS-" not in read
    today = datetime.now(UTC).date().isoformat()
    told = {"version": 1, "text": "Ja, de hele nacht", "truth": "fact", "capacity": "supervisor", "observed_on": today}
    assert client.post(page, told).status_code == 302
    assert "Ja, de hele nacht" in client.get(page).content.decode()
    assert client.post(page, told).status_code == 409


def test_handing_over_shows_the_text_before_it_goes(client: Client) -> None:
    signal = weighed()
    with unit(acting()):
        (fact,) = Observation.objects.filter(signal=signal)
    entered(client, "meldpunt")
    page = reverse("route:hand-over", args=[signal.id, "team_mensenhandel"])
    told = {"facts": [str(fact.id)], "reason": "Mogelijk slachtoffer in gevaar", "how": "mail"}
    look = client.post(page, told | {"look": "1"}).content.decode()
    assert "Zo gaat het eruit" in look
    assert fact.text in look
    with unit(acting()):
        assert not HandOver.objects.exists()
    assert client.post(page, told | {"send": "1"}).status_code == 302
    with unit(acting()):
        assert HandOver.objects.get().how == "mail"


def test_danger_is_recorded_and_then_accounted_for(client: Client) -> None:
    signal = weighed()
    entered(client, "meldpunt")
    told = {"recipient": "police", "told": "Adres", "reason": "Geschreeuw"}
    assert client.post(reverse("route:danger", args=[signal.id]), told).status_code == 302
    with unit(acting()):
        row = HandOver.objects.get()
    page = reverse("route:danger-account", args=[row.id])
    assert page in client.get(reverse("route:waiting")).content.decode()
    assert client.post(page, {"reason": "Politie was er in vier minuten"}).status_code == 302
    assert page not in client.get(reverse("route:waiting")).content.decode()


def test_what_waits_takes_the_same_number_of_statements_for_one_or_many() -> None:
    def waiting(name: str, count: int) -> int:
        for _ in range(count):
            a_task()
            signal, place, _other = at_table()
            asked = checking.Asked(
                check=Check.TWO_A,
                question="Nodig",
                facts=(place.id,),
                recipient=Recipient.SIGNALENOVERLEG,
                purpose=Purpose.DISCUSS,
            )
            with unit(acting(at=now())) as by:
                checking.ask(by=by, signal=signal, asked=asked)
        with unit(acting(name, at=now())) as by, CaptureQueriesContext(connection) as counted:
            assert waiting_for(by)
        return len(counted)

    for name in ("privacy", "handhaver"):
        assert waiting(name, 1) == waiting(name, 4), name
