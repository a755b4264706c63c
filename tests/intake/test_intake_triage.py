"""Triage on screen: the four ways for a mail, who may, and what is left of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake import mails
from meldroute.domain.vocabulary import Form, Role, Triage
from meldroute.intake import ticking
from meldroute.intake.actions.ledger import raw_of
from meldroute.intake.models import Mail
from meldroute.intake.ticking import forget_due
from meldroute.intake.waiting import waiting
from meldroute.people.models import Membership, Organisation
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.route.models import Feedback, FeedbackKind, Reporter, Signal
from meldroute.vault import keys, lookup
from meldroute.vault.keys import KeyGone, destroy, opened
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


PAGES = ("mail", "add", "aside", "source")
LISTS = ("intake:triage", "intake:desk", "intake:mma", "intake:partner-links")


def a_mail(raw: bytes = b"") -> Mail:
    """A mail that was stored and understood."""
    mail_id = Play(here().id, MONDAY).comes_in(raw or RAW.format(number=uuid4()).encode())
    with system(here().id, MONDAY):
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
    with unit(acting()):
        assert shown.context["form"]["organisation"].value() == str(Organisation.objects.get(name="HVO-Querido").id)
    source = client.get(page("source", mail))
    assert source.content.startswith(b"From: Zorg")
    assert "attachment" in source.headers["Content-Disposition"]
    assert "sandbox" in source.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MELDPUNT, Role.INTEGRITY)])
def test_other_roles_have_no_mailbox(client: Client, role: Role) -> None:
    mail = a_mail()
    Membership.objects.filter(user=user("melder")).update(role=role)
    entered(client, "melder")
    for address in (*(page(name, mail) for name in PAGES), *map(reverse, LISTS)):
        assert client.get(address).status_code == 403, address
    for name in ("mail", "add", "aside", "take-back"):
        assert client.post(page(name, mail), {"version": mail.version}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["bloemendaal", "integriteit"])
def test_another_municipality_and_the_trusted_readers_see_no_ordinary_mail(client: Client, who: str) -> None:
    mail = a_mail()
    entered(client, who)
    assert str(mail.id) not in client.get(reverse("intake:triage")).content.decode()
    for name in PAGES:
        assert client.get(page(name, mail)).status_code == 404
    data = FILLED | {"version": mail.version}
    assert client.post(page("mail", mail), data).status_code == 404
    assert client.post(page("aside", mail), {"version": 1, "what": "no_signal", "reason": "x"}).status_code == 404


@pytest.mark.django_db
def test_nobody_logged_in_goes_to_the_login_page(client: Client) -> None:
    mail = a_mail()
    for name in PAGES:
        assert client.get(page(name, mail)).headers["Location"].startswith(reverse("login"))


@pytest.mark.django_db
def test_a_mail_is_registered_once(client: Client) -> None:
    mail = a_mail()
    data = FILLED | {"version": mail.version}
    assert entered(client).post(page("mail", mail), data).status_code == 302
    conflict = client.post(page("mail", mail), data)
    assert conflict.status_code == 409
    assert FILLED["what"] in conflict.content.decode()
    with unit(acting()):
        settled = Mail.objects.get(id=mail.id)
        signal = Signal.objects.get(id=settled.signal_id)
        assert settled.state == Triage.REGISTERED
        assert signal.reporters.get().mail == FILLED["mail"]
        assert [fact.text for fact in signal.observations.all()] == [FILLED["what"]]
        assert [(one.kind, one.told["street"]) for one in signal.subjects.all()] == [("address", "Voorbeeldstraat")]
        assert signal.handler_id == user("meldpunt").id
        assert raw_of(settled)


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
        assert not Mail.objects.filter(id=mail.id).exists()
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


@pytest.mark.django_db
def test_copies_go_a_few_at_a_time_and_those_that_went_stay_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    last = [a_mail() for _ in range(3)][-1]
    with system(here().id, MONDAY):
        Mail.objects.update(content_until=MONDAY)
        Mail.objects.filter(id=last.id).update(content_until=MONDAY + timedelta(hours=1))
    monkeypatch.setattr(ticking, "BATCH", 2)

    def destroyed(key_id: UUID, *, at: datetime) -> None:
        if key_id == last.key_id:
            raise ConnectionError
        destroy(key_id, at=at)

    monkeypatch.setattr(keys, "destroy", destroyed)
    with pytest.raises(ConnectionError):
        forget_due(here().id, MONDAY + timedelta(hours=2))
    with system(here().id, MONDAY):
        assert Mail.objects.get(blob_id__isnull=False).id == last.id
    monkeypatch.setattr(keys, "destroy", destroy)
    assert forget_due(here().id, MONDAY + timedelta(hours=2)) == 1


@pytest.mark.django_db
def test_a_second_observation_keeps_fact_and_hearsay_apart_and_no_form_means_not_clear_yet(client: Client) -> None:
    mail = a_mail()
    data = FILLED | {"version": mail.version, "more_what": "De buurman zegt dat zij niet weg mogen"}
    del data["forms_seen"]
    missing = entered(client).post(page("mail", mail), data)
    assert missing.status_code == 200
    assert "more_truth" in missing.context["form"].errors
    told = {"more_truth": "hearsay", "more_source": "een buurman"}
    assert client.post(page("mail", mail), data | told).status_code == 302
    with unit(acting()):
        signal = Signal.objects.get()
        assert signal.forms == [Form.UNCLEAR]
        assert {(one.truth, one.source) for one in signal.observations.all()} == {
            ("fact", "zorgpartij"),
            ("hearsay", "een buurman"),
        }


@pytest.mark.django_db
def test_attachments_go_along_under_the_key_of_the_signal(client: Client) -> None:
    mail = a_mail(mails.care())
    shown = entered(client).get(page("mail", mail)).content.decode()
    assert "verslag cli" in shown
    assert client.post(page("mail", mail), FILLED | {"version": mail.version}).status_code == 302
    with unit(acting()):
        signal = Signal.objects.get()
        kept = list(signal.attachments.all())
        assert {one.content_type for one in kept} >= {"application/pdf"}
        assert {one.key_id for one in kept} == {signal.key_id} != {mail.key_id}
        assert sorted(one.size for one in kept) == sorted(len(body) for body in (mails.pdf(), mails.docx()))


@pytest.mark.django_db
def test_an_attachment_is_a_download_in_a_sandbox_and_says_what_it_is(client: Client) -> None:
    message = mails.mail("Foto", "Zie bijlage")
    message.add_attachment(b"MZ\x90\x00" + b"\0" * 64, maintype="image", subtype="jpeg", filename='fo"to\u202egpj.jpg')
    message.add_attachment(b"<svg onload='alert(1)'></svg>", maintype="image", subtype="svg+xml", filename="plaat.svg")
    mail = a_mail(mails.raw(message))
    shown = entered(client).get(page("mail", mail)).content.decode()
    assert shown.count("Kan een programma starten") == 2
    assert "\u202e" not in shown
    for number in (1, 2):
        given = client.get(reverse("intake:part", args=[mail.id, number]))
        assert given.headers["Content-Type"] == "application/octet-stream"
        assert given.headers["Content-Disposition"].startswith("attachment; filename=")
        assert given.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert "\n" not in given.headers["Content-Disposition"]
    assert client.get(reverse("intake:part", args=[mail.id, 3])).status_code == 404
    assert client.get(reverse("intake:part", args=[mail.id, 0])).status_code == 404


@pytest.mark.django_db
def test_urgent_words_unfold_the_warning(client: Client) -> None:
    calm, urgent = a_mail(), a_mail(mails.raw(mails.mail("Spoed", "Zij is vastgehouden en wordt bedreigd.")))
    entered(client)
    assert '<details class="mr-details"><summary>Spoed' in client.get(page("mail", calm)).content.decode()
    shown = client.get(page("mail", urgent)).content.decode()
    assert '<details class="mr-details" open><summary>Spoed' in shown
    assert "vastgehouden" in shown


def owed(signal: Signal) -> Feedback:
    return signal.feedbacks.get(kind=FeedbackKind.RECEIPT)


@pytest.mark.django_db
def test_a_known_partner_whose_address_was_seen_gets_the_receipt_at_once(client: Client) -> None:
    mail = a_mail()
    entered(client).post(page("mail", mail), FILLED | {"version": mail.version, "wants_feedback": "on"})
    with unit(acting()):
        assert owed(Signal.objects.get()).given_at
        sent = Outgoing.objects.get()
        assert sent.to == FILLED["mail"]
        assert "matras" not in sent.body + sent.subject
        assert "mensenhandel" not in (sent.body + sent.subject).lower()


UNSAFE = {"mail_safe": ""}
CITIZEN = {"mail": "petra@inwoner.example", "source_kind": "citizen"}
PROTECTED = {"protected": "on"}
COLLEAGUE = {"about_colleague": "on"}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [UNSAFE, CITIZEN, PROTECTED, COLLEAGUE])
def test_nothing_goes_out_by_itself_when_that_may_endanger_somebody(client: Client, change: dict[str, str]) -> None:
    mail = a_mail()
    data = FILLED | {"version": mail.version, "wants_feedback": "on"} | change
    assert entered(client).post(page("mail", mail), data).status_code == 302
    who = "integriteit" if change is COLLEAGUE else "meldpunt"
    with unit(acting(who, at=datetime.now(UTC))):
        receipt = owed(Signal.objects.get())
        assert receipt.given_at is None
        assert not receipt.none_because
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "because"), [({"anonymous": "on", "wants_feedback": "on"}, "anonymous"), ({}, "not_wanted")]
)
def test_who_cannot_or_will_not_hear_gets_a_reason_recorded(client: Client, change: dict, because: str) -> None:
    mail = a_mail()
    entered(client).post(page("mail", mail), FILLED | {"version": mail.version} | change)
    with unit(acting()):
        signal = Signal.objects.get()
        assert owed(signal).none_because == because
        reporter = signal.reporters.get()
        assert bool(reporter.name or reporter.mail) is not reporter.anonymous


@pytest.mark.django_db
def test_a_machine_gets_nothing(client: Client) -> None:
    mail = a_mail(mails.auto_reply())
    entered(client).post(page("mail", mail), FILLED | {"version": mail.version, "wants_feedback": "on"})
    with unit(acting()):
        assert not Signal.objects.get().feedbacks.exists()
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_the_mail_of_a_protected_reporter_is_shut_afterwards(client: Client) -> None:
    mail = a_mail()
    entered(client).post(page("mail", mail), FILLED | {"version": mail.version} | PROTECTED)
    shown = client.get(page("mail", mail)).content.decode() + client.get(reverse("intake:triage")).content.decode()
    assert "hvo-querido" not in shown
    assert "afgeschermd" in shown
    assert client.get(page("source", mail)).status_code == 403


def with_thread(signal_id: object, token: str) -> None:
    """As after a receipt: the reporter's thread is known by its keyed hash."""
    mac = lookup.mac(municipality_id=here().id, kind="thread", value=token)
    Reporter.objects.filter(signal_id=signal_id).update(thread_mac=mac)


