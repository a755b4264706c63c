"""The pages of feedback by request: each role, each refusal, the second reader, the receipt, the outbox."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import SourceKind, State
from meldroute.journal.models import Entry
from meldroute.people.unit import system, unit
from meldroute.post.message import as_received
from meldroute.post.models import Delivery, Outgoing
from meldroute.post.sending import send_one
from meldroute.route.actions import feedback
from meldroute.route.feedback_levels import proposed
from meldroute.route.models import Feedback, FeedbackKind, Signal
from people_here import MONDAY, acting, here, user
from post.wires import Does, FakeWire, Point
from route.words import ended, owes, put_in
from signals_here import opened, place, reporter

SOFT = "Beste Oefen,\n\nWij zijn klaar. Vragen? Bel 06 11 22 33 44.\n"
HIDDEN = "geheim@oefen.example"
ROLES = ["fg", "privacy", "proceseigenaar", "handhaver", "beheer", "melder", "burgemeester", "archief", "bloemendaal"]


@pytest.fixture
def row(db: None) -> Feedback:
    """Feedback that is owed, with a place in the file."""
    with unit(acting()) as by:
        made = ended(by, mail=HIDDEN, protected=True)
        place(by, made.signal)
    return made


def page(client: Client, name: str, *args: object, who: str = "meldpunt", **posted: str) -> HttpResponse:
    """GET, or POST when something is posted, in Heemstede."""
    client.force_login(user(who))
    session = client.session
    session["municipality"] = str(here("BD" if who == "bloemendaal" else "HS").id)
    session.save()
    address = reverse(f"route:{name}", args=args)
    return client.post(address, posted) if posted else client.get(address)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def told(row: Feedback, **other: str) -> dict[str, str]:
    with unit(acting()):
        level = feedback.levels(row)[0]
        subject, text = proposed(row, level)
    return {"level": level.value, "subject": subject, "text": text, "how": "mail"} | other


def mails() -> list[Outgoing]:
    with system(here().id, MONDAY):
        return list(Outgoing.objects.all())


@pytest.mark.parametrize("who", ROLES)
def test_other_roles_and_another_municipality_reach_none_of_it(client: Client, row: Feedback, who: str) -> None:
    with unit(acting()) as by:
        receipt = owes(by, row.signal, FeedbackKind.RECEIPT, row.reporter)
        level = feedback.levels(row)[0]
        feedback.give(by=by, feedback=row, word=feedback.Word(level, *proposed(row, level), "mail"))
    for name, args in (
        ("feedback-compose", [row.id]),
        ("feedback-none", [row.id]),
        ("feedback-read", [row.id]),
        ("feedback-receipt", [receipt.id]),
        ("feedback", [row.signal_id]),
        ("outbox-mail", [row.outgoing_id]),
    ):
        assert page(client, name, *args, who=who).status_code in (403, 404), name
        assert page(client, name, *args, who=who, send="1").status_code in (403, 404, 405), name
    for name in ("feedback-list", "outbox"):
        answer = page(client, name, who=who)
        assert answer.status_code == 403 or row.signal.reference not in text_of(answer)


def test_a_protected_address_is_shown_nowhere_and_the_mail_still_goes(client: Client, row: Feedback) -> None:
    shown = [page(client, "feedback-compose", row.id), page(client, "feedback-compose", row.id, **told(row, look="1"))]
    sent = page(client, "feedback-compose", row.id, **told(row, send="1"))
    assert sent.status_code == 302
    send_one(system, here().id, MONDAY.replace(year=2030), FakeWire(Point.END))
    (mail,) = mails()
    assert (mail.to, mail.state) == (HIDDEN, Delivery.UNCERTAIN)
    shown += [page(client, "outbox"), page(client, "outbox-mail", mail.id), page(client, "feedback-list")]
    shown += [page(client, "file", row.signal_id)]
    for answer in shown:
        assert answer.status_code == 200
        assert HIDDEN not in text_of(answer)
        assert "Oefen Melder" not in text_of(answer)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": "Wij keken in de Voorbeeldstraat 1."}, "Dit adres staat in het dossier."),
        ({"text": "Mila de Vries belt u."}, "naam van een collega"),
        ({"text": "HVO-Querido helpt."}, "Deze organisatie staat in het dossier."),
        ({"subject": "Uw melding mensenhandel"}, "De onderwerpregel moet neutraal zijn"),
        ({"subject": "HS-2026-0001"}, "nummer van dit signaal"),
        ({"text": "Er is een bibob-onderzoek."}, "Bibob"),
        ({"text": SOFT}, "Dit is een telefoonnummer."),
    ],
)
@pytest.mark.parametrize("button", ["look", "send"])
def test_what_reveals_is_marked_with_why_and_nothing_goes(
    client: Client, row: Feedback, change: dict[str, str], why: str, button: str
) -> None:
    answer = page(client, "feedback-compose", row.id, **told(row, **change), **{button: "1"})
    assert answer.status_code == 200
    assert why in text_of(answer).replace("&#x27;", "'")
    assert "<mark>" in text_of(answer)
    assert mails() == []


@pytest.mark.parametrize(
    "change", [{"level": "taken_up"}, {"level": "onzin"}, {"how": "duif"}, {"text": ""}, {"subject": ""}]
)
def test_a_form_that_is_wrong_sends_nothing(client: Client, row: Feedback, change: dict[str, str]) -> None:
    answer = page(client, "feedback-compose", row.id, **told(row, **change), send="1")
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert mails() == []


def test_the_text_of_another_level_is_taken_on_request(client: Client, row: Feedback) -> None:
    answer = page(client, "feedback-compose", row.id, **told(row, level="closed", text="iets anders"), fill="1")
    assert "zijn nu klaar" in answer.context["form"]["text"].value()
    assert answer.context["form"]["level"].value() == "closed"


def test_the_preview_is_what_arrives(client: Client, row: Feedback) -> None:
    seen = page(client, "feedback-compose", row.id, **told(row, look="1")).context["seen"]
    page(client, "feedback-compose", row.id, **told(row, send="1"))
    wire = FakeWire()
    send_one(system, here().id, MONDAY.replace(year=2030), wire)
    arrived = as_received(wire.delivered[0])
    assert (arrived.sender, arrived.subject, arrived.text) == (seen.sender, seen.subject, seen.text)


def test_the_second_reader_by_request(client: Client, row: Feedback) -> None:
    asked = told(row, text=SOFT, ask="1")
    assert page(client, "feedback-compose", row.id, **asked, why="").status_code == 200
    assert page(client, "feedback-compose", row.id, **asked, why="ons eigen nummer").status_code == 302
    assert page(client, "feedback-compose", row.id).status_code == 302
    own = page(client, "feedback-read", row.id)
    assert 'name="agree"' not in text_of(own)
    assert page(client, "feedback-read", row.id, agree="1").status_code == 200
    assert mails() == []
    assert "ons eigen nummer" in text_of(page(client, "feedback-read", row.id, who="waarnemer"))
    assert page(client, "feedback-read", row.id, who="waarnemer", back="1").status_code == 200
    assert page(client, "feedback-read", row.id, who="waarnemer", agree="1").status_code == 302
    assert [mail.to for mail in mails()] == [HIDDEN]


def test_after_the_last_word_the_file_offers_to_close_and_it_closes(client: Client, row: Feedback) -> None:
    page(client, "feedback-compose", row.id, **told(row, send="1"))
    file = page(client, "file", row.signal_id)
    assert "feedback_done" in text_of(file)
    with unit(acting()):
        version = Signal.objects.get(id=row.signal_id).version
    client.post(reverse("route:decide", args=[row.signal_id]) + "?besluit=feedback_done", {"version": version})
    with unit(acting()):
        assert Signal.objects.get(id=row.signal_id).state == State.CLOSED


def test_the_receipt_by_request(client: Client, db: None) -> None:
    with unit(acting()) as by:
        signal = opened(by)
        who = reporter(by, signal, source_kind=SourceKind.CITIZEN, mail="inwoner@elders.example")
        receipt = owes(by, signal, FeedbackKind.RECEIPT, who)
    answers = [
        page(client, "feedback-receipt", receipt.id, safe="unsafe", how="mail", send="1"),
        page(client, "feedback-receipt", receipt.id, safe="", how="mail", send="1"),
        page(client, "feedback-receipt", receipt.id, safe="safe", how="mail", addition="mensenhandel", send="1"),
        page(client, "feedback-receipt", receipt.id, safe="safe", how="mail", look="1"),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert mails() == []
    done = page(client, "feedback-receipt", receipt.id, safe="safe", how="mail", addition="Dank u.", send="1")
    assert done.status_code == 302
    (mail,) = mails()
    assert "Dank u." in mail.body
    assert page(client, "feedback-receipt", receipt.id).status_code == 302
    assert page(client, "feedback-compose", receipt.id).status_code == 302


@pytest.mark.parametrize(
    ("does", "button", "state"),
    [
        (Does.CUT, "arrived", Delivery.SENT),
        (Does.CUT, "again", Delivery.QUEUED),
        (Does.CUT, "other", Delivery.GIVEN_UP),
        (Does.REFUSE, "again", Delivery.QUEUED),
        (Does.REFUSE, "other", Delivery.GIVEN_UP),
    ],
)
def test_a_person_settles_a_lost_mail(client: Client, row: Feedback, does: Does, button: str, state: Delivery) -> None:
    page(client, "feedback-compose", row.id, **told(row, send="1"))
    send_one(system, here().id, MONDAY.replace(year=2030), FakeWire(Point.END, does))
    (mail,) = mails()
    assert row.signal.reference in text_of(page(client, "outbox"))
    assert page(client, "outbox-mail", mail.id, **{button: "1"}).status_code == 302
    assert [one.state for one in mails()] == [state]
    with unit(acting()):
        assert (Feedback.objects.get().given_at is None) is (button == "other")
        assert Entry.objects.filter(on="post.Outgoing", ids__contains=[mail.id], act="look").exists()
    second = page(client, "outbox-mail", mail.id, **{button: "1"})
    assert second.status_code == 200
    assert second.context["form"].errors


def test_a_refused_mail_cannot_be_said_to_have_arrived(client: Client, row: Feedback) -> None:
    page(client, "feedback-compose", row.id, **told(row, send="1"))
    send_one(system, here().id, MONDAY.replace(year=2030), FakeWire(Point.END, Does.REFUSE))
    (mail,) = mails()
    assert page(client, "outbox-mail", mail.id, arrived="1").status_code == 200
    assert [one.state for one in mails()] == [Delivery.FAILED]


def test_what_the_state_overtook_is_owed_no_more(client: Client, row: Feedback) -> None:
    with unit(acting()) as by:
        owes(by, row.signal, FeedbackKind.INTERIM, row.reporter)
        closed = opened(by)
        owes(by, closed, FeedbackKind.RECEIPT, reporter(by, closed))
        put_in(closed, State.CLOSED)
    answer = page(client, "feedback-list")
    assert [line.id for line in answer.context["owed"]] == [row.id]
    with unit(acting()):
        put_in(row.signal, State.IN_LOO)
    assert [line.what for line in page(client, "feedback-list").context["owed"]] == ["tussenbericht"]


def test_a_colleague_sees_on_the_start_page_that_a_word_waits_to_be_read(client: Client, row: Feedback) -> None:
    page(client, "feedback-compose", row.id, **told(row, text=SOFT, ask="1"), why="ons eigen nummer")
    words = f"Lees mee met een bericht aan de melder: {row.signal.reference}"
    assert words in text_of(page(client, "waiting", who="waarnemer"))
    assert words not in text_of(page(client, "waiting"))
