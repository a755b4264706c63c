"""Draag over: what the sheet says of each signal, that it agrees with what the pages refuse, and what is not on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings import tables
from meldroute.domain.route import Decision, Given, Situation, may, options
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, Role, State, Weighing
from meldroute.journal.acting import Acting
from meldroute.journal.models import Entry
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.route import stand_in
from meldroute.route.actions import asking, attaching, deciding, elements, handing_over, revealing, tasks
from meldroute.route.models import FeedbackKind, Signal, TaskKind
from meldroute.route.policies import sources_of
from meldroute.route.situation import situation_of
from meldroute.route.visible import WORKERS
from people_here import MONDAY, acting, user
from route import files, words
from signals_here import CANARY, noted, opened, person, place, reporter

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)
WRITTEN = ("Kanariefeit", "Kanariereden", "Kanarievraag", "kanariebestand", "Kanarieplaats", CANARY, "Voorbeeldstraat")
"""What people wrote somewhere in the file; none of it belongs on the sheet."""


def sheet(signal: Signal, name: str = "meldpunt") -> stand_in.Sheet:
    """The sheet of one signal, as this person sees it."""
    with unit(acting(name, at=LATER)) as by:
        (found,) = stand_in.sheets(by, [Signal.objects.get(id=signal.id)])
    return found


def said(signal: Signal, name: str = "meldpunt") -> str:
    """Everything on it, in lines."""
    one = sheet(signal, name)
    waits = [f"{line.who}: {line.what}" for line in one.waits]
    return "\n".join([one.state, *one.not_allowed, *waits, *(line.text for line in one.done), *one.sources])


def made(**other: Any) -> Signal:
    """A registered signal of the meldpunt."""
    with unit(acting()) as by:
        return opened(by, **other)


def enriching() -> Signal:
    """A signal being enriched, with check 1 decided: BAG may be asked, KvK may not."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.weigh(signal, files.FIRST, by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.TAKE_UP, given=Given(reason="Kanariereden"))
        files.weigh(signal, (Weighing.THREE,), by=by)
    files.checked(signal, Check.ONE, sources=("bag",))
    files.checked(signal, Check.ONE, sources=("kvk",), allowed=False)
    return signal


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def page(name: str, **asked: str) -> str:
    return client_of(name).get(reverse("route:stand-in"), asked).content.decode()


def held(signal: Signal) -> None:
    with unit(acting(at=MONDAY + timedelta(hours=1))) as by:
        row = Signal.objects.get(id=signal.id)
        given = Given(reason="Kanariereden", requested_by="OM", review_on=files.in_days(by, 14))
        deciding.decide(by=by, signal=row, version=row.version, decision=Decision.HOLD, given=given)


def minor(by: Acting, signal: Signal) -> None:
    Signal.objects.filter(id=signal.id).update(minor_possible=True)


