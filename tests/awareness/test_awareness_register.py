"""The register: what goes in, what comes out, and what a held activity shows in the plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from awareness.awareness_here import DAY, call, group, ids, training, wanted
from meldroute.awareness import reading
from meldroute.awareness.actions import activities, groups, sparring
from meldroute.awareness.models import Activity, Group, Talk
from meldroute.awareness.policies import policy
from meldroute.domain.awareness.activities import PROOF, ActivityKind, ActivityState, GroupKind
from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.domain.verdict import Refused
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.plan.models import Action, Proof
from people_here import MONDAY, acting
from plan.plans_here import followed, time

pytestmark = pytest.mark.django_db
K = ActivityKind
LEAFLET: dict[str, Any] = {"place": "Opvang Voorbeeld", "copies": 120, "languages": ("uk", "ru", "en")}


def refused(act: Any) -> str:
    with pytest.raises(Refused) as wrong:
        act()
    return wrong.value.verdict.code


def test_each_municipality_begins_with_the_groups_of_the_plan_and_their_source() -> None:
    for code in ("HS", "BD", "ZV"):
        with unit(acting(None, code=code)) as by:
            rows = list(reading.groups(by))
            own = {"HS": (["Loket Heemstede"], ["Wij Heemstede"])}.get(code, ([], []))
            assert [row.name for row in rows if row.kind == GroupKind.TEAM] == [
                "Toezicht en handhaving",
                "Sociaal domein",
                "Bouw- en Woningtoezicht (BWT)",
                "Publiekszaken",
                "Centrum voor Jeugd en Gezin (CJG)",
                *own[0],
            ]
            assert [row.name for row in rows if row.kind == GroupKind.ORGANISATION] == [
                *own[1],
                "Stichting Halt",
                "Veilig Thuis",
            ]
            assert all(row.source.startswith("Plan R4.") for row in rows)
            assert groups.propose(by=by) == []


def test_groups_are_the_municipalitys_own() -> None:
    with unit(acting()) as by:
        made = groups.add(by=by, kind=GroupKind.ORGANISATION, name="Huisartsen", source="staf veiligheid")
        assert refused(lambda: groups.add(by=by, kind=GroupKind.TEAM, name="HUISARTSEN")) == "awareness.group_twice"
        groups.change(by=by, group=made, kind=GroupKind.ORGANISATION, name="Huisartsenpost")
        groups.end(by=by, group=made)
        assert not reading.groups(by).filter(id=made.id).exists()
        groups.add(by=by, kind=GroupKind.ORGANISATION, name="Huisartsenpost")
    with unit(acting("fg")):
        told = set(Entry.objects.filter(on="awareness.Group").values_list("act", flat=True))
        assert {"awareness.group_add", "awareness.group_change", "awareness.group_end"} <= told


EXPECTED = {
    K.TRAINING: {"R4.4": ProofKind.TRAINING, "R4.5": ProofKind.TRAINING},
    K.THEME_EVENING: {"R4.3": ProofKind.TRAINING},
    K.WEBINAR: {"R4.3": ProofKind.TRAINING},
    K.INTRANET: {"R4.3": ProofKind.CAMPAIGN},
    K.CAMPAIGN: {"R4.7": ProofKind.CAMPAIGN},
    K.SOCIAL_POST: {"R4.8": ProofKind.CAMPAIGN},
    K.LESSON: {"R4.9": ProofKind.LESSON},
    K.LEAFLET: {"R4.10": ProofKind.LEAFLET},
}
"""What each kind shows in the plan of Heemstede when nobody ticks otherwise, written from the plan's text."""
DAYS = {K.LESSON: date(2024, 6, 20)}


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_held_activity_shows_itself_at_the_actions_that_were_ticked(kind: K) -> None:
    followed()
    with unit(acting()) as by:
        told = {"on": DAYS.get(kind, DAY), "actions": policy().actions[kind]} | (LEAFLET if kind == K.LEAFLET else {})
        row = activities.record(by=by, wanted=wanted(kind, **told))
        assert row.state == ActivityState.HELD
        found = Proof.objects.filter(about_id=row.id, accepted=True).select_related("occurrence__action")
        assert {one.occurrence.action.code: one.kind for one in found} == EXPECTED[kind]
        assert {one.occurrence.status for one in found} == {Status.DONE}
        assert {one.text for one in found} == {f"{kind.label.capitalize()}: Signalen herkennen (oefening)"}


