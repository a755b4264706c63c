"""Step 6 on screen: what reveals is refused, what is said is queued once, a reason for none is kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import Form
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.route.models import Feedback, FeedbackKind
from meldroute.route.share import answered_in_time
from meldroute.web.practice.play import ROUTE, Play, report_of
from people_here import MONDAY, acting, here, user

SENDER = "zorgcoordinatie@hvo-querido.oefen.example"


@pytest.fixture
def owed(db: None) -> Feedback:
    """A signal whose outcome is there, and the word that its reporter is owed."""
    play = Play(here().id, MONDAY)
    mail = play.comes_in(f"From: {SENDER}\nSubject: oefening\n\nVier matrassen\n".encode())
    play.registered(mail, report_of(SENDER, "Vier matrassen", [Form.LABOUR]))
    for name, act in ROUTE:
        if name != "closed":
            act(play)
    with unit(acting()):
        return Feedback.objects.get(kind=FeedbackKind.FEEDBACK)


def compose(client: Client, row: Feedback, **other: str) -> object:
    client.force_login(user("meldpunt"))
    address = reverse("route:feedback-compose", args=[row.id])
    form = client.get(address).context["form"]
    told = {name: form[name].value() for name in ("level", "subject", "text")} | {"how": "mail"}
    return client.post(address, told | other)


@pytest.mark.parametrize(
    "text", ["Wij keken aan de Voorbeeldstraat 1.", "Voorbeeld straat 1 is bezocht.", "Zie HS-2026-0001."]
)
def test_what_the_file_knows_is_refused_and_nothing_goes_out(client: Client, owed: Feedback, text: str) -> None:
    answer = compose(client, owed, text=text, send="1")
    assert answer.status_code == 200
    assert answer.context["marks"]
    with unit(acting()):
        assert not Outgoing.objects.filter(about_id=owed.id).exists()
        assert Feedback.objects.get(id=owed.id).given_at is None


def test_looking_sends_nothing_and_sending_sends_once(client: Client, owed: Feedback) -> None:
    assert compose(client, owed, look="1").status_code == 200
    with unit(acting()):
        assert not Outgoing.objects.filter(about_id=owed.id).exists()
    assert compose(client, owed, send="1").status_code == 302
    again = compose(client, owed, send="1")
    assert (again.status_code, again.context["form"].errors != {}) == (200, True)
    with unit(acting()):
        assert Outgoing.objects.get(about_id=owed.id).to == SENDER
        share = answered_in_time(here().id, acting().today)
        assert (share.in_time, share.owed) == (1, 1)


def test_a_reason_for_none_does_not_lower_the_share(client: Client, owed: Feedback) -> None:
    client.force_login(user("meldpunt"))
    address = reverse("route:feedback-none", args=[owed.id])
    assert client.post(address, {"because": "not_safe", "reason": ""}).status_code == 200
    assert client.post(address, {"because": "not_safe", "reason": "woont bij de dader"}).status_code == 302
    with unit(acting()):
        assert answered_in_time(here().id, acting().today).owed == 0


@pytest.mark.parametrize("who", ["fg", "privacy", "handhaver", "bloemendaal", "beheer", "melder"])
def test_others_do_not_reach_it(client: Client, owed: Feedback, who: str) -> None:
    client.force_login(user(who))
    for name in ("feedback-compose", "feedback-none"):
        assert client.get(reverse(f"route:{name}", args=[owed.id])).status_code in (403, 404)
