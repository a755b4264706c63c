"""Extra access: asked, granted, ended by itself, taken back; break-glass, the FG, reporters, handlers and links."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, connection

from meldroute.domain.route import Decision
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import SubjectKind, SubjectRole, Weighing
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route import repeats, visible
from meldroute.route.actions import access, attaching, handling, linking, opening, revealing, subjects
from meldroute.route.actions.deciding import decide
from meldroute.route.actions.weighing import weigh
from meldroute.route.conflict import Conflict
from meldroute.route.models import (
    Access,
    AccessKind,
    AccessRequest,
    Attachment,
    Event,
    Link,
    Observation,
    Reporter,
    Signal,
    TimelineEntry,
)
from people_here import MONDAY, acting, here, user
from signals_here import PLACE, noted, opened, person, place, reporter

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


def code_of(action: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        action(**told)
    return refused.value.verdict.code


@pytest.fixture
def signal() -> Signal:
    with unit(acting()) as by:
        made = opened(by)
        noted(by, made)
        return made


@pytest.fixture
def sealed() -> Signal:
    with unit(acting()) as by:
        return opened(by, sealed=True)


def seen(name: str, wanted: Signal, *, later: timedelta = timedelta(), code: str = "HS") -> tuple[bool, int]:
    """Whether the file is open to this person, and how many observations the database gives."""
    with unit(acting(name, code=code, at=MONDAY + later)) as by:
        return visible.files(by).filter(id=wanted.id).exists(), Observation.objects.filter(signal=wanted).count()


def test_asked_granted_and_ended_by_itself(signal: Signal) -> None:
    with unit(acting("handhaver")) as by:
        asked = access.ask_access(by=by, reference=f" {signal.reference.lower()}", reason="controle voorbereiden")
    assert seen("handhaver", signal) == (False, 0)
    with unit(acting()) as by:
        request = AccessRequest.objects.get(id=asked.id)
        assert request.reason == "controle voorbereiden"
        assert code_of(access.grant, by=by, request=request, until=date(2026, 11, 22)) == "access.past"
        access.grant(by=by, request=request, until=FRIDAY)
        assert code_of(access.grant, by=by, request=request, until=FRIDAY) == "access.answered"
        assert code_of(access.refuse, by=by, request=request, answer="nee") == "access.answered"
    assert seen("handhaver", signal) == (True, 1)
    assert seen("handhaver", signal, later=timedelta(days=4, hours=14)) == (True, 1)  # Friday 22:00 UTC
    assert seen("handhaver", signal, later=timedelta(days=4, hours=15)) == (False, 0)  # Saturday 00:00 Amsterdam
    with unit(acting()):
        assert Entry.objects.filter(act="access.grant").count() == 1


def test_a_request_for_what_is_absent_or_sealed_looks_the_same(sealed: Signal) -> None:
    with unit(acting("handhaver")) as by:
        for reference in (sealed.reference, "HS-2026-9999", "BD-2026-0001"):
            access.ask_access(by=by, reference=reference, reason="nodig")
    with unit(acting()) as by:
        for request in AccessRequest.objects.all():
            assert code_of(access.grant, by=by, request=request, until=FRIDAY) == "access.absent"
        access.refuse(by=by, request=request, answer="dit nummer bestaat niet")
        assert AccessRequest.objects.get(id=request.id).granted is False
    with unit(acting("handhaver")):
        assert AccessRequest.objects.get(id=request.id).answer == "dit nummer bestaat niet"


@pytest.mark.parametrize("name", ["melder", "zorgcoordinator", "politie", "analist", "beheer"])
def test_who_never_asks_or_receives(name: str, signal: Signal) -> None:
    with unit(acting(name)) as by:
        assert code_of(access.ask_access, by=by, reference=signal.reference, reason="nodig") == "access.role"
        assert code_of(access.break_glass, by=by, reference=signal.reference, reason="nodig") == "access.role"
    with unit(acting()) as by:
        given = {"by": by, "signal": signal, "user_id": user(name).id, "until": FRIDAY, "why": "x"}
        assert code_of(access.give, **given) == "access.role"


def test_access_is_taken_back_and_others_do_not_give_it(signal: Signal) -> None:
    with unit(acting()) as by:
        row = access.give(by=by, signal=signal, user_id=user("handhaver").id, until=FRIDAY, why="controle")
    with unit(acting("handhaver")) as by:
        given = {"by": by, "signal": signal, "user_id": user("bwt").id, "until": FRIDAY, "why": "x"}
        assert code_of(access.give, **given) == "file.role"
    with unit(acting("fg")) as by:
        assert not access.end(row.id, by.at)
    with unit(acting()) as by:
        access.revoke(by=by, signal=signal, access=row)
        assert [r.ended_at for r in access.readers(signal)] == [by.at]
    assert seen("handhaver", signal) == (False, 0)


def test_break_glass_opens_for_a_day_and_alerts_at_once(signal: Signal) -> None:
    with unit(acting("handhaver")) as by:
        assert code_of(access.break_glass, by=by, reference=signal.reference, reason=" ") == "access.reason"
        access.break_glass(by=by, reference=signal.reference, reason="iemand in gevaar")
    assert seen("handhaver", signal) == (True, 1)
    assert seen("handhaver", signal, later=timedelta(hours=25)) == (False, 0)
    for name in ("privacy", "fg"):
        with unit(acting(name)):
            alerts = access.emergencies(MONDAY - timedelta(days=1))
            assert [(a.reference, a.why, a.user_id) for a in alerts] == [
                (signal.reference, "iemand in gevaar", user("handhaver").id)
            ]
    for name in ("handhaver", "meldpunt", "proceseigenaar", "beheer"):
        with unit(acting(name)):
            assert access.emergencies(MONDAY - timedelta(days=1)) == []
    with unit(acting("bloemendaal", code="BD")):
        assert access.emergencies(MONDAY - timedelta(days=1)) == []
    with unit(acting()):
        assert Event.objects.get(kind="access.break_glass").told == "iemand in gevaar"


@pytest.mark.parametrize("reference", ["HS-2026-9999", "sealed"])
def test_break_glass_and_the_fg_never_reach_a_sealed_or_absent_signal(reference: str, sealed: Signal) -> None:
    wanted = sealed.reference if reference == "sealed" else reference
    with unit(acting("handhaver")) as by:
        assert code_of(access.break_glass, by=by, reference=wanted, reason="x") == "access.absent"
    with unit(acting("fg")) as by:
        assert code_of(access.read_with_reason, by=by, reference=wanted, reason="x") == "access.absent"


def test_another_municipality_has_no_number_here(signal: Signal) -> None:
    with unit(acting("waarnemer", code="BD")):
        assert access.named(signal.reference) is None
    with unit(acting("beheer")):
        assert access.named(signal.reference) is None
    with unit(acting("fg")):
        assert access.named(signal.reference) is not None


def test_the_fg_reads_with_a_reason(signal: Signal) -> None:
    with unit(acting("fg")) as by:
        access.read_with_reason(by=by, reference=signal.reference, reason="steekproef")
    assert seen("fg", signal) == (True, 1)
    with unit(acting("privacy")) as by:
        assert code_of(access.read_with_reason, by=by, reference=signal.reference, reason="x") == "access.role"
    with unit(acting()):
        assert TimelineEntry.objects.get(kind="access.supervise").told == {"reason": "steekproef"}


def test_the_subject_of_a_signal_is_never_eligible(sealed: Signal, signal: Signal) -> None:
    named = {"kind": SubjectKind.PERSON, "role": SubjectRole.INVOLVED}
    with unit(acting("secretaris")) as by:
        subjects.add_subject(by=by, signal=sealed, colleague=user("integriteit").id, **named)
    assert seen("integriteit", sealed) == (False, 0)
    assert seen("secretaris", sealed) == (True, 0)
    with unit(acting("secretaris")) as by:
        given = {"by": by, "signal": sealed, "until": FRIDAY, "why": "x"}
        assert code_of(access.give, user_id=user("integriteit").id, **given) == "access.subject"
        subjects.add_subject(by=by, signal=sealed, told={"name": "burgemeester VAN OEFEN"}, **named)
        assert code_of(access.give, user_id=user("burgemeester").id, **given) == "access.subject"
        access.give(user_id=user("fg").id, **given)
    assert seen("fg", sealed) == (True, 0)
    with unit(acting()) as by:
        subjects.add_subject(by=by, signal=signal, told={"mail": "Handhaver@oefen.example"}, **named)
    with pytest.raises(Refused), unit(acting("handhaver")) as by:
        access.break_glass(by=by, reference=signal.reference, reason="x")
    assert seen("handhaver", signal) == (False, 0)


def test_a_sealed_signal_is_nowhere_for_the_meldpunt(sealed: Signal) -> None:
    with unit(acting("secretaris")) as by:
        place(by, sealed)
    with unit(acting()) as by:
        other = opened(by)
        place(by, other)
        assert not repeats.earlier(other).exists()
        assert list(visible.files(by)) == [other]
        assert Signal.objects.count() == 1
        given = {"by": by, "signal": other, "reference": sealed.reference, "reason": "zelfde adres"}
        assert code_of(linking.link, **given) == "link.absent"
    with unit(acting()) as by:  # who reported it sees the own report only
        opening.give_access(sealed, by=by, user_id=by.person, why="eigen melding", kind=AccessKind.REPORTED)
        assert Signal.objects.filter(id=sealed.id).exists()
        assert not visible.files(by).filter(id=sealed.id).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM route_signal WHERE sealed",
        "SELECT count(*) FROM route_subject WHERE signal_id = %(id)s",
        "SELECT count(*) FROM route_timelineentry WHERE signal_id = %(id)s",
        "SELECT count(*) FROM route_lookup WHERE signal_id = %(id)s",
        "SELECT count(*) FROM route_access WHERE sealed",
        "SELECT count(*) FROM mr_readers(%(id)s)",
    ],
)
@pytest.mark.parametrize("name", ["meldpunt", "fg", "privacy", "handhaver", "beheer"])
def test_the_database_itself_hides_a_sealed_signal(sql: str, name: str, sealed: Signal) -> None:
    with unit(acting("secretaris")) as by:
        place(by, sealed)
    with unit(acting(name)), connection.cursor() as cursor:
        cursor.execute(sql, {"id": sealed.id})
        assert cursor.fetchone() == (0,)
    with unit(acting("secretaris")), connection.cursor() as cursor:
        cursor.execute(sql, {"id": sealed.id})
        assert cursor.fetchone() != (0,)


def test_the_same_address_is_named_and_opens_with_a_reason() -> None:
    with unit(acting()) as by:
        first, second, flat = opened(by), opened(by), opened(by)
        place(by, first)
        place(by, second, **{key: value.upper() for key, value in PLACE.items()})
        place(by, flat, addition="B")
        assert list(repeats.earlier(second)) == [first]
        assert list(repeats.earlier(flat)) == []
        assert code_of(access.open_with_reason, by=by, signal=first, reason="") == "access.reason"
        access.open_with_reason(by=by, signal=first, reason="zelfde adres als nieuw signaal")
    with unit(acting()):
        assert Entry.objects.filter(act="access.reopen").count() == 1
        assert Access.objects.get(signal=first).until == MONDAY + timedelta(days=1)


def test_links_are_made_with_a_reason_and_undone() -> None:
    with unit(acting()) as by:
        first, second = opened(by), opened(by)
        given = {"by": by, "signal": first, "reference": second.reference.lower()}
        assert code_of(linking.link, reason=" ", **given) == "link.reason"
        made = linking.link(reason="zelfde busje", **given)
        assert code_of(linking.link, reason="weer", **given) == "link.twice"
        assert code_of(linking.link, **given | {"reference": first.reference, "reason": "x"}) == "link.absent"
        assert TimelineEntry.objects.filter(kind="link.add").count() == 2
        linking.unlink(by=by, made=made)
        assert Link.objects.get().ended_at == by.at
    with unit(acting("handhaver")) as by:
        assert code_of(linking.link, **given | {"by": by, "reason": "x"}) == "file.role"


@pytest.fixture
def protected(signal: Signal) -> Reporter:
    with unit(acting()) as by:
        made = reporter(by, signal, protected=True)
    return made


def test_a_protected_reporter_needs_a_reason_and_a_second_person(protected: Reporter) -> None:
    with unit(acting()) as by:
        assert code_of(revealing.see_reporter, by=by, reporter=protected) == "reporter.protected"
        assert code_of(revealing.ask_reveal, by=by, reporter=protected, reason="") == "reveal.reason"
        asked = revealing.ask_reveal(by=by, reporter=protected, reason="terugbellen")
        assert code_of(revealing.agree_reveal, by=by, reveal=asked) == "reveal.second"
    with unit(acting("waarnemer")) as by:
        revealing.agree_reveal(by=by, reveal=asked)
        assert code_of(revealing.agree_reveal, by=by, reveal=asked) == "reveal.once"
        assert code_of(revealing.see_reporter, by=by, reporter=protected) == "reporter.protected"
    with unit(acting()) as by:
        assert revealing.see_reporter(by=by, reporter=protected).name == "Kees Jansen"
    with unit(acting(at=MONDAY + timedelta(minutes=61))) as by:
        assert code_of(revealing.see_reporter, by=by, reporter=protected) == "reporter.protected"
    with unit(acting()):
        assert Entry.objects.filter(act="look", on="route.Reporter").count() == 1


def test_the_database_refuses_one_person_as_both(protected: Reporter) -> None:
    with unit(acting()) as by:
        asked = revealing.ask_reveal(by=by, reporter=protected, reason="terugbellen")
    with pytest.raises(Error, match="second_person"), unit(acting()), connection.cursor() as cursor:
        cursor.execute("UPDATE route_reveal SET agreed_by = asked_by WHERE id = %s", [asked.id])


def test_who_reported_is_for_the_meldpunt_only(signal: Signal) -> None:
    with unit(acting()) as by:
        made = reporter(by, signal)
        access.give(by=by, signal=signal, user_id=user("handhaver").id, until=FRIDAY, why="controle")
        assert revealing.see_reporter(by=by, reporter=made)
    with unit(acting("handhaver")) as by:
        assert code_of(revealing.see_reporter, by=by, reporter=made) == "reporter.role"


def test_who_knows_somebody_hands_over_and_does_nothing_else(signal: Signal) -> None:
    with unit(acting()) as by:
        assert visible.is_asked(signal, by)
        handling.answer_known(by=by, signal=signal, knows=True)
        assert not visible.is_asked(signal, by)
        assert code_of(person, by=by, signal=signal) == "file.knows_somebody"
        given = {"by": by, "signal": signal, "version": signal.version}
        assert code_of(decide, decision=Decision.NOT_TAKEN_UP, **given) == "route.knows_somebody"
        assert code_of(weigh, by=by, signal=signal, code=Weighing.ONE, filled={}) == "route.knows_somebody"
        assert code_of(handling.hand_over, to=user("handhaver").id, why="x", **given) == "handler.role"
        assert code_of(handling.hand_over, to=user("waarnemer").id, why=" ", **given) == "handler.reason"
        handling.hand_over(to=user("waarnemer").id, why="ik ken de eigenaar", **given)
        assert Signal.objects.get(id=signal.id).handler_id == user("waarnemer").id
        assert code_of(handling.take_over, **given) == "file.knows_somebody"
    with unit(acting("waarnemer")) as by:
        given = {"by": by, "signal": signal, "version": signal.version}
        assert visible.is_asked(signal, by)
        assert code_of(handling.hand_over, to=user("meldpunt").id, why="terug", **given) == "handler.knows"
        with pytest.raises(Conflict):
            handling.take_over(by=by, signal=signal, version=1)


def test_who_reported_it_does_not_handle_it(signal: Signal) -> None:
    with unit(acting("waarnemer")) as by:
        reporter(by, signal, user_id=by.person)
        given = {"by": by, "signal": signal, "version": signal.version}
        assert code_of(handling.take_over, **given) == "apart.reporter_handler"


def test_an_attachment_is_typed_by_content_and_kept_encrypted(signal: Signal) -> None:
    with unit(acting()) as by:
        made = attaching.attach(by=by, signal=signal, name="..\\map/foto\n.html", body=b"\x89PNG\r\n\x1a\n kanarie")
        assert (made.name, made.content_type, made.size) == ("foto.html", "image/png", 16)
        assert code_of(attaching.attach, by=by, signal=signal, name="x", body=b"") == "attachment.empty"
        large = b"x" * (attaching.LARGEST + 1)
        assert code_of(attaching.attach, by=by, signal=signal, name="x", body=large) == "attachment.large"
    with unit(acting()) as by, connection.cursor() as cursor:
        assert attaching.fetch_original(by=by, attachment=Attachment.objects.get()).endswith(b"kanarie")
        cursor.execute("SELECT count(*) FROM vault_chunk WHERE position('kanarie'::bytea in body) > 0")
        assert cursor.fetchone() == (0,)
    with unit(acting()):
        assert Entry.objects.get(on="route.Attachment").ids == [signal.id, made.id]
    with unit(acting("handhaver")) as by:
        assert not Attachment.objects.exists()
        assert code_of(attaching.attach, by=by, signal=signal, name="x", body=b"x") == "file.role"


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO route_access (id, municipality_id, key_id, signal_id, user_id, kind, sealed, why, emergency,"
        " starts_at) VALUES (gen_random_uuid(), %(place)s, %(id)s, %(id)s, %(me)s, 'file', false, '', false, now())",
        "UPDATE route_signal SET municipality_id = %(place)s",
    ],
)
def test_the_database_keeps_rows_in_their_municipality(sql: str, signal: Signal) -> None:
    told = {"place": here("ZV").id, "id": signal.id, "me": user("meldpunt").id}
    with pytest.raises(Error, match="row-level security"), unit(acting()), connection.cursor() as cursor:
        cursor.execute(sql, told)