def test_every_kind_that_shows_something_has_a_proposal_and_fits_the_plan() -> None:
    followed()
    with unit(acting()) as by:
        asked = {row.code: set(row.proof) for row in Action.objects.all()}
        assert set(policy().actions) == {kind for kind, proof in PROOF.items() if proof}
        for kind, codes in policy().actions.items():
            offered = {row.code for row in reading.open_actions(by, [PROOF[kind] or ""])}
            assert set(codes) <= offered
            assert all(PROOF[kind] in asked[code] for code in codes)


def test_nothing_ticked_shows_nothing_and_what_went_back_takes_its_proof_along() -> None:
    followed()
    with unit(acting()) as by:
        quiet = activities.record(by=by, wanted=wanted(K.SOCIAL_POST))
        assert not Proof.objects.filter(about_id=quiet.id).exists()
        row = activities.record(by=by, wanted=wanted(actions=("R4.4",), groups=ids("Bouw")))
        assert time("R4.4", "2026").status == Status.DONE
        activities.cancel(by=by, activity=row, because="de gastspreker was ziek")
        assert time("R4.4", "2026").status == Status.PLANNED
        assert refused(lambda: activities.cancel(by=by, activity=row, because="x")) == "awareness.cancelled"


def test_what_is_still_to_come_is_not_held_and_what_is_held_is_not_changed() -> None:
    with unit(acting()) as by:
        row = training(by, groups=ids("Bouw"))
        assert refused(lambda: activities.hold(by=by, activity=row)) == "awareness.early"
    with unit(acting(at=MONDAY + timedelta(days=1))) as by:
        activities.hold(by=by, activity=row, people={group("Bouw").id: 7, group("Publieks").id: 3})
        assert [(one.group.name[:4], one.people) for one in row.reaches.all()] == [("Bouw", 7)]
        assert refused(lambda: activities.change(by=by, activity=row, wanted=wanted())) == "awareness.settled"
        assert refused(lambda: activities.hold(by=by, activity=row)) == "awareness.settled"


@pytest.mark.parametrize(
    ("kind", "lacks", "code"),
    [
        (K.TRAINING, {"begins": None}, "awareness.begins"),
        (K.WEBINAR, {"minutes": 0}, "awareness.minutes"),
        (K.LEAFLET, LEAFLET | {"place": ""}, "awareness.leaflet"),
        (K.LEAFLET, LEAFLET | {"copies": None}, "awareness.leaflet"),
        (K.LEAFLET, LEAFLET | {"languages": ()}, "awareness.leaflet"),
    ],
)
def test_what_lacks_the_heart_of_its_kind_is_refused(kind: K, lacks: dict[str, Any], code: str) -> None:
    with unit(acting()) as by:
        assert refused(lambda: activities.plan(by=by, wanted=wanted(kind, **lacks))) == code


def test_changing_when_and_where_is_news_for_calendars_and_the_rest_is_not() -> None:
    with unit(acting()) as by:
        row = training(by, groups=ids("Bouw"))
        same = {"on": row.on, "groups": ids("Publieks")}
        row = activities.change(by=by, activity=row, wanted=wanted(about="neem koffie mee", **same))
        assert (row.version, [one.group.name for one in row.reaches.all()]) == (1, ["Publiekszaken"])
        row = activities.change(
            by=by, activity=row, wanted=wanted(about="neem koffie mee", **same | {"place": "Zaal 2"})
        )
        assert row.version == 2


