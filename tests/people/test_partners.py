"""What a municipality says of itself, and its partners: who may change it, what is refused, what it opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Recipient, SourceKind
from meldroute.journal.models import Entry
from meldroute.people import partners
from meldroute.people.models import Organisation
from meldroute.people.partner_forms import PartnerForm
from meldroute.people.unit import unit
from people_here import acting, here, user

PARTNER: dict[str, Any] = {
    "name": "Opvang Voorbeeld",
    "source": SourceKind.CARE.value,
    "recipient": "",
    "mail_domains": ["opvang.oefen.example"],
    "mail": "info@opvang.oefen.example",
    "phone": "",
    "about": "Belt bij twijfel.",
}
NOT = ("melder", "handhaver", "privacy", "proceseigenaar", "fg", "burgemeester", "analist")


def added() -> Organisation:
    with unit(acting("meldpunt")) as by:
        return partners.add(by=by, told=PARTNER)


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def acts() -> list[tuple[str, list[str]]]:
    with unit(acting("fg")):
        return list(Entry.objects.filter(act__startswith="partner.").order_by("seq").values_list("act", "fields"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NOT)
def test_only_those_who_keep_partners_change_them(name: str) -> None:
    row = added()
    for change in (
        lambda by: partners.add(by=by, told=PARTNER),
        lambda by: partners.change(by=by, partner=row, told=PARTNER | {"name": "Anders"}),
        lambda by: partners.end(by=by, partner=row, on=by.today),
        lambda by: partners.settle(by=by, told={}),
    ):
        with pytest.raises(Refused), unit(acting(name)) as by:
            change(by)


@pytest.mark.django_db
def test_the_meldpunt_keeps_partners_but_not_the_municipality() -> None:
    with pytest.raises(Refused), unit(acting("meldpunt")) as by:
        partners.settle(by=by, told={})


@pytest.mark.django_db
def test_a_change_names_its_fields_in_the_journal_and_a_partner_can_come_back() -> None:
    row = added()
    with unit(acting("meldpunt")) as by:
        partners.change(by=by, partner=row, told=PARTNER | {"phone": "0612345678", "about": ""})
        partners.end(by=by, partner=row, on=by.today)
        partners.end(by=by, partner=row, on=None)
        assert Organisation.objects.get(id=row.id).ended_on is None
    changed = ("partner.change", ["phone", "about"])
    assert acts() == [("partner.add", []), changed, ("partner.end", []), ("partner.resume", [])]


@pytest.mark.django_db
def test_a_partner_of_one_municipality_is_nobody_in_the_next() -> None:
    row = added()
    with unit(acting("bloemendaal", code="BD")):
        assert not Organisation.objects.filter(id=row.id).exists()
    assert client_of("bloemendaal").get(reverse("people:partner", args=[row.id])).status_code in {403, 404}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"mail_domains": "hvo querido"}, "hvo is geen maildomein"),
        ({"mail_domains": "https://hvo.example"}, "geen maildomein"),
        ({"mail_domains": "jan@hvo.example"}, "geen maildomein"),
        ({"name": ""}, "verplicht"),
        ({"mail": "geen adres"}, "e-mailadres"),
        ({"source": SourceKind.MMA.value}, "geldige"),
        ({"recipient": Recipient.REPORTER.value}, "geldige"),
    ],
)
def test_what_is_wrong_is_said_in_dutch(told: dict[str, str], wrong: str) -> None:
    form = PartnerForm(PARTNER | {"mail_domains": "@Opvang.oefen.example, tweede.example\n"} | told)
    assert not form.is_valid()
    assert wrong in str(form.errors)


def test_domains_are_taken_in_every_way_people_write_them() -> None:
    form = PartnerForm(PARTNER | {"mail_domains": "@Opvang.oefen.example, tweede.example\n tweede.example"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["mail_domains"] == ["opvang.oefen.example", "tweede.example"]


@pytest.mark.django_db
def test_the_pages_keep_what_was_typed_and_say_what_happened() -> None:
    client = client_of("meldpunt")
    wrong = client.post(reverse("people:partner-add"), PARTNER | {"mail_domains": "kapot"})
    assert wrong.status_code == 200
    assert "Opvang Voorbeeld" in wrong.content.decode()
    sent = PARTNER | {"mail_domains": "opvang.oefen.example"}
    done = client.post(reverse("people:partner-add"), sent, follow=True).content.decode()
    assert "Opvang Voorbeeld staat nu bij de partners" in done
    with unit(acting("meldpunt")):
        row = Organisation.objects.get(name="Opvang Voorbeeld")
    assert "Belt bij twijfel." in client.get(reverse("people:partner", args=[row.id])).content.decode()
    ended = client.post(reverse("people:partner-end", args=[row.id]), follow=True).content.decode()
    assert "De samenwerking met Opvang Voorbeeld is beëindigd" in ended
    back = client.post(reverse("people:partner-end", args=[row.id]), follow=True).content.decode()
    assert "Opvang Voorbeeld doet weer mee" in back


def test_meld_misdaad_anoniem_keeps_its_kind_and_nobody_else_gets_it() -> None:
    told = PARTNER | {"source": SourceKind.MMA.value, "mail_domains": ""}
    assert PartnerForm(told, initial={"source": SourceKind.MMA.value}).is_valid()
    assert not PartnerForm(told, initial={"source": SourceKind.CARE.value}).is_valid()


@pytest.mark.django_db
def test_contract_and_protocol_open_the_channel_of_meld_misdaad_anoniem() -> None:
    client = client_of("beheer")
    page = reverse("people:municipality")
    told = {"name": "Heemstede", "mail_domains": "heemstede.oefen.example", "mma_contract_on": "2026-01-02"}
    assert client.post(page, told).status_code == 302
    assert not here().mma_open
    assert client.post(page, told | {"mma_protocol_on": "2026-02-03"}).status_code == 302
    assert here().mma_open
    assert here().mail_domains == ["heemstede.oefen.example"]
    assert client_of("meldpunt").get(page).status_code == 403
