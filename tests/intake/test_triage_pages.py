"""Triage on screen: the four ways for a mail, who may, and what is left of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import Triage
from meldroute.intake.actions.ledger import raw_of
from meldroute.intake.models import Mail
from meldroute.intake.ticking import forget_due
from meldroute.people.unit import unit
from meldroute.route.models import Signal
from meldroute.vault.keys import KeyGone, opened
from meldroute.web.practice.play import Play
from people_here import MONDAY, acting, here, user

RAW = (
    "From: Zorg (oefening) <zorgcoordinatie@hvo-querido.oefen.example>\nSubject: Zorgen {number}\n"
    "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Vier matrassen, Voorbeeldstraat 1 <script>alert(1)</script></p>\n"
)
FILLED = {
    "urgency": "on",
    "source_kind": "care",
    "what": "Vier matrassen boven de keuken",
    "truth": "fact",
    "source": "zorgpartij",
    "forms_seen": ["labour"],
    "sector": "horeca",
    "street": "Voorbeeldstraat",
    "house_number": "1",
    "name": "Hanna de Graaf",
    "mail": "zorgcoordinatie@hvo-querido.oefen.example",
    "mail_safe": "on",
}


def a_mail() -> Mail:
    """A mail that was stored and understood."""
    mail_id = Play(here().id, MONDAY).comes_in(RAW.format(number=uuid4()).encode())
    with unit(acting()):
        return Mail.objects.get(id=mail_id)


def page(name: str, mail: Mail) -> str:
    return reverse(f"intake:{name}", args=[mail.id])


def entered(client: Client, name: str = "meldpunt") -> Client:
    client.force_login(user(name))
    return client


@pytest.mark.django_db
def test_the_mail_is_shown_as_text_beside_a_prefilled_form(client: Client) -> None:
    mail = a_mail()
    shown = entered(client).get(page("mail", mail))
    assert "Vier matrassen" in shown.content.decode()
    assert "<script>alert" not in shown.content.decode()
    assert shown.context["form"]["source_kind"].value() == "care"
    assert shown.context["form"]["street"].value() == "Voorbeeldstraat"
    source = client.get(page("source", mail))
    assert source.content.startswith(b"From: Zorg")
    assert "attachment" in source.headers["Content-Disposition"]
    assert "sandbox" in source.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["handhaver", "fg", "privacy", "beheer", "bloemendaal", "burgemeester", "melder"])
def test_others_see_no_mail(client: Client, who: str) -> None:
    mail = a_mail()
    entered(client, who)
    for name in ("mail", "add", "aside", "source"):
        assert client.get(page(name, mail)).status_code in (403, 404)


@pytest.mark.django_db
def test_a_mail_is_registered_once(client: Client) -> None:
    mail = a_mail()
    data = FILLED | {"version": mail.version}
    assert entered(client).post(page("mail", mail), data).status_code == 302
    assert client.post(page("mail", mail), data).status_code == 409
    with unit(acting()):
        settled = Mail.objects.get(id=mail.id)
        signal = Signal.objects.get(id=settled.signal_id)
        assert settled.state == Triage.REGISTERED
        assert signal.reporters.get().mail == FILLED["mail"]
        assert [fact.text for fact in signal.observations.all()] == [FILLED["what"]]


@pytest.mark.django_db
def test_without_the_urgency_question_nothing_is_registered(client: Client) -> None:
    mail = a_mail()
    data = {name: value for name, value in FILLED.items() if name != "urgency"} | {"version": mail.version}
    assert entered(client).post(page("mail", mail), data).status_code == 200
    with unit(acting()):
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_a_mail_about_a_colleague_is_gone_for_the_meldpunt_and_there_for_the_trusted_readers(client: Client) -> None:
    mail = a_mail()
    data = FILLED | {"version": mail.version, "about_colleague": "on"}
    assert entered(client).post(page("mail", mail), data).status_code == 302
    assert client.get(page("mail", mail)).status_code == 404
    with unit(acting()):
        assert not Signal.objects.exists()
        assert not Mail.objects.exists()
    with unit(acting("integriteit", at=datetime.now(UTC))):
        assert Signal.objects.get().sealed


@pytest.mark.django_db
def test_a_mail_is_added_to_a_signal(client: Client) -> None:
    first, second = a_mail(), a_mail()
    entered(client).post(page("mail", first), FILLED | {"version": first.version})
    with unit(acting()):
        signal = Signal.objects.get()
    data = {"version": second.version, "reference": signal.reference, "what": "Nu zes matrassen", "truth": "fact"}
    wrong = data | {"reference": "HS-1999-0001"}
    assert client.post(page("add", second), wrong).status_code == 200
    assert client.post(page("add", second), data).status_code == 302
    with unit(acting()):
        assert signal.observations.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["other_signal", "no_signal"])
def test_what_is_set_aside_can_be_taken_back_until_our_copy_is_destroyed(client: Client, what: str) -> None:
    mail = a_mail()
    data = {"version": mail.version, "what": what, "reason": "gaat over een drugspand"}
    assert entered(client).post(page("aside", mail), data | {"reason": ""}).status_code == 200
    assert client.post(page("aside", mail), data).status_code == 302
    assert client.post(page("take-back", mail), {"version": mail.version + 1}).status_code == 302
    assert client.post(page("aside", mail), data | {"version": mail.version + 2}).status_code == 302
    with unit(acting()):
        until = Mail.objects.get(id=mail.id).content_until
    assert forget_due(here().id, until - timedelta(minutes=1)) == 0
    assert forget_due(here().id, until) == 1
    with unit(acting()):
        row = Mail.objects.get(id=mail.id)
        assert row.state == what
        assert raw_of(row) == b""
        with pytest.raises(KeyGone):
            opened(row.key_id)
    assert client.post(page("take-back", mail), {"version": mail.version + 3}).status_code == 403
    assert client.get(reverse("intake:triage")).status_code == 200
    assert client.get(page("mail", mail)).status_code == 200
