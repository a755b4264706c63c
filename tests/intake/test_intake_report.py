"""Melden: urgency first, a draft that survives, what is too much, sending once, and what the reporter gets to see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import Category, Channel, Role, SourceKind, State, Urgency
from meldroute.intake.actions.reporting import MAY_REPORT
from meldroute.intake.models import Draft
from meldroute.intake.policies import limit
from meldroute.intake.ticking import forget_due
from meldroute.people.models import Membership, User
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.route.actions import access
from meldroute.route.models import Access, AccessKind, FeedbackKind, Reporter, Signal, Subject
from meldroute.vault.keys import KeyGone, opened
from meldroute.web.tables import ITEM, TENANT
from people_here import acting, here, user

CANARY = "kanarie-in-de-keuken"
TOLD = {
    "urgency": "none",
    "what": f"Vier matrassen boven de {CANARY}. Zij heeft een depressie, BSN 111222333.",
    "where": "Voorbeeldstraat 12, https://advertentie.voorbeeld.nl/kamer",
    "when": "gisteravond",
    "truth": "fact",
    "source": "",
    "forms_seen": "labour",
    "reach": "bel mij overdag",
    "mail_safe": "on",
    "wants_feedback": "on",
}
FORM, CHECK, DRAFT = (reverse(f"intake:report-{name}") for name in ("form", "check", "draft"))
ASK = reverse("intake:report")


def entered(client: Client, name: str = "melder") -> Client:
    client.force_login(user(name))
    return client


def now(name: str = "meldpunt") -> object:
    return unit(acting(name, at=datetime.now(UTC)))


def reported(client: Client, **changes: object) -> object:
    """Through the form and the check page, to the receipt."""
    assert client.post(FORM, TOLD | changes).headers["Location"] == CHECK
    return client.post(CHECK, {"send": "ja"})


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_who_may_report(client: Client, role: Role) -> None:
    Membership.objects.filter(user=user("melder")).update(role=role)
    expected = 200 if role in MAY_REPORT else 403
    assert entered(client).get(ASK).status_code == expected
    assert (client.post(FORM, TOLD).status_code == 302) is (expected == 200)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "phone"), [("danger", "112"), ("minor", "0800-2000"), ("victim", "0900-8844"), ("none", "")]
)
def test_urgency_comes_first_and_saves_nothing(client: Client, answer: str, phone: str) -> None:
    entered(client)
    assert client.get(FORM).headers["Location"] == ASK
    assert client.get(FORM, {"spoed": "onzin"}).headers["Location"] == ASK
    assert client.post(DRAFT, {"what": CANARY}).status_code == 400
    assert client.post(FORM, {name: value for name, value in TOLD.items() if name != "urgency"}).status_code == 302
    shown = client.post(ASK, {"urgency": answer})
    onward = f"{FORM}?spoed={answer}"
    if phone:
        assert f'href="tel:{phone.replace("-", "")}">{phone}' in shown.content.decode()
        assert onward in shown.content.decode()
    else:
        assert shown.headers["Location"] == onward
    with now("melder"):
        assert not Draft.objects.exists()
        assert not Signal.objects.exists()
    assert client.get(onward).status_code == 200


@pytest.mark.django_db
def test_a_report_becomes_a_signal_in_received_that_the_reporter_sees_only_by_number(client: Client) -> None:
    done = reported(entered(client))
    receipt = client.get(done.headers["Location"]).content.decode()
    with now() as by:
        signal = Signal.objects.get()
        assert signal.reference in receipt
        assert (signal.state, signal.channel) == (State.RECEIVED, Channel.INTERNAL_FORM)
        assert signal.handler_id is None
        assert signal.urgency_asked
        reporter = signal.reporters.get()
        assert (reporter.user_id, reporter.source_kind) == (user("melder").id, SourceKind.OFFICIAL)
        assert (reporter.name, reporter.how_safe) == (user("melder").name, "bel mij overdag")
        facts = {one.category: one.text for one in signal.observations.all()}
        assert CANARY in facts[Category.NARRATIVE]
        assert "gisteravond" in facts[Category.NARRATIVE]
        assert "Voorbeeldstraat 12" in facts[Category.PLACE]
        assert {one.kind for one in signal.subjects.all()} == {"address", "website"}
        assert signal.lookups.count() == 2
        assert by.user_id != reporter.user_id
    with now("melder"):
        assert [one.kind for one in Access.objects.all()] == [AccessKind.REPORTED]
        assert not Subject.objects.exists()
        assert not Signal.objects.get().observations.exists()
        assert not Draft.objects.exists()
    mine = client.get(reverse("route:mine")).content.decode()
    assert signal.reference in mine
    assert CANARY not in mine
    assert client.get(reverse("route:file", args=[signal.id])).status_code in (403, 404)


@pytest.mark.django_db
def test_the_answer_about_urgency_stands_in_the_timeline(client: Client) -> None:
    reported(entered(client), urgency="minor")
    with now():
        signal = Signal.objects.get()
        assert signal.minor_possible
        assert signal.timeline.get(kind="signal.urgency").told == {"urgency": Urgency.MINOR}
    entered(client, "meldpunt")
    shown = client.get(reverse("route:timeline", args=[signal.id])).content.decode()
    assert "Iemand is jonger dan 18" in shown


@pytest.mark.django_db
def test_sending_twice_makes_one_signal(client: Client) -> None:
    reported(entered(client))
    assert client.post(CHECK, {"send": "ja"}).headers["Location"] == ASK
    with now():
        assert Signal.objects.count() == 1


@pytest.mark.django_db
def test_the_draft_survives_logging_out_and_half_a_form(client: Client) -> None:
    answer = entered(client).post(DRAFT, {"urgency": "none", "what": CANARY, "truth": "hearsay"})
    assert answer.json()["saved_at"]
    client.logout()
    shown = entered(client).get(ASK).content.decode()
    assert "staat klaar" in shown
    form = client.get(FORM, {"spoed": "none"}).context["form"]
    assert form["what"].value() == CANARY
    assert form["truth"].value() == "hearsay"
    wrong = client.post(FORM, TOLD | {"where": "", "truth": "hearsay"})
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == {"where", "source"}
    with now("melder"):
        assert Draft.objects.get().body["when"] == "gisteravond"


@pytest.mark.django_db
def test_a_draft_is_nobody_elses(client: Client) -> None:
    entered(client).post(DRAFT, {"urgency": "none", "what": CANARY})
    with now():
        assert not Draft.objects.exists()
    assert CANARY not in entered(client, "handhaver").get(FORM, {"spoed": "none"}).content.decode()
    with connection.cursor() as cursor, system(here().id, datetime.now(UTC)):
        cursor.execute("SELECT body FROM intake_draft")
        assert CANARY.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_an_old_draft_goes_with_its_key_and_files(client: Client) -> None:
    entered(client).post(FORM, TOLD | {"attachments": SimpleUploadedFile("a.txt", b"bijlage")})
    with now("melder"):
        draft = Draft.objects.get()
    lasts = timedelta(days=limit("draft_days"))
    forget_due(here().id, draft.saved_at + lasts - timedelta(minutes=1))
    with now("melder"):
        assert Draft.objects.exists()
    forget_due(here().id, draft.saved_at + lasts)
    with now("melder"):
        assert not Draft.objects.exists()
        with pytest.raises(KeyGone):
            opened(draft.key_id)
    with connection.cursor() as cursor, system(here().id, datetime.now(UTC)):
        cursor.execute("SELECT count(*) FROM vault_chunk WHERE key_id = %s", [draft.key_id])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_throwing_away_sends_nothing(client: Client) -> None:
    entered(client).post(FORM, TOLD)
    assert client.post(CHECK, {"throw_away": "ja"}).headers["Location"] == ASK
    with now("melder"):
        assert not Draft.objects.exists()
    with now():
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_what_is_too_much_is_shown_and_taken_out_with_one_click(client: Client) -> None:
    entered(client).post(FORM, TOLD)
    hints = client.get(CHECK).context["hints"]
    assert {hint["words"] for hint in hints} >= {"111222333", "depressie"}
    while hints:
        assert client.post(CHECK, {"remove": hints[0]["value"]}).headers["Location"] == CHECK
        hints = client.get(CHECK).context["hints"]
    client.post(CHECK, {"send": "ja"})
    with now():
        told = " ".join(one.text for one in Signal.objects.get().observations.all())
        assert "111222333" not in told
        assert "depressie" not in told
        assert "[BSN]" in told
        assert CANARY in told


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["what:0-3", "what:", "urgency:0-1", "", "what:999-1000"])
def test_only_a_hint_that_is_there_is_taken_out(client: Client, which: str) -> None:
    entered(client).post(FORM, TOLD)
    client.post(CHECK, {"remove": which})
    with now("melder"):
        assert Draft.objects.get().body["what"] == TOLD["what"]


@pytest.mark.django_db
def test_a_hint_never_blocks(client: Client) -> None:
    assert "melden/ontvangen" in reported(entered(client)).headers["Location"]


@pytest.mark.django_db
def test_files_wait_with_the_draft_and_go_along_typed_by_their_content(client: Client) -> None:
    pdf = SimpleUploadedFile("../../foto.jpg", b"%PDF-1.4 oefening")
    text = SimpleUploadedFile("notitie.txt", CANARY.encode())
    entered(client).post(FORM, TOLD | {"attachments": [pdf, text]})
    shown = client.get(CHECK)
    assert [one["type"] for one in shown.context["files"]] == ["application/pdf", "text/plain"]
    client.post(CHECK, {"remove_file": "1"})
    client.post(CHECK, {"send": "ja"})
    with now():
        signal = Signal.objects.get()
        kept = signal.attachments.get()
        assert (kept.name, kept.content_type) == ("foto.jpg", "application/pdf")
        assert kept.key_id == signal.key_id


@pytest.mark.django_db
def test_files_of_more_than_25_mb_are_refused_and_the_words_are_kept(client: Client) -> None:
    large = SimpleUploadedFile("groot.bin", b"\0" * (25 * 1024 * 1024 + 1))
    refused = entered(client).post(FORM, TOLD | {"attachments": large})
    assert refused.status_code == 200
    assert "25 MB" in str(refused.context["form"].errors["attachments"])
    with now("melder"):
        assert CANARY in Draft.objects.get().body["what"]
    just = SimpleUploadedFile("net.bin", b"\0" * (25 * 1024 * 1024))
    assert client.post(FORM, TOLD | {"attachments": just}).status_code == 302
    more = client.post(FORM, TOLD | {"attachments": SimpleUploadedFile("nog.txt", b"x")})
    assert more.status_code == 200
    assert "25 MB" in more.content.decode()


@pytest.mark.django_db
def test_about_a_colleague_nobody_but_the_trusted_readers_sees_it(client: Client) -> None:
    done = reported(entered(client), about_colleague="on", attachments=SimpleUploadedFile("a.txt", b"x"))
    assert client.get(done.headers["Location"]).status_code == 200
    with now():
        assert not Signal.objects.exists()
        assert not Reporter.objects.exists()
    with now("integriteit"):
        signal = Signal.objects.get()
        assert signal.sealed
        assert signal.observations.count() == 2
        assert signal.subjects.count() == 2
        assert signal.attachments.count() == 1
        assert not Outgoing.objects.exists()
    with now("melder"):
        assert Signal.objects.get().id == signal.id
        assert not Signal.objects.get().observations.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("safe", "mails"), [("on", 1), ("", 0)])
def test_a_colleague_gets_the_receipt_by_mail_only_when_that_is_safe(client: Client, safe: str, mails: int) -> None:
    User.objects.filter(email="melder@oefen.example").update(email="daan@heemstede.oefen.example")
    client.force_login(User.objects.get(email="daan@heemstede.oefen.example"))
    reported(client, mail_safe=safe)
    with now():
        receipt = Signal.objects.get().feedbacks.get(kind=FeedbackKind.RECEIPT)
        assert bool(receipt.given_at) is bool(mails)
        assert Outgoing.objects.count() == mails
        assert Signal.objects.get().reporters.get().mail == "daan@heemstede.oefen.example"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "kind", "channel"),
    [
        ("handhaver", SourceKind.ENFORCEMENT, Channel.INTERNAL_FORM),
        ("zorgcoordinator", SourceKind.CARE, Channel.PARTNER_FORM),
        ("meldpunt", SourceKind.OFFICIAL, Channel.INTERNAL_FORM),
    ],
)
def test_the_source_follows_the_role(client: Client, who: str, kind: SourceKind, channel: Channel) -> None:
    reported(entered(client, who))
    with now():
        signal = Signal.objects.get()
        assert (signal.source_kind, signal.channel) == (kind, channel)
        assert bool(signal.reporters.get().organisation_id) is (kind is SourceKind.CARE)


@pytest.mark.django_db
def test_the_receipt_of_somebody_else_is_absent(client: Client) -> None:
    done = reported(entered(client))
    assert entered(client, "handhaver").get(done.headers["Location"]).status_code == 404
    assert entered(client, "meldpunt").get(done.headers["Location"]).status_code == 404


@pytest.mark.django_db
def test_the_meldpunt_registers_it_from_the_file(client: Client) -> None:
    reported(entered(client))
    with now():
        signal = Signal.objects.get()
    entered(client, "meldpunt")
    assert client.get(reverse("route:file", args=[signal.id])).status_code == 200
    data = {"besluit": "register", "version": signal.version, "reason": "past bij de meldroute"}
    answer = client.post(reverse("route:decide", args=[signal.id]), data)
    assert answer.status_code == 302
    with now():
        assert Signal.objects.get().state == State.REGISTERED


@pytest.mark.django_db
def test_without_script_the_hint_for_the_loket_is_there_and_no_search_bar(client: Client) -> None:
    for address in (ASK, f"{FORM}?spoed=none"):
        shown = entered(client).get(address).content.decode()
        assert "Leg uw vraag eerst zonder namen voor" in shown
        assert 'role="search"' not in shown


@pytest.mark.django_db
def test_a_reader_of_the_file_finds_who_reported_nowhere(client: Client) -> None:
    """Not by name on a page, not by account or words in a row that the database lets this reader see."""
    made = entered(client)
    reported(made, attachments=SimpleUploadedFile("a.txt", b"bijlage"))
    made.get(reverse("route:mine"))
    with now() as by:
        signal = Signal.objects.get()
        give = access.give(by=by, signal=signal, user_id=user("bwt").id, until=by.today, why="controle")
    told, hidden = {"signal_id": signal.id}, user("melder")
    entered(client, "bwt")
    for page in ("file", "timeline"):
        shown = client.get(reverse(f"route:{page}", kwargs=told)).content.decode()
        assert hidden.name not in shown
        assert "de melder" in shown
    with now("bwt"), connection.cursor() as cursor:
        assert str(give.id) in seen(cursor, "route_access")
        assert [row.kind for row in Access.objects.raw("SELECT * FROM mr_readers(%s)", [signal.id])] == ["file"]
        assert [table for table in sorted(TENANT | ITEM) if str(hidden.id) in seen(cursor, table)] == NAMED_TO_READERS


NAMED_TO_READERS = ["journal_entry"]
"""Where the account stands all the same: the journal says who did what, and its wall is the municipality."""


def seen(cursor: CursorWrapper, table: str) -> str:
    """Every row of the table that the asker sees, as text."""
    cursor.execute(f"SELECT coalesce(string_agg(row_to_json(t)::text, ' '), '') FROM {table} t")
    return str(cursor.fetchone()[0])
