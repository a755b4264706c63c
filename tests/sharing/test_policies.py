"""Beleid: a municipality reads, hands in and adopts its policy; what is wrong is said, what is stale is refused."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meldroute.domain.policy import PolicyError
from meldroute.domain.terms import RECEIPT
from meldroute.domain.verdict import Refused
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route.terms import terms_of
from meldroute.sharing import actions
from meldroute.sharing.actions import PROPOSAL, Wanted, policy, settle
from meldroute.sharing.models import PolicyKind
from meldroute.sharing.parsing import plain, read, write
from people_here import acting, here, user

FILES = Path(__file__).resolve().parents[2] / "policies"
TODAY = date(2026, 11, 23)
DECISION = "college, 12 januari 2027, besluit 2027-14"
READS = {"meldpunt", "integriteit", "privacy", "proceseigenaar", "fg"}
EVERYBODY = (*sorted(READS), "melder", "handhaver", "burgemeester", "politie", "riec", "analist", "beheer")


def shipped(kind: PolicyKind) -> str:
    return (FILES / f"{kind.value}.toml").read_text(encoding="utf-8")


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def receipt_in(days: int) -> str:
    """The shipped terms with another term for the receipt."""
    body = plain(tomllib.loads(shipped(PolicyKind.TERMS)))
    next(row for row in body["term"] if row.get("duty") == RECEIPT)["working_days"] = days
    return write(body)


@pytest.mark.parametrize("kind", list(PolicyKind))
def test_what_is_written_reads_back_the_same(kind: PolicyKind) -> None:
    body = read(kind, shipped(kind), today=TODAY)
    assert read(kind, write(body), today=TODAY) == body


BROKEN: list[tuple[PolicyKind, str, str, str]] = [
    (PolicyKind.TERMS, "working_days = 2", "working_days = ", "regel 7, teken 16 geen goede TOML"),
    (PolicyKind.TERMS, "working_days = 2", 'working_days = "twee"', "regel ontvangstbericht, veld working_days"),
    (PolicyKind.TERMS, "working_days = 2", "", "regel ontvangstbericht, veld working_days: ontbreekt"),
    (PolicyKind.TERMS, 'duty = "receipt"', 'duty = "ontvangst"', "regel ontvangstbericht, veld duty"),
    (PolicyKind.TERMS, "[[term]]", "[[termijn]]", "termijn hoort niet in: termijnen"),
    (PolicyKind.TERMS, 'id = "tussenbericht"', 'id = "ontvangstbericht"', "regel ontvangstbericht, veld id"),
    (PolicyKind.WEIGHINGS, 'code = "2a"\ncheck = false', 'code = "2b"\ncheck = false', "geen formulier voor"),
    (PolicyKind.WEIGHINGS, 'opens = ["yes", "unclear"]', 'opens = ["misschien"]', "veld opens"),
    (PolicyKind.SHARING, "AVG art. 6 lid 1 onder e; ", "", "veld ground_6"),
    (PolicyKind.SHARING, 'recipient = "signalenoverleg"', 'recipient = "buurman"', "veld recipient"),
    (PolicyKind.SOURCES, 'source = "', 'bron = "', "veld source: ontbreekt"),
    (PolicyKind.FORMS, 'form = "labour"', 'form = "arbeid"', "veld form"),
    (PolicyKind.INDICATORS, "setting = ", "plek = ", "veld setting: ontbreekt"),
    (PolicyKind.HOLIDAYS, '"2024-01-01"', '"1 januari 2024"', "regel nieuwjaarsdag, veld dates"),
    (PolicyKind.FEEDBACK, 'standing = "registered"', "", "veld 'standing' ontbreekt"),
    (PolicyKind.FEEDBACK, 'standing = "registered"', 'standing = "klaar"', "verkeerde soort"),
    (PolicyKind.FEEDBACK, "Op {reported_on}", "Van {melder}", "onbekende invulplek: melder"),
]


@pytest.mark.parametrize(("kind", "was", "becomes", "says"), BROKEN)
def test_a_broken_file_is_refused_with_its_place(kind: PolicyKind, was: str, becomes: str, says: str) -> None:
    text = shipped(kind)
    assert was in text
    with pytest.raises(PolicyError) as error:
        read(kind, text.replace(was, becomes, 1), today=TODAY)
    assert says in str(error.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERYBODY)
def test_who_reads_the_policy(name: str) -> None:
    answer = client_of(name).get(reverse("sharing:policies"))
    assert answer.status_code == (200 if name in READS else 403)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(PolicyKind))
def test_every_policy_has_a_page_that_says_it_is_a_proposal_and_a_file(kind: PolicyKind) -> None:
    client = client_of("privacy")
    page = client.get(reverse("sharing:policy", args=[kind])).content.decode()
    assert "voorstel" in page
    file = client.get(reverse("sharing:policy-file", args=[kind]))
    assert "attachment" in file["Content-Disposition"]
    assert read(kind, file.content.decode(), today=TODAY) == policy(here().id, kind).body


@pytest.mark.django_db
def test_a_search_finds_rows_and_says_so_when_there_are_none() -> None:
    client = client_of("fg")
    page = reverse("sharing:policy", args=["terms"])
    found = client.get(page, {"zoek": "driehoek tussenbericht"})
    assert "Geen regels" in found.content.decode()
    assert [told["key"] for told in client.get(page, {"zoek": "TUSSENBERICHT"}).context["page"]] == ["tussenbericht"]
    assert "Geen regels gevonden" in client.get(page, {"zoek": "bestaat niet"}).content.decode()
    assert client.get(page, {"versie": "99"}).status_code == 404
    assert client.get(page, {"versie": "9" * 40}).status_code == 404
    assert client.get(reverse("sharing:policy", args=["onbekend"])).status_code == 404


@pytest.mark.django_db
def test_a_new_version_is_compared_then_counts_and_the_route_follows() -> None:
    client, page = client_of("proceseigenaar"), reverse("sharing:policy-new", args=["terms"])
    file = SimpleUploadedFile("terms.toml", receipt_in(5).encode(), "application/toml")
    shown = client.post(page, {"file": file}).content.decode()
    assert "1 regel verandert." in shown
    assert policy(here().id, PolicyKind.TERMS).version == 1
    told = {"text": receipt_in(5), "after": "1", "decision": DECISION}
    done = client.post(reverse("sharing:policy-adopt", args=["terms"]), told, follow=True).content.decode()
    assert "Versie 2 geldt vanaf nu." in done
    assert f"vastgesteld: {DECISION}" in done
    assert terms_of(here().id).named[RECEIPT] == 5
    assert all(row["status"] == "adopted" for row in policy(here().id, PolicyKind.TERMS).body["term"])
    assert policy(here().id, PolicyKind.TERMS, 1).status == PROPOSAL
    with unit(acting("bloemendaal", code="BD")):
        assert terms_of(here("BD").id).named[RECEIPT] == 2
    with unit(acting("fg")):
        assert Entry.objects.filter(act="policy.adopt", fields=["terms"], actor=user("proceseigenaar").id).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["privacy", "fg"])
def test_who_advises_compares_but_cannot_make_it_count(name: str) -> None:
    client = client_of(name)
    shown = client.post(reverse("sharing:policy-new", args=["terms"]), {"text": receipt_in(5)}).content.decode()
    assert "1 regel verandert." in shown
    assert "De proceseigenaar laat een nieuwe versie gelden" in shown
    told = {"text": receipt_in(5), "after": "1"}
    assert client.post(reverse("sharing:policy-adopt", args=["terms"]), told).status_code == 403
    with pytest.raises(Refused), unit(acting(name)) as by:
        settle(by=by, wanted=Wanted(PolicyKind.TERMS, {}, after=1))


@pytest.mark.django_db
def test_what_was_typed_stays_when_it_is_wrong() -> None:
    client, new = client_of("proceseigenaar"), reverse("sharing:policy-new", args=["terms"])
    page = client.post(new, {"text": "[[term]]\nid = zonder aanhalingstekens"}).content.decode()
    assert "Dit kan nog niet gelden" in page
    assert "id = zonder aanhalingstekens" in page
    none = client.post(new, {}).content.decode()
    assert "Kies een bestand of vul de tekst in." in none
    bytes_of = SimpleUploadedFile("plaatje.png", b"\x89PNG\xff\xfe", "image/png")
    assert "geen tekst" in client.post(new, {"file": bytes_of}).content.decode()


@pytest.mark.django_db
def test_who_compared_with_an_older_version_compares_again() -> None:
    client, page = client_of("proceseigenaar"), reverse("sharing:policy-adopt", args=["terms"])
    client.post(page, {"text": receipt_in(5), "after": "1"})
    late = client.post(page, {"text": receipt_in(7), "after": "1", "decision": DECISION}).content.decode()
    assert "Intussen is er een nieuwere versie. Vergelijk opnieuw." in late
    assert DECISION in late
    assert terms_of(here().id).named[RECEIPT] == 5


@pytest.mark.django_db
def test_two_at_once_for_one_number_have_one_winner(monkeypatch: pytest.MonkeyPatch) -> None:
    with unit(acting("proceseigenaar")) as by:
        body = policy(by.place, PolicyKind.TERMS).body
        settle(by=by, wanted=Wanted(PolicyKind.TERMS, body, after=1))
        as_seen_before = policy(here().id, PolicyKind.TERMS, 1)
        monkeypatch.setattr(actions, "policy", lambda *_: as_seen_before)
        with pytest.raises(Refused, match="nieuwere versie"):
            settle(by=by, wanted=Wanted(PolicyKind.TERMS, body, after=1))


@pytest.mark.django_db
def test_the_process_owner_hears_what_is_not_settled_yet() -> None:
    page = client_of("proceseigenaar").get(reverse("today")).content.decode()
    assert "onderwerpen zijn nog niet vastgesteld" in page
    assert "onderwerpen zijn nog niet vastgesteld" not in client_of("meldpunt").get(reverse("today")).content.decode()
