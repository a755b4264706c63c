"""Observations, subjects, identity cards and coded elements: done, refused, and never changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, connection

from meldroute.domain.observing import may_note
from meldroute.domain.sharing import Provision
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import (
    Capacity,
    Category,
    Purpose,
    Recipient,
    SubjectKind,
    SubjectRole,
    Truth,
)
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route.actions import elements, facts, opening, subjects
from meldroute.route.models import Lookup, Observation, Signal, Subject, TimelineEntry
from meldroute.sharing.models import Release
from people_here import MONDAY, acting, here
from signals_here import CANARY, noted, opened, person, place, statement

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PROVIDED = Provision("Wpg art. 18", date(2026, 11, 20), "politie, basisteam", "nagaan of het mensenhandel is")


def code_of(action: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        action(**told)
    return refused.value.verdict.code


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, ""),
        ({"text": "  "}, "observation.text"),
        ({"observed_on": TODAY + timedelta(days=1)}, "observation.future"),
        ({"observed_on": TODAY}, ""),
        ({"expires_on": TODAY}, "observation.expired"),
        ({"expires_on": TODAY + timedelta(days=1)}, ""),
        ({"truth": Truth.HEARSAY, "source": ""}, "observation.hearsay"),
        ({"truth": Truth.HEARSAY, "source": "een buurtbewoner"}, ""),
        ({"truth": Truth.IMPRESSION, "source": ""}, ""),
        ({"category": Category.MMA}, "observation.mma"),
        ({"capacity": Capacity.INVESTIGATOR}, "observation.police_kind"),
        ({"capacity": Capacity.INVESTIGATOR, "category": Category.POLICE_DATA}, "observation.wpg_ground"),
        ({"capacity": Capacity.INVESTIGATOR, "category": Category.POLICE_DATA, "provision": PROVIDED}, ""),
        ({"capacity": Capacity.SUPERVISOR}, ""),
        ({"category": Category.POLICE_DATA}, "observation.wpg_ground"),
        ({"category": Category.POLICE_DATA, "provision": PROVIDED}, ""),
        (
            {"category": Category.POLICE_DATA, "provision": Provision("gehoord", TODAY, "agent", "weten")},
            "observation.wpg_ground",
        ),
        (
            {"category": Category.POLICE_DATA, "provision": Provision("Wpg art. 18", TODAY, " ", "weten")},
            "observation.wpg_ground",
        ),
        (
            {"category": Category.POLICE_DATA, "provision": Provision("Wpg art. 18", TODAY, "agent", "")},
            "observation.wpg_ground",
        ),
        (
            {
                "category": Category.POLICE_DATA,
                "provision": Provision("Wpg art. 18", TODAY + timedelta(days=1), "agent", "weten"),
            },
            "observation.wpg_ground",
        ),
    ],
)
def test_what_may_be_noted(other: dict[str, Any], code: str) -> None:
    assert may_note(statement(**other), today=TODAY, mma_open=False).code == code


def test_the_mma_channel_opens_with_contract_and_protocol() -> None:
    assert may_note(statement(category=Category.MMA), today=TODAY, mma_open=True)


def test_an_observation_is_kept_told_and_journalled() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        made = noted(by, signal, category=Category.POLICE_DATA, provision=PROVIDED)
    with unit(acting()):
        again = Observation.objects.get(id=made.id)
        assert again.text == "Vier matrassen in de ruimte boven de keuken"
        assert facts.provision_of(again) == PROVIDED
        assert TimelineEntry.objects.get(kind="observation.add").told == {"truth": "fact"}
        entry = Entry.objects.get(act="observation.add")
        assert entry.ids == [signal.id, made.id]
        assert entry.actor == by.user_id


@pytest.mark.parametrize("name", ["handhaver", "privacy", "proceseigenaar", "fg", "burgemeester"])
def test_only_who_handles_the_signal_writes_in_the_file(name: str) -> None:
    with unit(acting()) as by:
        signal = opened(by)
        opening.give_access(signal, by=by, user_id=acting(name).person, why="oefening")
    with unit(acting(name)) as by:
        seen = Signal.objects.get(id=signal.id)
        assert code_of(facts.observe, by=by, signal=seen, statement=statement()) == "file.role"
        assert (
            code_of(subjects.add_subject, by=by, signal=seen, kind=SubjectKind.PERSON, role=SubjectRole.WITNESS)
            == "file.role"
        )
        assert code_of(elements.add_element, by=by, signal=seen, part="act", code="house") == "file.role"


def test_another_municipality_sees_and_writes_nothing() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        noted(by, signal)
    with unit(acting("bloemendaal", code="BD")) as by:
        assert not Signal.objects.filter(id=signal.id).exists()
        assert not Observation.objects.exists()
        assert code_of(facts.observe, by=by, signal=signal, statement=statement()) == "file.role"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE route_observation SET truth = 'fact' WHERE id = %s",
        "DELETE FROM route_observation WHERE id = %s",
        "TRUNCATE route_observation CASCADE; SELECT %s",
    ],
)
def test_the_database_refuses_to_change_an_observation(sql: str) -> None:
    with unit(acting()) as by:
        made = noted(by, opened(by))
    with pytest.raises(Error), unit(acting()), connection.cursor() as cursor:
        cursor.execute(sql, [made.id])


def test_the_database_refuses_a_row_for_another_municipality() -> None:
    with unit(acting()) as by:
        made = noted(by, opened(by))
    made.id, made.municipality_id = uuid4(), here("ZV").id
    with pytest.raises(Error, match="row-level security"), unit(acting()):
        made.save(force_insert=True)


def test_a_correction_is_a_new_row_and_says_who_had_the_old_one() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        old = noted(by, signal)
        Release.objects.create(
            municipality_id=by.place,
            signal_id=signal.id,
            observation_id=old.id,
            recipient=Recipient.LOO,
            purpose=Purpose.DISCUSS,
            check_id=signal.id,
            row="x",
            policy_version=1,
            ground="AVG art. 6 lid 1 onder e",
            by=by.person,
            at=by.at,
            until=by.at + timedelta(days=9),
        )
        assert code_of(facts.correct, by=by, observation=old, statement=statement(), why=" ") == "correct.reason"
        new = facts.correct(by=by, observation=old, statement=statement(text="Drie matrassen"), why="geteld")
        assert [row.recipient for row in facts.received(old)] == [Recipient.LOO]
        assert facts.received(new) == []
        assert Release.objects.get().withdrawn_at == by.at
        assert list(facts.current(signal)) == [new]
        assert new.corrects == old
        assert Observation.objects.get(id=old.id).text.startswith("Vier")
        again = facts.correct
        assert code_of(again, by=by, observation=old, statement=statement(), why="nog eens") == "correct.newest"


def test_labels_are_given_in_turn_and_never_twice() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        first = person(by, signal)
        changed = subjects.change_subject(
            by=by, subject=first, role=SubjectRole.WITNESS, told={"name": "Ander Oefennaam"}
        )
        labels = [person(by, signal).label, place(by, signal).label, place(by, signal, house_number="3").label]
        assert (first.label, changed.label) == ("persoon A", "persoon A")
        assert labels == ["persoon B", "plaats 1", "plaats 2"]
        assert Subject.objects.get(id=first.id).valid_until == by.today
        with pytest.raises(Refused):
            subjects.change_subject(by=by, subject=first, role=SubjectRole.WITNESS, told={})


@pytest.mark.parametrize(("number", "label"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters(number: int, label: str) -> None:
    assert subjects.letters(number) == label


@pytest.mark.parametrize(
    ("kind", "role", "told", "minor", "code"),
    [
        (SubjectKind.ADDRESS, SubjectRole.WITNESS, {"street": "Oefenlaan"}, False, "subject.role"),
        (SubjectKind.PERSON, SubjectRole.PLACE, {}, False, "subject.role"),
        (SubjectKind.BUSINESS, SubjectRole.INVOLVED, {}, False, "subject.empty"),
        (SubjectKind.VEHICLE, SubjectRole.INVOLVED, {"plate": "12-ABC-3"}, True, "subject.minor"),
    ],
)
def test_subjects_that_cannot_be(
    kind: SubjectKind, role: SubjectRole, told: dict[str, str], minor: bool, code: str
) -> None:
    with unit(acting()) as by:
        signal = opened(by)
        given = {"by": by, "signal": signal, "kind": kind, "role": role, "told": told, "minor": minor}
        assert code_of(subjects.add_subject, **given) == code


def test_a_field_that_nobody_may_keep_is_dropped() -> None:
    with unit(acting()) as by:
        made = person(by, opened(by), told={"name": CANARY, "nationality": "x", "origin": "y"})
        assert made.told == {"name": CANARY}


def test_a_minor_marks_the_signal_and_needs_no_means() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        assert elements.means_needed(signal)
        person(by, signal, minor=True)
        assert not elements.means_needed(Signal.objects.get(id=signal.id))


def test_an_identity_card_opens_with_a_reason_that_stays() -> None:
    with unit(acting()) as by:
        subject = person(by, opened(by))
        assert code_of(subjects.open_card, by=by, subject=subject, reason=" ") == "card.reason"
        assert not TimelineEntry.objects.filter(kind="card.open").exists()
        assert subjects.open_card(by=by, subject=subject, reason="naam nodig voor toets 1")["name"] == CANARY
    with unit(acting()):
        assert TimelineEntry.objects.get(kind="card.open").told["reason"] == "naam nodig voor toets 1"
        assert Entry.objects.get(act="card.open").ids == [subject.signal_id, subject.id]


def test_parts_of_the_offence_are_coded_apart_and_taken_back() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        made = elements.add_element(by=by, signal=signal, part="means", code="deception", note="valse belofte")
        twice = {"by": by, "signal": signal, "part": "means", "code": "deception"}
        assert code_of(elements.add_element, **twice) == "element.twice"
        with pytest.raises(ValueError, match="house"):
            elements.add_element(by=by, signal=signal, part="means", code="house")
        elements.end_element(by=by, element=made)
        assert elements.add_element(**twice).ended_at is None


def test_equal_things_are_found_and_a_flat_building_is_not_one_address() -> None:
    written = [
        {"street": "Voorbeeldstraat", "house_number": "1", "addition": "A", "town": "Heemstede"},
        {"street": "voorbeeldstraat ", "house_number": " 1", "addition": "a", "town": "HEEMSTEDE"},
        {"street": "Voorbeeldstraat", "house_number": "1", "addition": "B", "town": "Heemstede"},
        {"street": "Voorbeeldstraat", "house_number": "1", "town": "Heemstede"},
    ]
    with unit(acting()) as by:
        macs = []
        for told in written:
            subject = place(by, opened(by), **({"postcode": "", "addition": ""} | told))
            macs.append({bytes(row.mac) for row in Lookup.objects.filter(subject=subject)})
        assert macs[0] == macs[1]
        assert not macs[0] & macs[2]
        assert not macs[0] & macs[3]


def test_a_wrong_address_is_no_longer_looked_up() -> None:
    with unit(acting()) as by:
        first = place(by, opened(by))
        assert Lookup.objects.filter(subject=first).count() == 2
        told = {"street": "Oefenlaan", "house_number": "2"}
        new = subjects.change_subject(by=by, subject=first, role=SubjectRole.PLACE, told=told, was_wrong=True)
        assert not Lookup.objects.filter(subject=first).exists()
        assert Lookup.objects.filter(subject=new).count() == 1


def test_the_monday_is_the_monday_of_the_tests() -> None:
    assert acting().today == TODAY
    assert MONDAY.date() == TODAY
