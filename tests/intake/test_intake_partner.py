"""Links for partners: signed, bound to one organisation, used so often and until then, and never more."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from intake.test_intake_ledger import race
from meldroute.domain.vocabulary import Channel, Role, SourceKind, State
from meldroute.intake.actions import links
from meldroute.intake.models import Draft, PartnerLink
from meldroute.intake.policies import limit
from meldroute.journal.chain import verify
from meldroute.people.models import Membership, Organisation
from meldroute.people.unit import system, unit
from meldroute.route.models import Access, Signal
from people_here import acting, here, user

CANARY = "kanarie-in-de-keuken"
TOLD = {
    "urgency": "none",
    "what": f"Vier matrassen boven de {CANARY}",
    "where": "Voorbeeldstraat 12",
    "when": "gisteravond",
    "truth": "impression",
    "name": "Hanna de Graaf",
    "mail": "hanna@hvo-querido.oefen.example",
    "reach": "mailen mag",
    "mail_safe": "on",
    "wants_feedback": "on",
}


def a_link(*, days: int = 7, uses: int = 1, partner: str = "HVO-Querido", at: datetime | None = None) -> PartnerLink:
    with unit(acting(at=at or datetime.now(UTC))) as by:
        organisation = Organisation.objects.get(name=partner)
        return links.make(by=by, organisation=organisation, days=days, uses=uses)


def ask_url(link: PartnerLink) -> str:
    return reverse("intake:partner", args=[links.token_of(link)])


def form_url(client: Client, link: PartnerLink) -> str:
    """Through the question about urgency to a form of its own."""
    return str(client.post(ask_url(link), {"urgency": "none"}).headers["Location"]).partition("?")[0]


def sent(client: Client, link: PartnerLink, **changes: object) -> object:
    address = form_url(client, link)
    check = client.post(address, TOLD | changes).headers["Location"]
    return client.post(check, {"send": "ja"})


@pytest.mark.django_db
def test_a_partner_reports_without_an_account(client: Client) -> None:
    link = a_link()
    done = sent(client, link, attachments=SimpleUploadedFile("a.txt", CANARY.encode()))
    receipt = client.get(done.headers["Location"]).content.decode()
    with unit(acting(at=datetime.now(UTC))):
        signal = Signal.objects.get()
        assert signal.reference in receipt
        assert (signal.state, signal.channel) == (State.RECEIVED, Channel.PARTNER_FORM)
        assert signal.source_kind == SourceKind.CARE
        reporter = signal.reporters.get()
        assert (reporter.name, reporter.organisation_id) == ("Hanna de Graaf", link.organisation_id)
        assert reporter.user_id is None
        assert signal.attachments.get().key_id == signal.key_id
        assert signal.subjects.get().told["street"] == "Voorbeeldstraat"
        assert PartnerLink.objects.get().uses_left == 0
        assert not [one for one in Access.objects.all() if one.ended_at is None]
    with system(here().id, datetime.now(UTC)):
        assert not Draft.objects.exists()
        assert verify(here().id)[1] is None


@pytest.mark.django_db
def test_about_a_colleague_it_is_sealed_for_the_meldpunt_too(client: Client) -> None:
    assert sent(client, a_link(), about_colleague="on").status_code == 302
    with unit(acting(at=datetime.now(UTC))):
        assert not Signal.objects.exists()
    with unit(acting("integriteit", at=datetime.now(UTC))):
        assert Signal.objects.get().observations.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expires_at": datetime.now(UTC)}, "verlopen"),
        ({"uses_left": 0}, "al gebruikt"),
        ({"ended_at": datetime.now(UTC)}, "beëindigd"),
    ],
)
def test_a_link_that_is_over_says_why_and_whom_to_call(client: Client, changes: dict, says: str) -> None:
    link = a_link()
    address = form_url(client, link)
    with unit(acting(at=datetime.now(UTC))):
        PartnerLink.objects.filter(id=link.id).update(**changes)
    for url in (ask_url(link), address, address.replace("formulier", "nakijken")):
        shown = client.get(url)
        assert shown.status_code == 410
        assert says in shown.content.decode()
        assert here().meldpunt_phone in shown.content.decode()
    assert client.post(address.replace("formulier", "concept"), TOLD).status_code == 410
    with unit(acting(at=datetime.now(UTC))):
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_a_partner_that_is_no_partner_any_more_is_out(client: Client) -> None:
    link = a_link()
    with unit(acting(at=datetime.now(UTC))):
        Organisation.objects.filter(id=link.organisation_id).update(ended_on="2026-01-01")
    assert client.get(ask_url(link)).status_code == 410


@pytest.mark.django_db
def test_a_forged_link_is_no_link(client: Client) -> None:
    link, other = a_link(), a_link(partner="GGD")
    token = links.token_of(link)
    raw = base64.urlsafe_b64decode(token)
    stolen = base64.urlsafe_b64decode(links.token_of(other))
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        base64.urlsafe_b64encode(raw[:16] + stolen[16:32] + raw[32:]).decode(),
        base64.urlsafe_b64encode(here("BD").id.bytes + raw[16:]).decode(),
        base64.urlsafe_b64encode(raw[:32]).decode(),
        token + "AAAA",
        str(link.id),
        "x",
        "é" * 10,
    ]
    for one in forged:
        shown = client.get(reverse("intake:partner", args=[one]))
        assert shown.status_code == 404, one
        assert "klopt niet" in shown.content.decode()


@pytest.mark.django_db
def test_a_link_counts_each_report_and_drafts_of_the_same_link_stay_apart(client: Client) -> None:
    link = a_link(uses=2)
    first, second = form_url(client, link), form_url(Client(), link)
    assert first != second
    client.post(first.replace("formulier", "concept"), TOLD)
    assert CANARY not in client.get(second, {"spoed": "none"}).content.decode()
    assert CANARY in client.get(first, {"spoed": "none"}).content.decode()
    assert sent(client, link).status_code == 302
    assert sent(client, link).status_code == 302
    assert client.get(ask_url(link)).status_code == 410
    with unit(acting(at=datetime.now(UTC))):
        assert Signal.objects.count() == 2


@pytest.mark.usefixtures("committed")
def test_the_last_use_is_used_once_by_two_at_once() -> None:
    link = a_link(uses=1)
    checks = []
    for _ in range(2):
        client = Client()
        checks.append((client, client.post(form_url(client, link), TOLD).headers["Location"]))
    connections.close_all()

    def send(client: Client, check: str) -> Callable[[], int]:
        return lambda: client.post(check, {"send": "ja"}).status_code

    statuses = race(*(send(client, check) for client, check in checks))
    assert 302 in statuses
    with unit(acting(at=datetime.now(UTC))):
        assert Signal.objects.count() == 1
        assert PartnerLink.objects.get().uses_left == 0


@pytest.mark.django_db
def test_a_leaked_link_cannot_fill_the_storage(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meldroute.intake.actions.drafts.limit", lambda name: 1 if "open" in name else limit(name))
    link = a_link()
    first, second = form_url(client, link), form_url(client, link)
    assert client.post(first, TOLD).status_code == 302
    refused = client.post(second, TOLD)
    assert refused.status_code == 200
    assert "te veel onverzonden" in refused.content.decode()


@pytest.mark.django_db
def test_somebody_who_is_logged_in_reports_as_the_partner_and_not_as_themselves(client: Client) -> None:
    client.force_login(user("bloemendaal"))
    assert sent(client, a_link()).status_code == 302
    with unit(acting(at=datetime.now(UTC))):
        assert Signal.objects.get().reporters.get().user_id is None


@pytest.mark.django_db
def test_the_meldpunt_makes_a_link_sees_it_once_and_ends_it(client: Client) -> None:
    client.force_login(user("meldpunt"))
    with unit(acting(at=datetime.now(UTC))):
        partner = Organisation.objects.get(name="GGD")
    page = reverse("intake:partner-links")
    data = {"organisation": str(partner.id), "days": 3, "uses": 2}
    assert client.post(page, data).headers["Location"] == page
    with unit(acting(at=datetime.now(UTC))):
        link = PartnerLink.objects.get()
    assert links.token_of(link) in client.get(page).content.decode()
    again = client.get(page).content.decode()
    assert links.token_of(link) not in again
    assert "GGD" in again
    assert Client().get(ask_url(link)).status_code == 200
    assert client.post(reverse("intake:partner-link-end", args=[link.id])).status_code == 302
    assert Client().get(ask_url(link)).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{"days": 91}, {"days": 0}, {"uses": 21}, {"uses": 0}, {"organisation": ""}])
def test_a_link_has_a_partner_an_end_and_a_most(client: Client, data: dict) -> None:
    client.force_login(user("meldpunt"))
    with unit(acting(at=datetime.now(UTC))):
        partner = Organisation.objects.get(name="GGD")
    asked = {"organisation": str(partner.id), "days": 3, "uses": 2} | data
    assert client.post(reverse("intake:partner-links"), asked).status_code == 200
    with unit(acting(at=datetime.now(UTC))):
        assert not PartnerLink.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MELDPUNT])
def test_only_the_meldpunt_gives_links(client: Client, role: Role) -> None:
    link = a_link()
    Membership.objects.filter(user=user("melder")).update(role=role)
    client.force_login(user("melder"))
    assert client.get(reverse("intake:partner-links")).status_code == 403
    assert client.post(reverse("intake:partner-link-end", args=[link.id])).status_code == 403


@pytest.mark.django_db
def test_another_municipality_cannot_end_a_link(client: Client) -> None:
    link = a_link()
    client.force_login(user("bloemendaal"))
    assert client.post(reverse("intake:partner-link-end", args=[link.id])).status_code == 404


@pytest.mark.django_db
def test_a_link_works_through_its_last_day() -> None:
    at = datetime(2026, 3, 27, 9, tzinfo=UTC)
    link = a_link(days=2, at=at)
    last = datetime(2026, 3, 29, 22, tzinfo=UTC)  # midnight in Amsterdam, after the change to summer time
    with unit(acting(at=at)):
        assert links.works(link, last - timedelta(minutes=1))
        assert not links.works(link, last)