@pytest.mark.django_db
def test_a_reply_is_proposed_by_its_token_and_a_number_only_fills_the_field(client: Client) -> None:
    first = a_mail()
    entered(client).post(page("mail", first), FILLED | {"version": first.version})
    with unit(acting()):
        signal = Signal.objects.get()
        with_thread(signal.id, mails.TOKEN)
    answer = a_mail(mails.reply())
    assert answer.proposed_signal_id == signal.id
    assert answer.state == Triage.NEW
    form = client.get(page("add", answer)).context["form"]
    assert form["reference"].value() == signal.reference
    named = a_mail(mails.police())
    assert named.proposed_signal_id is None
    assert client.get(page("add", named)).context["form"]["reference"].value() == "HS-2026-0001"


@pytest.mark.django_db
def test_a_reply_in_a_sealed_signal_is_sealed_before_anybody_reads_it(client: Client) -> None:
    first = a_mail()
    entered(client).post(page("mail", first), FILLED | {"version": first.version} | COLLEAGUE)
    with unit(acting("integriteit", at=datetime.now(UTC))):
        signal = Signal.objects.get()
        with_thread(signal.id, mails.TOKEN)
    answer = a_mail(mails.reply())
    assert answer.sealed
    assert client.get(page("mail", answer)).status_code == 404
    assert str(answer.id) not in client.get(reverse("intake:triage")).content.decode()
    entered(client, "integriteit")
    assert str(answer.id) in client.get(reverse("intake:triage")).content.decode()
    assert client.get(page("mail", answer)).status_code == 200
    assert client.post(page("mail", answer), FILLED | {"version": answer.version}).status_code == 200
    told = {"version": answer.version, "reference": signal.reference, "what": "De auto is grijs", "truth": "fact"}
    assert client.post(page("add", answer), told).status_code == 302
    with unit(acting("integriteit", at=datetime.now(UTC))):
        assert signal.observations.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["add", "aside"])
