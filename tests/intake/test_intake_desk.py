"""Calls and visits written down by the meldpunt, and the closed door of Meld Misdaad Anoniem."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import Category, Channel, Role, SourceKind, State
from meldroute.people.models import Membership, Municipality
from meldroute.people.unit import unit
from meldroute.route.models import FeedbackKind, Signal
from people_here import acting, user

DESK, MMA = reverse("intake:desk"), reverse("intake:mma")
CALL = {
    "urgency": "on",
    "what": "Elke avond andere mensen op Oefenlaan 3",
    "truth": "hearsay",
    "source": "een buurtbewoner",
    "street": "Oefenlaan",
    "house_number": "3",
    "source_kind": "citizen",
    "name": "Jan de Oefenaar",
    "phone": "0612345678",
    "wants_feedback": "on",
}
MESSAGE = {
    "urgency": "on",
    "what": "Er wordt iemand vastgehouden",
    "truth": "hearsay",
    "street": "",
    "sector": "horeca",
}


def entered(client: Client, name: str = "meldpunt") -> Client:
    client.force_login(user(name))
    return client


def now(name: str = "meldpunt") -> object:
    return unit(acting(name, at=datetime.now(UTC)))


@pytest.mark.django_db
def test_a_call_is_registered_at_once(client: Client) -> None:
    assert entered(client).post(DESK, CALL | {"may_call_back": "on"}).status_code == 302
    with now():
        signal = Signal.objects.get()
        assert (signal.state, signal.channel, signal.source_kind) == (
            State.REGISTERED,
            Channel.DESK,
            SourceKind.CITIZEN,
        )
        assert signal.handler_id == user("meldpunt").id
        reporter = signal.reporters.get()
        assert (reporter.name, reporter.phone, reporter.may_call_back) == ("Jan de Oefenaar", "0612345678", True)
        assert signal.feedbacks.get(kind=FeedbackKind.RECEIPT).given_at is None
        assert signal.subjects.get().told["street"] == "Oefenlaan"


@pytest.mark.django_db
def test_a_call_takes_few_statements(client: Client, django_assert_max_num_queries: object) -> None:
    entered(client).post(DESK, CALL)  # the first one makes the counter and the keys of the year
    with django_assert_max_num_queries(23):  # type: ignore[operator]
        assert client.post(DESK, CALL).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(("back", "phone"), [({"may_call_back": "on"}, "0612345678"), ({}, "")])
def test_an_anonymous_caller_leaves_a_number_only_to_be_called_back(client: Client, back: dict, phone: str) -> None:
    entered(client).post(DESK, CALL | {"anonymous": "on"} | back)
    with now():
        signal = Signal.objects.get()
        assert signal.source_kind == SourceKind.CITIZEN_ANONYMOUS
        reporter = signal.reporters.get()
        assert (reporter.name, reporter.mail, reporter.phone) == ("", "", phone)
        assert bool(signal.feedbacks.get(kind=FeedbackKind.RECEIPT).none_because) is not bool(phone)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"urgency": ""}, "urgency"),
        ({"what": ""}, "what"),
        ({"truth": ""}, "truth"),
        ({"may_call_back": "on", "phone": ""}, "phone"),
    ],
)
def test_what_must_be_asked(client: Client, change: dict, field: str) -> None:
    refused = entered(client).post(DESK, CALL | change)
    assert refused.status_code == 200
    assert field in refused.context["form"].errors
    with now():
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_a_call_about_a_colleague_is_gone_for_the_meldpunt(client: Client) -> None:
    assert entered(client).post(DESK, CALL | {"about_colleague": "on"}).headers["Location"] == reverse("intake:triage")
    with now():
        assert not Signal.objects.exists()
    with now("integriteit"):
        assert Signal.objects.get().observations.get().text == CALL["what"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", [DESK, MMA])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MELDPUNT])
def test_only_the_meldpunt(client: Client, page: str, role: Role) -> None:
    Membership.objects.filter(user=user("melder")).update(role=role)
    assert entered(client, "melder").get(page).status_code == 403
    assert client.post(page, CALL).status_code == 403


DAY = date(2026, 1, 5)


@pytest.mark.django_db
@pytest.mark.parametrize("known", [{}, {"mma_contract_on": DAY}, {"mma_protocol_on": DAY}])
def test_the_channel_is_closed_until_contract_and_protocol_are_there(client: Client, known: dict) -> None:
    Municipality.objects.filter(code="HS").update(**known)
    shown = entered(client).get(MMA)
    assert "Dit kanaal staat uit" in shown.content.decode()
    assert "<textarea" not in shown.content.decode()
    client.post(MMA, MESSAGE)
    with now():
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_an_open_channel_makes_a_signal_without_a_reporter_or_a_name(client: Client) -> None:
    Municipality.objects.filter(code="HS").update(mma_contract_on=DAY, mma_protocol_on=DAY)
    assert entered(client).post(MMA, MESSAGE).status_code == 302
    with now():
        signal = Signal.objects.get()
        assert (signal.source_kind, signal.channel) == (SourceKind.MMA, Channel.MMA)
        assert not signal.reporters.exists()
        assert not signal.feedbacks.exists()
        fact = signal.observations.get()
        assert (fact.category, fact.source) == (Category.MMA, "anonieme bron")
    client.force_login(user("bloemendaal"))
    assert "Dit kanaal staat uit" in client.get(MMA).content.decode()
