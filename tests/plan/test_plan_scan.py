"""The self-scan: answers with what shows them, gaps that become actions, criteria that are the municipality's own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.plan.self_scan import Answer, parse_self_scan, tally
from meldroute.domain.policy import PolicyError
from meldroute.people.unit import unit
from meldroute.plan.actions import scanning
from meldroute.plan.models import Action, ScanAnswer
from meldroute.sharing.actions import adopt
from meldroute.sharing.models import PolicyKind
from people_here import acting, user
from plan.plans_here import followed

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "policies" / "self-scan.toml"
SHIPPED = tomllib.loads(FILE.read_text(encoding="utf-8"))


def entered(client: Client, name: str = "meldpunt") -> Client:
    client.force_login(user(name))
    return client


def test_every_criterion_has_a_source_and_all_that_the_plan_asks_is_there() -> None:
    told = parse_self_scan(SHIPPED)
    assert [theme.name for theme in told.themes[:5]] == [
        "Beleidsmatige basis",
        "Signalerend vermogen",
        "Aandacht voor bewustwording",
        "Samenwerking in keten en regio",
        "Opvang en hulp",
    ]
    assert all(one.standing.source for one in told.criteria)
    assert all(told.of(theme.id) for theme in told.themes)
    asked = {"aandachtsfunctionaris", "interne-meldroute", "zorgcoordinatie", "bibob", "vergunningen-toezicht"}
    assert asked <= {one.id for one in told.criteria}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("source", "", "veld source"), ("theme", "elders", "veld theme"), ("cadence", "ooit", "veld cadence")],
)
def test_a_criterion_without_source_or_theme_is_refused(field: str, value: str, says: str) -> None:
    broken = {**SHIPPED, "criterion": [{**SHIPPED["criterion"][0], field: value}]}
    with pytest.raises(PolicyError, match=says):
        parse_self_scan(broken)


def test_the_counts_are_of_answers_not_a_score() -> None:
    told = parse_self_scan(SHIPPED).of("barrieres")
    assert tally({"bibob": Answer.PARTLY}, told) == {
        Answer.MET: 0,
        Answer.PARTLY: 1,
        Answer.NOT_MET: 0,
        Answer.OPEN: 1,
    }


def test_yes_needs_proof_and_earlier_answers_stay(client: Client) -> None:
    entered(client)
    url = reverse("plan:criterion", args=["bibob"])
    assert "Zeg waaruit dat blijkt" in client.post(url, {"answer": "met"}).content.decode()
    assert client.post(url, {"answer": "partly", "proof": "Beleid is van 2019 (oefening)"}).status_code == 302
    assert client.post(url, {"answer": "met", "proof": "Nieuw beleid (oefening)"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Beleid is van 2019" in page
    assert "Nieuw beleid" in client.get(reverse("plan:scan")).content.decode()
    with unit(acting()):
        assert [row.answer for row in ScanAnswer.objects.order_by("at")] == [Answer.PARTLY, Answer.MET]
    assert client.get(reverse("plan:criterion", args=["niets"])).status_code == 404


def test_a_gap_becomes_an_action_of_the_plan(client: Client) -> None:
    followed()
    entered(client)
    client.post(
        reverse("plan:criterion", args=["bibob"]), {"answer": "not_met", "proof": "Er is geen beleid (oefening)"}
    )
    assert "Maak hier een actie van" in client.get(reverse("plan:scan")).content.decode()
    url = reverse("plan:add") + "?uit=bibob"
    page = client.get(url).content.decode()
    assert "Bibob-beleid nalopen op risicobranches" in page
    told = {
        "code": "bibob",
        "pillar": "3",
        "title": "Bibob-beleid nalopen",
        "text": "Het Bibob-beleid nalopen.",
        "cadence": "Q4 2026",
        "owner": "Bibob-coördinator",
        "source": "Zelfscan",
        "changed": "Actie uit de zelfscan",
        "decision": "Besluit (oefening)",
        "version": "1",
    }
    assert client.post(url, told).status_code == 302
    with unit(acting()):
        assert Action.objects.get(code="bibob").title == "Bibob-beleid nalopen"
        row = scanning.newest()["bibob"]
        assert (row.action_code, row.answer) == ("bibob", Answer.NOT_MET)
    page = client.get(reverse("plan:scan")).content.decode()
    assert "Actie:" in page
    assert "Maak hier een actie van" not in page


def test_the_municipality_has_its_own_questions(client: Client) -> None:
    own = {**SHIPPED, "criterion": [{**SHIPPED["criterion"][0], "text": "Een eigen vraag (oefening)?"}]}
    with unit(acting("proceseigenaar")) as by:
        adopt(by=by, kind=PolicyKind.SELF_SCAN, body=own)
    page = entered(client, "handhaver").get(reverse("plan:scan")).content.decode()
    assert "Een eigen vraag (oefening)?" in page
    assert reverse("plan:criterion", args=["vastgesteld-beleid"]) not in page
    assert client.get(reverse("plan:criterion", args=["vastgesteld-beleid"])).status_code == 403
