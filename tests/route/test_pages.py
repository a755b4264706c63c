"""The pages of the file and of the work on it, as the people who use them, and as those who may not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import State
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route import listing
from meldroute.route.models import Signal
from people_here import acting, user
from signals_here import CANARY, noted, opened, person, place, reporter

PAGES = [
    "file",
    "decide",
    "weighings",
    "checks",
    "sources",
    "signal-tasks",
    "hand-overs",
    "danger",
    "observe",
    "subject",
    "task-give",
]


def a_file() -> Signal:
    """A signal at the meldpunt with a fact, a person, a place and a reporter."""
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal)
        person(by, signal)
        place(by, signal)
        reporter(by, signal)
    return signal


def entered(client: Client, name: str) -> Client:
    """The browser of one of the standing people."""
    client.force_login(user(name))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_the_meldpunt_opens_every_page_and_each_look_is_one_entry(client: Client, name: str) -> None:
    signal = a_file()
    with unit(acting()):
        before = Entry.objects.filter(act="look", ids__contains=[signal.id]).count()
    response = entered(client, "meldpunt").get(reverse(f"route:{name}", args=[signal.id]))
    assert response.status_code == 200
    assert CANARY not in response.content.decode()
    with unit(acting()):
        assert Entry.objects.filter(act="look", ids__contains=[signal.id]).count() == before + 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["fg", "privacy", "handhaver", "bloemendaal", "beheer", "melder", "politie"])
def test_others_see_nothing_of_a_foreign_file(client: Client, who: str, name: str) -> None:
    signal = a_file()
    entered(client, who)
    foreign = client.get(reverse(f"route:{name}", args=[signal.id]))
    absent = client.get(reverse(f"route:{name}", args=[uuid4()]))
    assert foreign.status_code in (403, 404)
    assert foreign.status_code == absent.status_code
    assert signal.reference not in foreign.content.decode()


@pytest.mark.django_db
def test_the_queue_shows_the_own_municipality_in_few_statements(
    client: Client, django_assert_max_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit(acting()) as by:
        found = [opened(by, received_at=by.at - timedelta(hours=60 - number)) for number in range(55)]
    entered(client, "meldpunt")
    client.get(reverse("route:queue"))  # the first page makes the head of the chain
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(reverse("route:queue")).content.decode()
    assert found[0].reference in page
    assert found[54].reference not in page
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert found[54].reference in client.get(reverse("route:queue") + "?page=2").content.decode()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        beyond = client.get(reverse("route:queue") + "?state=registered&page=7")
    assert (beyond.status_code, beyond["Location"]) == (302, reverse("route:queue") + "?state=registered&page=2")
    monkeypatch.setattr(listing, "AHEAD", 0)
    assert "meer dan 50 signalen" in client.get(reverse("route:queue")).content.decode()
    assert "55 signalen" in client.get(reverse("route:queue") + "?page=2").content.decode()
    assert found[0].reference not in entered(client, "bloemendaal").get(reverse("route:queue")).content.decode()


@pytest.mark.django_db
def test_a_name_opens_with_a_reason_only(client: Client) -> None:
    signal = a_file()
    with unit(acting()):
        subject = signal.subjects.get(kind="person")
    address = reverse("route:card", args=[signal.id, subject.id])
    entered(client, "meldpunt")
    assert CANARY not in client.get(address).content.decode()
    assert CANARY not in client.post(address, {"reason": ""}).content.decode()
    assert CANARY in client.post(address, {"reason": "nodig voor de weging"}).content.decode()
    with unit(acting()):
        assert Entry.objects.filter(act="card.open", ids__contains=[signal.id]).count() == 1


@pytest.mark.django_db
def test_a_signal_is_weighed_and_taken_up_with_forms_alone(client: Client) -> None:
    signal = a_file()
    entered(client, "meldpunt")
    answers = {"1": "mensenhandel", "2a": "taak", "2b": "grondgebied"}
    for code, question in answers.items():
        address = reverse("route:weigh", args=[signal.id, code])
        form = client.get(address).context["form"]
        data = {name: "yes" for name in form.fields if name.endswith(question)}
        data |= {name: "omdat het in de melding staat" for name in form.fields if "reason" in name or "why" in name}
        assert client.post(address, data).status_code == 302, client.post(address, data).context["form"].errors
    decide = reverse("route:decide", args=[signal.id])
    version = client.get(f"{decide}?besluit=take_up").context["form"]["version"].value()
    assert client.post(decide, {"besluit": "take_up", "version": version}).status_code == 302
    with unit(acting()):
        assert Signal.objects.get(id=signal.id).state == State.ENRICHING
    late = {"besluit": "agenda_without_sources", "version": version, "reason": "te laat"}
    stale = client.post(decide, late)
    assert stale.status_code == 409
    assert "te laat" in stale.content.decode()
    with unit(acting()):
        assert Signal.objects.get(id=signal.id).state == State.ENRICHING


@pytest.mark.django_db
def test_what_is_not_possible_stays_visible_with_its_reason(client: Client) -> None:
    signal = a_file()
    page = entered(client, "meldpunt").get(reverse("route:decide", args=[signal.id])).content.decode()
    assert "In behandeling nemen en verrijken" in page
    assert "Niet in behandeling nemen" in page