def test_coverage_and_counts_for_reports() -> None:
    with unit(acting()) as by:
        one = activities.plan(by=by, wanted=wanted(groups=ids("Bouw", "Toezicht", "Loket")))
        activities.hold(
            by=by, activity=one, people={group("Bouw").id: 6, group("Toezicht").id: 3, group("Loket").id: 0}
        )
        for place, copies in (("Opvang A (oefening)", 50), ("Opvang A (oefening)", 30), ("Opvang B (oefening)", 20)):
            told = LEAFLET | {"place": place, "copies": copies}
            activities.record(by=by, wanted=wanted(K.LEAFLET, **told))
        sparring.note(by=by, call=call(group=group("Publieks").id))
        year = date(2026, 1, 1), date(2026, 12, 31)
        assert reading.held(by, *year) == {K.TRAINING: 1, K.LEAFLET: 3, K.SPARRING: 1}
        assert reading.leaflets(by, *year) == {"Opvang A (oefening)": 80, "Opvang B (oefening)": 20}
        assert reading.held(by, date(2025, 1, 1), date(2025, 12, 31)) == {}
        told_of = {
            line.name: (line.reached.value, line.at_least.number, line.calls) for line in reading.covered(by, 2026)
        }
    assert told_of["Bouw- en Woningtoezicht (BWT)"] == ("took_part", 6, 0)
    assert told_of["Toezicht en handhaving"] == ("took_part", 3, 0)
    assert told_of["Loket Heemstede"] == ("approached", 0, 0)
    assert told_of["Publiekszaken"] == ("approached", 0, 1)
    assert told_of["Sociaal domein"] == ("not", 0, 0)
    with unit(acting("melder")) as by:
        few = {line.name: line.at_least for line in reading.covered(by, 2026)}
    assert (few["Toezicht en handhaving"].number, few["Toezicht en handhaving"].few) == (None, True)
    assert few["Bouw- en Woningtoezicht (BWT)"].number == 6


def test_a_call_is_kept_without_anybody_in_it() -> None:
    with unit(acting()) as by:
        row = sparring.note(by=by, call=call(group=group("Bouw").id))
        talk = Talk.objects.get(activity=row)
        assert (talk.note, talk.topics, row.minutes) == (call().note, ["recognise"], 4)
        text = "Mevrouw Jansen belde vanaf 06-12345678"
        assert refused(lambda: sparring.note(by=by, call=call(note=text))) == "awareness.personal"
        assert refused(lambda: sparring.note(by=by, call=call(topics=()))) == "awareness.topics"
        tomorrow = DAY + timedelta(days=1)
        assert refused(lambda: sparring.note(by=by, call=call(on=tomorrow))) == "awareness.early"
        assert Activity.objects.filter(kind=K.SPARRING).count() == 1


def test_a_note_may_name_teams_partners_and_municipalities() -> None:
    with unit(acting()) as by:
        text = "Vraag van Loket Heemstede over HVO-Querido en FairWork; doorverwezen naar Zandvoort."
        assert sparring.found(by, text) == []
        groups.end(by=by, group=Group.objects.get(name="Loket Heemstede"))
        assert sparring.found(by, text) == []


def test_only_meldpunt_and_process_owner_write() -> None:
    for name in ("melder", "burgemeester", "fg", "handhaver"):
        with unit(acting(name)) as by:
            acts = (
                lambda by=by: activities.plan(by=by, wanted=wanted()),
                lambda by=by: sparring.note(by=by, call=call()),
                lambda by=by: groups.add(by=by, kind=GroupKind.TEAM, name="x"),
            )
            assert {refused(act) for act in acts} == {"awareness.role"}
    with unit(acting("proceseigenaar")) as by:
        assert sparring.note(by=by, call=call()).id


def test_quarters_stand_beside_each_other() -> None:
    at = datetime.combine(DAY, MONDAY.timetz())
    with unit(acting(at=at)) as by:
        activities.record(by=by, wanted=wanted(K.SOCIAL_POST, on=date(2026, 4, 1)))
        activities.record(by=by, wanted=wanted(K.SOCIAL_POST, on=date(2026, 6, 30)))
        activities.record(by=by, wanted=wanted(K.INTRANET, on=date(2026, 7, 1)))
        found = reading.quarters(by, 2026)
    assert [(one.number, one.begins.month, one.total, one.over) for one in found] == [
        (1, 1, 0, True),
        (2, 4, 2, True),
        (3, 7, 1, True),
        (4, 10, 0, False),
    ]