CASES: dict[str, tuple[Callable[[Acting, Signal], Any], str]] = {
    "a minor": (minor, "De ouders niet benaderen"),
    "a protected reporter": (
        lambda by, signal: reporter(by, signal, protected=True),
        "Niet kijken wie de beschermde melder is",
    ),
    "mailing is not safe": (lambda by, signal: reporter(by, signal), "De melder niet mailen"),
    "wants to hear nothing": (lambda by, signal: reporter(by, signal, wants_feedback=False), "die wil dat niet"),
    "an anonymous source": (
        lambda by, signal: files.any_fact(signal, Category.MMA, by=by),
        "De anonieme bron niet aanhalen",
    ),
    "police data": (
        lambda by, signal: files.any_fact(signal, Category.POLICE_DATA, by=by),
        "Politiegegevens niet gebruiken voor iets anders",
    ),
    "a fact": (lambda by, signal: files.fact(signal, by=by), "Geen feiten delen: er is nog niets getoetst"),
    "nobody answered yet": (lambda by, signal: None, "of u iemand in dit signaal kent"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_thing_in_the_file_says_what_may_not_be_done_and_only_then(case: str) -> None:
    act, words_said = CASES[case]
    signal = made()
    before = said(signal)
    with unit(acting()) as by:
        act(by, signal)
    assert words_said in said(signal)
    assert words_said not in before or case in ("a fact", "nobody answered yet")


def test_sources_are_open_or_closed_as_asking_them_is() -> None:
    """Every source of the register: it stands under what may be asked exactly when asking it is not refused."""
    signal = enriching()
    one = sheet(signal)
    assert one.sources
    with unit(acting(at=LATER)) as by:
        register, _version = sources_of(by.place)
    for source in register.values():
        allowed = True
        try:
            with unit(acting(at=LATER)) as by:
                asking.ask_source(by=by, signal=signal, source=source.id, question="Staat er een pand?")
        except Refused:
            allowed = False
        assert (source.label in one.sources) is allowed, source.id
    (line,) = [line for line in one.not_allowed if "bron raadplegen" in line]
    assert line == f"Geen andere bron raadplegen dan: {', '.join(one.sources)}."


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_every_decision_that_is_refused_now_is_named_with_the_reason(state: State) -> None:
    signal = made()
    with unit(acting()):
        tables.put(signal, state)
    with unit(acting(at=LATER)) as by:
        situation: Situation = situation_of(Signal.objects.get(id=signal.id), by)
        shut = [(d, v) for d, v in options(situation, by.roles) if not v]
        free = [d for d, v in options(situation, by.roles) if v]
        assert not may(situation, shut[0][0], by.roles) if shut else True
    lines = [line for line in sheet(signal).not_allowed if line.startswith("Nog niet besluiten")]
    for decision, verdict in shut:
        assert any(decision.label in line and verdict.reason in line for line in lines), decision
    for decision in free:
        assert not any(f": {decision.label}. " in line for line in lines), decision


def test_what_was_released_is_said_per_recipient_and_the_rest_is_not_to_be_shared() -> None:
    signal = tables.ripe()
    told = said(signal)
    assert "met niemand anders: signalenoverleg (1)" in told
    assert "Niet delen: 1 feit is niet vrijgegeven" in told
    assert "Geen feiten delen" not in told


def test_on_hold_says_so_and_nothing_of_who_asked() -> None:
    signal = enriching()
    held(signal)
    told = said(signal)
    assert "Geen enkele bron raadplegen. Dit past niet bij de stap" in told
    assert "Aangehouden" in told
    assert "Geen controle en geen terugkoppeling met inhoud" in told
    assert not sheet(signal).sources


def test_who_waits_on_what_with_the_day() -> None:
    signal = enriching()
    wanted = tasks.Wanted(
        kind=TaskKind.OBSERVE, question="Kanarievraag", assignee=user("handhaver").id, due_on=MONDAY.date(), place=""
    )
    with unit(acting()) as by:
        fresh = Signal.objects.get(id=signal.id)
        tasks.give(by=by, signal=fresh, wanted=wanted)
        who = reporter(by, fresh, protected=True)
        words.owes(by, fresh, FeedbackKind.INTERIM, who)
        revealing.ask_reveal(by=by, reporter=who, reason="Kanariereden")
        handing_over.hand_over(
            by=by, signal=fresh, recipient=Recipient.TEAM_MENSENHANDEL, facts=[], reason="Kanariereden", by_mail=False
        )
    waits = {(line.who, line.what) for line in sheet(signal).waits}
    assert waits == {
        (user("handhaver").name, "ter plaatse kijken"),
        ("meldpunt", "tussenbericht aan de melder"),
        ("een tweede collega", "instemmen om de beschermde melder te zien"),
        ("Team Mensenhandel van de politie", "bevestigen dat de overdracht aankwam"),
    }
    (task,) = [line for line in sheet(signal).waits if line.who == user("handhaver").name]
    assert (task.due, task.working_days) == (MONDAY.date(), 0)


def test_checks_wait_for_the_adviser_and_then_for_the_owner() -> None:
    signal = made()
    with unit(acting()) as by:
        told = {"recipient": Recipient.RIEC, "purpose": Purpose.HAND_OVER, "facts": (files.fact(signal, by=by).id,)}
        asked = files.checking.Asked(check=Check.TWO_B, question="Mag dit?", **told)
        row = files.checking.ask(by=by, signal=signal, asked=asked)
    assert "privacyadviseur: advies over toets 2B" in said(signal)
    with unit(acting("privacy")) as by:
        files.checking.advise(by=by, check=row, positive=True, advice="Past", sources=(), facts=())
    assert "proceseigenaar: besluit over toets 2B" in said(signal)


def test_nothing_that_somebody_wrote_stands_on_the_sheet() -> None:
    """Names, addresses, facts, reasons, questions, places and names of files: all in the file, none on the page."""
    signal = enriching()
    with unit(acting(at=MONDAY + timedelta(hours=1))) as by:
        fresh = Signal.objects.get(id=signal.id)
        person(by, fresh)
        place(by, fresh)
        noted(by, fresh, text="Kanariefeit", source="Kanarieplaats")
        elements.add_element(by=by, signal=fresh, part="act", code="house", note="Kanariereden")
        attaching.attach(by=by, signal=fresh, name="kanariebestand.txt", body=b"x")
        wanted = tasks.Wanted(
            kind=TaskKind.OBSERVE,
            question="Kanarievraag",
            assignee=user("handhaver").id,
            due_on=by.today,
            place="Kanarieplaats",
        )
        tasks.give(by=by, signal=fresh, wanted=wanted)
        reporter(by, fresh, name=f"{CANARY} Melder", mail="kanarie@oefen.example")
    told = page("meldpunt", van="allen")
    assert signal.reference in told
    for word in WRITTEN:
        assert word.lower() not in told.lower(), word
    assert "kanarie@oefen.example" not in told


def test_only_what_the_reader_may_see_anyway_and_one_look_is_told() -> None:
    ordinary = made()
    with unit(acting()) as by:
        sealed = files.new(by=by, sealed=True)
    client = client_of("meldpunt")
    told = client.get(reverse("route:stand-in"), {"van": "allen"}, REMOTE_ADDR="draag-over").content.decode()
    assert ordinary.reference in told
    assert sealed.reference not in told
    seen = page("integriteit", van="allen")
    assert sealed.reference in seen
    assert "op geen lijst of agenda noemen" in seen
    assert ordinary.reference not in seen
    with unit(acting("fg")):
        (entry,) = Entry.objects.filter(origin="draag-over")
        assert (entry.act, entry.on, set(entry.ids) >= {ordinary.id}, sealed.id in entry.ids) == (
            "look",
            "route.stand_in",
            True,
            False,
        )


@pytest.mark.parametrize(
    "name", ["melder", "handhaver", "privacy", "proceseigenaar", "fg", "burgemeester", "beheer", "analist"]
)
def test_only_who_works_in_files_gets_the_sheet(name: str) -> None:
    assert client_of(name).get(reverse("route:stand-in")).status_code == 403


def test_the_neighbours_see_their_own() -> None:
    signal = made()
    assert signal.reference not in page("bloemendaal", van="allen")


def test_a_stand_in_sees_first_whom_they_stand_in_for() -> None:
    with unit(acting("meldpunt")) as by:
        mine = opened(by)
    with unit(acting("waarnemer")) as by:
        own = opened(by)
    told = page("waarnemer")
    assert f"signalen van {user('meldpunt').name}" in told
    assert mine.reference in told
    assert own.reference not in told
    Membership.objects.filter(user=user("waarnemer")).update(stands_in_for=None)
    told = page("waarnemer")
    assert own.reference in told
    assert mine.reference not in told
    assert mine.reference in page("waarnemer", van="allen")
    assert mine.reference in page("waarnemer", van=str(user("meldpunt").id))


@pytest.mark.parametrize("van", ["x", "00000000-0000-0000-0000-000000000001", "' OR 1=1"])
def test_an_unknown_colleague_shows_the_usual_sheet(van: str) -> None:
    signal = made()
    assert signal.reference in page("meldpunt", van=van)


def test_more_than_fits_is_said() -> None:
    for _number in range(stand_in.MOST + 2):
        made()
    with unit(acting()) as by:
        rows, more = stand_in.wanted(by, None)
    assert len(rows) == stand_in.MOST
    assert more > 0
    assert f"nog {more} signalen" in page("meldpunt", van="allen")


def test_workers_are_those_who_write_in_files() -> None:
    assert set(WORKERS) == {Role.MELDPUNT, Role.INTEGRITY}
