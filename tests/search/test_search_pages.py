"""The pages of the search: what they show, what no address or journal holds, and who may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from meldroute.domain.searching import PersonPurpose
from meldroute.domain.vocabulary import Outcome, State
from meldroute.journal.models import Entry
from meldroute.people.sessions import Session
from meldroute.people.unit import system, unit
from meldroute.route.actions.opening import sealing
from meldroute.route.models import Signal
from meldroute.search.asking import forget_asked
from meldroute.search.models import Question
from people_here import MONDAY, acting, here, user
from signals_here import CANARY, noted, opened, person

WORD, SECRET = "regenpijp", "geheimtaal"
ASK, PERSON = "route:search", "route:search-person"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """The clock of the standing people."""
    with time_machine.travel(MONDAY, tick=True):
        yield


def a_file(text: str = f"Een {WORD}", code: str = "HS", who: str = "meldpunt") -> Signal:
    with unit(acting(who, code=code)) as by:
        signal = opened(by)
        noted(by, signal, text=text)
        person(by, signal)
    return signal


def entered(client: Client, name: str = "meldpunt") -> Client:
    client.force_login(user(name))
    return client


def ask(client: Client, text: str, **purpose: str) -> str:
    """Post a question; the address of its results."""
    response = client.post(reverse(PERSON if purpose else ASK), {"text": text, **purpose})
    assert response.status_code == 302, response.content.decode()[-3000:]
    return str(response["Location"])


def searches() -> list[Entry]:
    with unit(acting()):
        return list(Entry.objects.filter(act="search").order_by("seq"))


@pytest.mark.django_db
def test_a_search_shows_the_number_and_where_it_stands_and_none_of_the_text(client: Client) -> None:
    signal = a_file(f"{SECRET} bij de {WORD}")
    page = entered(client).get(ask(client, WORD)).content.decode()
    assert signal.reference in page
    assert "waarneming" in page
    assert SECRET not in page
    assert CANARY not in page


@pytest.mark.django_db
def test_one_entry_holds_the_ids_shown_and_nothing_of_the_words(client: Client) -> None:
    signal = a_file()
    address = ask(entered(client), WORD)
    assert searches() == []
    client.get(address)
    client.get(ask(client, CANARY, purpose=PersonPurpose.REPEAT))
    words, who = searches()
    assert (words.ids, words.fields, words.on) == ([signal.id], [], "route.search")
    assert (who.ids, who.fields) == ([signal.id], ["repeat"])


@pytest.mark.django_db
def test_the_words_stand_in_no_address_journal_session_or_table(client: Client) -> None:
    a_file()
    addresses = [ask(entered(client), SECRET), ask(client, SECRET, purpose=PersonPurpose.DANGER)]
    for address in addresses:
        client.get(address + "?order=most")
        assert SECRET not in address
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert SECRET not in json.dumps(sessions)
    with unit(acting()), connection.cursor() as cursor:
        for table in ("journal_entry", "search_question", "search_token", "route_event"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            told = [row for (row,) in cursor.fetchall()]
            assert all(SECRET not in row and SECRET.encode().hex() not in row for row in told)
        assert Question.objects.count() == 2


@pytest.mark.django_db
def test_a_person_is_not_searched_without_a_purpose(client: Client) -> None:
    a_file()
    response = entered(client).post(reverse(PERSON), {"text": CANARY})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Kies eerst waarvoor u zoekt." in page
    assert CANARY in page, "what was typed is not lost"
    assert "0 signalen" in client.get(ask(client, CANARY)).content.decode(), "a search for words finds no name"


@pytest.mark.django_db
def test_a_question_is_its_askers_own_and_ends_with_the_day(client: Client) -> None:
    a_file()
    address = ask(entered(client), WORD)
    with unit(acting("privacy")):
        assert Question.objects.count() == 0
    assert entered(client, "privacy").get(address).status_code == 404
    assert client.get(reverse("route:found", args=[uuid4()])).status_code == 404
    with time_machine.travel(MONDAY + timedelta(hours=10)):
        assert entered(client).get(address).status_code == 404
    with system(here().id, MONDAY + timedelta(hours=10)):
        assert forget_asked(here().id, MONDAY + timedelta(hours=10)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["melder", "politie", "beheer"])
def test_who_reads_no_files_has_no_search(client: Client, who: str) -> None:
    a_file()
    entered(client, who)
    assert 'role="search"' not in client.get("/").content.decode()
    for name in (ASK, PERSON):
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name), {"text": WORD, "purpose": "repeat"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["bloemendaal", "fg", "privacy", "handhaver", "integriteit"])
def test_no_foreign_signal_crosses_into_results_counts_or_suggestions(client: Client, who: str) -> None:
    signal = a_file()
    entered(client, who)
    for text in (WORD, "regenpip", signal.reference, "horeca"):
        page = client.get(ask(client, text)).content.decode()
        assert f"0 signalen voor “{text}”" in page
        assert "bedoelde u" not in page
        assert str(signal.id) not in page
    assert signal.reference not in client.get(ask(client, "Testpersoon", purpose="check")).content.decode()


@pytest.mark.django_db
def test_the_count_is_of_what_one_may_open(client: Client) -> None:
    a_file()
    with unit(acting()) as by:
        sealed = opened(by)
        noted(by, sealed, text=f"Een {WORD}")
        with sealing(sealed, by=by):
            pass
    a_file(code="BD", who="bloemendaal")
    assert "1 signaal voor" in entered(client).get(ask(client, WORD)).content.decode()


@pytest.mark.django_db
def test_nothing_found_says_what_was_perhaps_meant(client: Client) -> None:
    a_file("Een regenpijp en een matras")
    page = entered(client).get(ask(client, "Regenpip matras")).content.decode()
    assert "Niets gevonden" in page
    assert 'value="regenpijp matras"' in page
    assert "“matras”" not in page, "that word is there"
    a_file("Een keuken")
    assert "niet samen in één dossier" in client.get(ask(client, f"{WORD} keuken")).content.decode()
    assert "kan niet op worden gezocht" in client.get(ask(client, "de het")).content.decode()


@pytest.mark.django_db
def test_a_locked_signal_shows_its_number_only(client: Client) -> None:
    signal = a_file()
    with unit(acting()):
        Signal.objects.filter(id=signal.id).update(state=State.CLOSED, outcome=Outcome.NOT_TAKEN_UP)
    page = entered(client).get(ask(client, WORD)).content.decode()
    table = page[page.index("<tbody") : page.index("</tbody")]
    assert signal.reference in table
    assert "opent met een reden" in table
    assert "rbeidsuitbuiting" not in table
    assert "waarneming" not in table


@pytest.mark.django_db
def test_pages_of_twenty_and_few_statements_whatever_the_page(
    client: Client, django_assert_max_num_queries: object
) -> None:
    with unit(acting()) as by:
        rows = [opened(by, received_at=by.at - timedelta(hours=hours)) for hours in range(45)]
    address = ask(entered(client), "horeca")
    client.get(address)  # the first page makes the head of the chain
    with django_assert_max_num_queries(11) as first:  # type: ignore[operator]
        page = client.get(address).content.decode()
    assert "45 signalen" in page
    assert rows[0].reference in page
    assert rows[20].reference not in page
    with django_assert_max_num_queries(len(first)):  # type: ignore[operator]
        last = client.get(address + "?page=3").content.decode()
    assert rows[44].reference in last
    assert client.get(address + "?page=99").content.decode().count('role="rowheader"') == 5
    narrowed = client.get(address + "?state=closed").content.decode()
    assert "0 signalen" in narrowed
    assert "weer ‘alle’" in narrowed


@pytest.mark.django_db
def test_nobody_asks_without_logging_in(client: Client) -> None:
    for name in (ASK, PERSON):
        assert client.get(reverse(name)).status_code == 302
        assert "inloggen" in client.get(reverse(name))["Location"]
