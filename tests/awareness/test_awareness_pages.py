"""The pages of awareness by their forms: what goes in, what is refused, what each reader sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awareness.awareness_here import call, group, ids, wanted
from meldroute.awareness.actions import activities, sparring
from meldroute.awareness.forms.activities import FIELDS
from meldroute.awareness.models import Activity
from meldroute.domain.awareness.activities import ActivityKind, ActivityState
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from people_here import acting, here, user

pytestmark = pytest.mark.django_db
K = ActivityKind
GIVEN: dict[str, Any] = {
    "title": "Signalen herkennen (oefening)",
    "begins": "09:30",
    "minutes": "120",
    "place": "Raadhuis",
    "given_by": "HVO-Querido",
    "places": "12",
    "width": "local",
    "link": "https://voorbeeld.example/bericht",
    "copies": "40",
    "languages": ["uk", "en"],
}


def now() -> Acting:
    return acting(at=timezone.now())


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here().id)
    session.save()
    return client


def page(name: str, address: str, *args: object, query: str = "") -> str:
    answer = client_of(name).get(reverse(f"awareness:{address}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(address: str, *args: object, **told: Any) -> Any:
    """A form as the meldpunt sends it."""
    return client_of("meldpunt").post(reverse(f"awareness:{address}", args=args), told)


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.SPARRING])
def test_each_kind_is_made_with_the_fields_that_it_asks(kind: K) -> None:
    with unit(now()) as by:
        day, team = by.today, ids("Bouw")[0]
    shown = page("meldpunt", "make", kind.value)
    for name in set(GIVEN) - {"title"}:
        asked = name in FIELDS[kind] or (name == "places" and kind in (K.TRAINING, K.THEME_EVENING, K.WEBINAR))
        assert (f'name="{name}"' in shown) == asked, name
    answer = post("make", kind.value, on=day.isoformat(), groups=[str(team)], **GIVEN)
    assert answer.status_code == 302
    with unit(now()):
        row = Activity.objects.get()
        planned = kind in (K.TRAINING, K.THEME_EVENING, K.WEBINAR, K.LESSON)
        assert row.state == (ActivityState.PLANNED if planned else ActivityState.HELD)
        assert [one.group_id for one in row.reaches.all()] == [team]
    told = page("meldpunt", "activity", row.id)
    assert "Signalen herkennen (oefening)" in told
    assert ("Het is gehouden" in told) == planned


def test_a_training_from_plan_to_held_by_its_forms() -> None:
    with unit(now()) as by:
        row = activities.plan(by=by, wanted=wanted(on=by.today, groups=ids("Bouw", "Toezicht")))
        bwt, toezicht = ids("Bouw", "Toezicht")
    shown = page("meldpunt", "change", row.id)
    assert 'value="09:30"' in shown
    post(
        "change",
        row.id,
        **{**GIVEN, "title": "Nieuwe titel", "on": row.on.isoformat(), "groups": [str(bwt), str(toezicht)]},
    )
    assert "Bouw- en Woningtoezicht" in page("meldpunt", "hold", row.id)
    answer = post("hold", row.id, **{f"people_{bwt}": "6", f"people_{toezicht}": "2"})
    assert answer.status_code == 302
    told = page("meldpunt", "activity", row.id)
    assert "Nieuwe titel" in told
    assert "6 mensen deden mee" in told
    assert "2 mensen deden mee" in told
    other = page("melder", "activity", row.id)
    assert "minder dan 5 mensen" in other
    assert "2 mensen" not in other
    assert post("cancel", row.id, because="").status_code == 200
    assert post("cancel", row.id, because="de gastspreker was ziek").status_code == 302
    assert "de gastspreker was ziek" in page("melder", "activity", row.id)


def test_the_form_of_held_says_why_it_is_too_early() -> None:
    with unit(now()) as by:
        row = activities.plan(by=by, wanted=wanted(on=by.today + timedelta(days=3), groups=ids("Bouw")))
        team = group("Bouw").id
    answer = post("hold", row.id, **{f"people_{team}": "6"})
    assert "Deze dag komt nog" in answer.content.decode()


def test_a_call_is_noted_and_what_points_at_somebody_is_quoted_back() -> None:
    told: dict[str, Any] = {
        "on": timezone.localdate().isoformat(),
        "minutes": "5",
        "caller": "team",
        "topics": ["route"],
    }
    answer = post("spar", **told, note="Mevrouw Jansen belde over Voorbeeldstraat 12")
    body = answer.content.decode()
    assert "“Jansen”: Dit lijkt een naam." in body
    assert "“Voorbeeldstraat 12”: Dit lijkt een adres." in body
    assert "Mevrouw Jansen belde over" in body  # nothing that was typed is lost
    with unit(now()):
        assert not Activity.objects.exists()
    assert post("spar", **told, note="Een medewerker vroeg hoe het meldt.").status_code == 302
    with unit(now()):
        row = Activity.objects.get()
    assert "waar en hoe meld ik?" in page("meldpunt", "activity", row.id)
    seen = page("burgemeester", "activity", row.id)
    assert "waar en hoe meld ik?" not in seen
    assert "Een medewerker" not in seen


def test_the_year_shows_what_comes_what_was_done_and_who_was_missed() -> None:
    with unit(now()) as by:
        activities.plan(by=by, wanted=wanted(title="Komt nog", on=by.today, groups=ids("Bouw")))
        activities.record(by=by, wanted=wanted(K.SOCIAL_POST, title="Oud bericht", on=date(by.today.year - 1, 2, 1)))
        year = by.today.year
    told = page("melder", "list")
    assert "Komt nog" in told
    assert "Oud bericht" not in told
    assert told.index("Nog niet bereikt") < told.index("Stichting Halt")
    assert "Leg iets vast" not in told
    assert "Oud bericht" in page("melder", "list", query=f"?jaar={year - 1}")


def test_coverage_says_that_it_is_no_sum_and_no_cause() -> None:
    with unit(now()) as by:
        row = activities.plan(by=by, wanted=wanted(on=by.today, groups=ids("Bouw")))
        activities.hold(by=by, activity=row, people={group("Bouw").id: 9})
        sparring.note(by=by, call=call(on=by.today, group=group("Publieks").id))
    for name, signals in (("meldpunt", ">0<"), ("burgemeester", ">0<"), ("melder", ">minder dan 5<")):
        told = page(name, "coverage")
        assert "ten minste 9 verschillende mensen" in told
        assert "niet bereikt" in told
        assert "1 keer gespard" in told
        assert "Tel de getallen niet op" in told
        assert "Het zegt niet dat het een door het ander komt" in told
        assert signals in told


def test_groups_by_their_forms() -> None:
    told: dict[str, Any] = {"kind": "organisation", "source": "staf veiligheid"}
    assert post("group-add", **told, name="Huisartsen").status_code == 302
    assert "staat al op de lijst" in post("group-add", **told, name="Huisartsen").content.decode()
    with unit(now()):
        row = group("Huisartsen")
    assert post("group", row.id, **told | {"name": "Huisartsenpost"}).status_code == 302
    assert "Huisartsenpost" in page("meldpunt", "groups")
    assert post("group-end", row.id).status_code == 302
    assert "Huisartsenpost" not in page("meldpunt", "groups").split("mr-list")[-1]


@pytest.mark.parametrize("name", ["zorgcoordinator", "politie", "analist", "beheer"])
def test_who_has_no_business_here_is_kept_out(name: str) -> None:
    assert client_of(name).get(reverse("awareness:list")).status_code == 403


def test_an_unknown_kind_is_no_page_and_a_call_is_made_elsewhere() -> None:
    client = client_of("meldpunt")
    for kind in ("sparring", "feest"):
        assert client.get(reverse("awareness:make", args=[kind])).status_code == 404
