"""Wie bel ik nu: what the card shows at known moments, who keeps it, the monthly look, two people at once."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.call_card import parse_days, parse_lines
from meldroute.domain.policy import PolicyError, Status
from meldroute.domain.verdict import Refused
from meldroute.journal.models import Entry
from meldroute.people import call_card
from meldroute.people.call_card_pdf import pdf
from meldroute.people.call_forms import CallLineForm
from meldroute.people.models import CallLine
from meldroute.people.unit import unit
from meldroute.sharing import policy_files
from papers_here import squeezed, text_of
from people_here import MONDAY, acting, user

LINE: dict[str, Any] = {
    "name": "Opvang Voorbeeld",
    "number": "023 000 00 77",
    "hours": "ma-vr 9:00-17:00",
    "what_for": "Een bed voor vannacht",
    "source": "zelf gebeld",
    "position": 9,
}
EVERYBODY = ("melder", "zorgcoordinator", "handhaver", "politie", "privacy", "fg", "archief", "burgemeester", "analist")
KEEPERS = ("meldpunt", "beheer")


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def page(name: str, address: str = "call-card", *args: object) -> str:
    return client_of(name).get(reverse(f"people:{address}", args=args)).content.decode()


def names(shown: Any) -> set[str]:
    return {one.row.name for one in shown}


def at(moment: datetime) -> call_card.Card:
    with unit(acting("melder", at=moment)) as by:
        return call_card.card(by, policy_files.holidays())


def line_of(name: str) -> CallLine:
    with unit(acting("meldpunt")) as by:
        return call_card.lines(by).get(name=name)


def overdue(moment: datetime) -> int:
    with unit(acting("meldpunt", at=moment)) as by:
        return call_card.overdue(by)


ALWAYS = {"Alarmnummer", "Veilig Thuis", "Politie, Team Mensenhandel"}
ON_CALL = "Piket openbare orde en veiligheid"
OFFICE = {"Meldpunt van de gemeente", "Zorgcoördinator HVO-Querido"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "reached", "shut"),
    [
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), ALWAYS | OFFICE, {ON_CALL}),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), ALWAYS | {ON_CALL}, OFFICE),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), ALWAYS | {ON_CALL}, OFFICE),
    ],
)
def test_the_clock_and_the_holidays_of_the_policy_decide_who_can_be_called(
    moment: datetime, reached: set[str], shut: set[str]
) -> None:
    card = at(moment)
    assert names(card.open) == reached
    assert names(card.closed) == shut
    assert names(card.unknown) == {"CoMensha", "Meld Misdaad Anoniem"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*EVERYBODY, *KEEPERS])
def test_everybody_inside_reads_the_card_and_can_dial_from_it(name: str) -> None:
    told = page(name)
    assert 'href="tel:112"' in told
    assert 'href="tel:08002000"' in told
    assert "dag en nacht" in told
    assert ("Nakijken en aanpassen" in told) == (name in KEEPERS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_meldpunt_and_the_administrator_change_it(name: str) -> None:
    row = line_of("CoMensha")
    for change in (
        lambda by: call_card.add(by=by, told=LINE),
        lambda by: call_card.change(by=by, line=row, told=LINE),
        lambda by: call_card.end(by=by, line=row),
        lambda by: call_card.check(by=by, seen=[(row.id, row.version)]),
        lambda by: call_card.propose(by=by),
    ):
        with pytest.raises(Refused), unit(acting(name)) as by:
            change(by)
    client = client_of(name)
    for address, args in (("call-card-check", ()), ("call-line-add", ()), ("call-line", (row.id,))):
        assert client.get(reverse(f"people:{address}", args=args)).status_code == 403
        assert client.post(reverse(f"people:{address}", args=args), LINE).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", KEEPERS)
def test_a_line_is_added_changed_and_taken_off_on_its_pages(name: str) -> None:
    client = client_of(name)
    added = client.post(reverse("people:call-line-add"), LINE, follow=True).content.decode()
    assert "Opvang Voorbeeld staat nu bij de nummers" in added
    row = line_of("Opvang Voorbeeld")
    assert row.checked_by == user(name).id
    wrong = client.post(reverse("people:call-line", args=[row.id]), LINE | {"hours": "zo nu en dan"}).content.decode()
    assert "“zo nu en dan” is niet te lezen" in wrong
    assert "Een bed voor vannacht" in wrong
    client.post(reverse("people:call-line", args=[row.id]), LINE | {"number": "06 12345678"})
    assert "06 12345678" in page("melder")
    client.post(reverse("people:call-line-end", args=[row.id]))
    assert "Opvang Voorbeeld" not in page("melder")
    assert client.get(reverse("people:call-line", args=[row.id])).status_code == 404
    with unit(acting("fg")):
        acts = list(Entry.objects.filter(act__startswith="call.", actor=user(name).id).order_by("seq"))
    assert [(one.act, one.fields) for one in acts] == [("call.add", []), ("call.change", ["number"]), ("call.end", [])]


@pytest.mark.parametrize("number", ["bel 112", "06-", "javascript:alert(1)", "12"])
def test_what_is_no_number_is_refused(number: str) -> None:
    form = CallLineForm(LINE | {"number": number})
    assert not form.is_valid()
    assert set(form.errors) == {"number"}


@pytest.mark.django_db
def test_a_proposal_was_looked_at_by_nobody_until_somebody_says_so() -> None:
    assert overdue(MONDAY) == len(call_card.proposal())
    client = client_of("meldpunt")
    row = line_of("CoMensha")
    told = client.post(reverse("people:call-card-check"), {"line": f"{row.id}:{row.version}"}, follow=True)
    assert "1 regel nagekeken" in told.content.decode()
    assert user("meldpunt").name in told.content.decode()
    assert line_of("CoMensha").checked_by == user("meldpunt").id


@pytest.mark.django_db
def test_all_of_it_is_right_for_a_month_and_then_asks_again_on_vandaag() -> None:
    with unit(acting("meldpunt")) as by:
        call_card.check(by=by, seen=[(row.id, row.version) for row in call_card.lines(by)])
    days = parse_days(policy_files.load("call-card"))
    assert overdue(MONDAY) == 0
    assert overdue(MONDAY + timedelta(days=days)) == 0
    assert overdue(MONDAY + timedelta(days=days + 1)) == len(call_card.proposal())


@pytest.mark.django_db
def test_vandaag_of_the_meldpunt_says_so_until_it_was_done_and_nobody_else_hears_it() -> None:
    words = "nummers zijn deze maand nog niet nagekeken"
    client = client_of("meldpunt")
    assert words in client.get(reverse("today")).content.decode()
    assert words not in client_of("handhaver").get(reverse("today")).content.decode()
    with unit(acting("meldpunt")) as by:
        seen = [f"{row.id}:{row.version}" for row in call_card.lines(by)]
    done = client.post(reverse("people:call-card-check"), {"seen": seen}, follow=True).content.decode()
    assert f"{len(seen)} regels nagekeken" in done
    assert words not in client.get(reverse("today")).content.decode()


@pytest.mark.django_db
def test_what_a_colleague_changed_meanwhile_is_not_ticked_off_unseen() -> None:
    row = line_of("CoMensha")
    with unit(acting("beheer")) as by:
        call_card.change(by=by, line=row, told=LINE)
    sent = {"seen": [f"{row.id}:{row.version - 1}", "kapot", "x:1", f"{row.id}:"]}
    told = client_of("meldpunt").post(reverse("people:call-card-check"), sent, follow=True).content.decode()
    assert "Iemand veranderde intussen iets" in told
    assert line_of("Opvang Voorbeeld").checked_by == user("beheer").id


@pytest.mark.django_db
def test_a_line_without_a_number_is_only_for_who_can_fill_it_in() -> None:
    row = line_of("CoMensha")
    with unit(acting("beheer")) as by:
        call_card.change(by=by, line=row, told=LINE | {"name": "Nog te vinden", "number": ""})
    assert "Nog te vinden" not in page("melder")
    assert "Nog te vinden" in page("meldpunt")


@pytest.mark.django_db
def test_an_empty_card_says_what_comes_there_and_can_begin_with_the_proposal_once() -> None:
    with unit(acting("beheer")) as by:
        call_card.lines(by).update(ended_on=by.today)
    assert "De kaart is nog leeg" in page("melder")
    assert "Nu gevaar? Bel 112" in page("melder")
    assert "Begin met het voorstel" not in page("melder")
    begun = client_of("meldpunt").post(reverse("people:call-card-propose"), follow=True).content.decode()
    assert "De kaart is gevuld" in begun
    with pytest.raises(Refused, match="al ingevuld"), unit(acting("beheer")) as by:
        call_card.propose(by=by)


@pytest.mark.django_db
def test_a_card_of_the_neighbours_is_another_card() -> None:
    with unit(acting("meldpunt")) as by:
        row = call_card.add(by=by, told=LINE)
    with unit(acting("bloemendaal", code="BD")) as by:
        assert not CallLine.objects.filter(id=row.id).exists()
        assert call_card.check(by=by, seen=[(row.id, row.version)]) == []
        assert call_card.lines(by).count() == len(call_card.proposal())


@pytest.mark.django_db
def test_the_sheet_is_one_page_and_says_whom_to_call_and_that_it_was_not_looked_at() -> None:
    answer = client_of("handhaver").get(reverse("people:call-card-pdf"))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1
        assert paper.Root.MarkInfo.Marked
    text = text_of(answer.content)
    for word in ("112", "0800 2000", "Zorgcoördinator HVO-Querido", "Heemstede", "Nog niet helemaal nagekeken"):
        assert squeezed(word) in text


def test_the_sheet_takes_words_as_words_and_names_the_oldest_look() -> None:
    rows = [
        CallLine(name='#strong[x] "$', number="112", hours="", what_for="\\ #", checked_on=date(2026, 11, day))
        for day in (3, 9)
    ]
    text = text_of(pdf(rows, "Heemstede", date(2026, 11, 26)))
    assert squeezed('#strong[x] "$') in text
    assert squeezed("Nagekeken op 3 november 2026") in text


def test_each_shipped_line_has_a_source_and_is_a_proposal_and_nothing_local_is_made_up() -> None:
    shipped = parse_lines(policy_files.load("call-card"))
    assert {line.standing.status for line in shipped} == {Status.PROPOSAL}
    assert {line.id for line in shipped if not line.number} == {"meldpunt", "care", "on_call"}
    assert {line.id for line in shipped if line.hours} == {"emergency", "veilig_thuis", "police"}


def test_a_wrong_line_names_its_row_and_field() -> None:
    document = policy_files.load("call-card")
    document["line"][2]["hours"] = "soms"
    with pytest.raises(PolicyError, match="regel police, veld hours"):
        parse_lines(document)