def test_a_stale_page_is_a_conflict(client: Client, name: str) -> None:
    mail, other = a_mail(), a_mail()
    entered(client).post(page("mail", other), FILLED | {"version": other.version})
    with unit(acting()):
        signal = Signal.objects.get()
    data = {
        "add": {"reference": signal.reference, "what": "meer", "truth": "fact"},
        "aside": {"what": "no_signal", "reason": "reclame"},
    }[name]
    assert client.post(page(name, mail), data | {"version": mail.version + 1}).status_code == 409
    with unit(acting()):
        assert Mail.objects.get(id=mail.id).state == Triage.NEW


@pytest.mark.django_db
def test_a_large_mail_can_be_registered_without_its_files(client: Client) -> None:
    mail = a_mail(mails.too_large())
    assert mail.state == Triage.NEEDS_HAND
    shown = entered(client).get(page("mail", mail)).content.decode()
    assert "25 MB" in shown
    assert client.post(page("mail", mail), FILLED | {"version": mail.version}).status_code == 302


@pytest.mark.django_db
def test_the_list_reads_everything_in_a_fixed_number_of_statements(
    client: Client,
) -> None:
    for _ in range(3):
        a_mail()
    entered(client).get(reverse("intake:triage"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("intake:triage"))
    for _ in range(12):
        a_mail()
    with CaptureQueriesContext(connection) as many:
        shown = client.get(reverse("intake:triage"))
    assert len(many) == len(few)
    waiting = [one.mail.came_at for one in shown.context["waiting"]]
    assert len(waiting) == 15
    assert waiting == sorted(waiting)


@pytest.mark.django_db
def test_next_and_previous_are_plain_links(client: Client) -> None:
    first, second, third = sorted((a_mail(), a_mail(), a_mail()), key=lambda mail: mail.id)
    shown = entered(client).get(page("mail", second)).content.decode()
    assert f'href="{page("mail", first)}" rel="prev" accesskey="p"' in shown
    assert f'href="{page("mail", third)}" rel="next" accesskey="n"' in shown


@pytest.mark.django_db
def test_what_waits_is_counted_in_one_statement(django_assert_num_queries: object) -> None:
    a_mail()
    a_mail(mails.too_large())
    with unit(acting()) as by:
        with django_assert_num_queries(1):
            counts = waiting(by)
        assert (counts.new, counts.needs_hand, counts.all) == (1, 1, 2)
    with unit(acting("handhaver")) as by, django_assert_num_queries(0):
        assert waiting(by).all == 0
