"""Privacy checks and sources: asked, advised, decided; what they open and what stays closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from meldroute.domain.observing import Statement
from meldroute.domain.route import Decision
from meldroute.domain.sharing import evaluate
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Category, Check, Purpose, Question, Recipient, Role, State, Truth, Weighing
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.route.actions import asking, checking, deciding, notices, releasing
from meldroute.route.actions.facts import provision_of
from meldroute.route.models import Access, Observation, PrivacyCheck, PrivacyDecision, Signal
from meldroute.route.situation import situation_of
from meldroute.sharing.models import Release
from meldroute.sources.models import Hit
from people_here import MONDAY, acting, here, user
from route import files

pytestmark = pytest.mark.django_db

AT_TABLE = {"recipient": Recipient.SIGNALENOVERLEG, "purpose": Purpose.DISCUSS}


def in_meeting(*categories: Category) -> tuple[Signal, list[Observation]]:
    """A signal in the signalenoverleg with one fact of each category."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        facts = [files.fact(signal, by=by, text=category.label, category=category) for category in categories]
        files.weigh(signal, files.FIRST, by=by)
        given = deciding.Given(reason="snel bespreken")
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=given)
    return signal, facts


def enriching() -> Signal:
    """A signal that is being enriched, concrete and recent."""
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.weigh(signal, [*files.FIRST, Weighing.THREE], by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.TAKE_UP)
    return signal


def asked_2a(signal: Signal, facts: list[Observation], **other: object) -> PrivacyCheck:
    """Check 2A asked by the meldpunt."""
    asked = checking.Asked(
        check=Check.TWO_A,
        question="Mag dit?",
        facts=tuple(fact.id for fact in facts),
        **(AT_TABLE | other),  # type: ignore[arg-type]
    )
    with unit(acting()) as by:
        return checking.ask(by=by, signal=signal, asked=asked)


def ids(facts: list[Observation]) -> tuple[UUID, ...]:
    """Their ids."""
    return tuple(fact.id for fact in facts)


def sees(name: str, signal: Signal, minutes: int = 1) -> bool:
    """Whether this person's walls show the signal, read as the application with raw SQL."""
    with unit(acting(name, at=MONDAY + timedelta(minutes=minutes))), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM route_signal WHERE id = %s", [signal.id])
        return bool(cursor.fetchone()[0])


def test_a_yes_to_2a_releases_what_the_matrix_allows_and_shows_why_not() -> None:
    signal, (place, special) = in_meeting(Category.PLACE, Category.SPECIAL)
    settled = files.checked(signal, Check.TWO_A, facts=(place.id, special.id), **AT_TABLE)
    told = {one.fact.id: one for one in settled.judged}
    released = told[place.id].release
    assert released is not None
    assert (released.row, released.policy_version) == ("signalenoverleg-discuss-1", 1)
    assert released.ground.startswith("AVG art. 6")
    assert released.until > MONDAY + timedelta(days=7)
    assert told[special.id].release is None
    assert told[special.id].verdict.reason
    assert told[special.id].verdict.ground


@pytest.mark.parametrize("category", list(Category))
def test_every_release_stands_in_the_matrix_and_nothing_else_is_released(category: Category) -> None:
    signal, _facts = in_meeting()
    with unit(acting()) as by:
        fact = files.any_fact(signal, category, by=by)
    settled = files.checked(signal, Check.TWO_A, facts=(fact.id,), **AT_TABLE)
    with unit(acting()):
        matrix, _ = releasing.matrix_of(signal.municipality_id)
        checks = frozenset({Check.TWO_A})
        ask = releasing.Ask(category=category, step=4, checks=checks, provision=provision_of(fact), **AT_TABLE)
        assert Release.objects.filter(observation_id=fact.id).exists() is bool(evaluate(matrix, ask))
    assert all(bool(one.verdict) is (one.release is not None) for one in settled.judged)


def test_a_person_is_released_only_without_a_name() -> None:
    signal, (person,) = in_meeting(Category.POSSIBLE_VICTIM)
    assert not any(one.release for one in files.checked(signal, Check.TWO_A, facts=(person.id,), **AT_TABLE).judged)
    row = asked_2a(signal, [person], pseudonymised=True)
    with unit(acting("privacy")) as by:
        checking.advise(by=by, check=row, positive=True, advice="Zonder naam", facts=(person.id,))
    with unit(acting("proceseigenaar")) as by:
        (one,) = checking.settle(by=by, check=row, allowed=True, reason="Eens", facts=(person.id,)).judged
    assert one.release is not None
    assert one.release.pseudonymised


def test_the_loo_needs_both_checks() -> None:
    signal, (place,) = in_meeting(Category.PLACE)
    at_loo = {"recipient": Recipient.LOO, "purpose": Purpose.DISCUSS, "facts": (place.id,)}
    assert not any(one.release for one in files.checked(signal, Check.TWO_B, **at_loo).judged)
    assert all(one.release for one in files.checked(signal, Check.TWO_A, **at_loo).judged)


def test_a_later_no_takes_back_what_was_released() -> None:
    signal, (place,) = in_meeting(Category.PLACE)
    files.checked(signal, Check.TWO_A, facts=(place.id,), **AT_TABLE)
    later = acting(at=MONDAY + timedelta(hours=1))
    files.checked(signal, Check.TWO_A, facts=(place.id,), allowed=False, at=later, **AT_TABLE)
    with unit(later) as by:
        assert not releasing.live(signal, Recipient.SIGNALENOVERLEG, by).exists()
        (checked,) = situation_of(signal, by).checks
        assert not checked.allowed


def test_the_file_is_lent_to_adviser_and_decider_until_the_decision() -> None:
    signal, facts = in_meeting(Category.PLACE)
    assert not sees("privacy", signal)
    assert not sees("proceseigenaar", signal)
    row = asked_2a(signal, facts)
    assert sees("privacy", signal)
    assert sees("proceseigenaar", signal)
    assert not sees("fg", signal)
    with unit(acting("privacy", at=MONDAY + timedelta(minutes=1))) as by:
        checking.advise(by=by, check=row, positive=True, advice="Goed", facts=ids(facts))
    with unit(acting("proceseigenaar", at=MONDAY + timedelta(minutes=2))) as by:
        checking.settle(by=by, check=row, allowed=True, reason="Eens", facts=ids(facts))
    assert not sees("privacy", signal, minutes=3)
    assert not sees("proceseigenaar", signal, minutes=3)


def test_what_was_lent_ends_by_itself_and_a_reminder_lends_it_again() -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    week = 7 * 24 * 60
    assert not sees("privacy", signal, minutes=week)
    with unit(acting(at=MONDAY + timedelta(minutes=week))) as by:
        waiting = checking.remind(by=by, check=row)
        notices.reminded(row, waiting, by=by)
        (mail,) = Outgoing.objects.filter(municipality_id=signal.municipality_id)
        assert mail.to == "privacy@oefen.example"
        assert signal.reference not in mail.subject + mail.body
        assert "mensenhandel" not in (mail.subject + mail.body).lower()
    assert sees("privacy", signal, minutes=week + 1)


def test_a_decision_against_the_advice_is_shown_to_the_fg() -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting("privacy")) as by:
        checking.advise(by=by, check=row, positive=False, advice="Niet nodig")
    with unit(acting("proceseigenaar")) as by:
        with pytest.raises(Refused) as refused, transaction.atomic():
            checking.settle(by=by, check=row, allowed=True, reason=" ", facts=ids(facts))
        assert refused.value.verdict.code == "need.reason"
        assert checking.settle(by=by, check=row, allowed=True, reason="Wel nodig", facts=ids(facts)).decision.departs
    assert sees("fg", signal)


@pytest.mark.parametrize(
    ("advised", "decided", "departs"),
    [((0, 1), (0, 1), False), ((0, 1), (0,), False), ((0,), (0, 1), True), ((), (0,), True), ((0,), (), True)],
)
def test_departing_is_going_beyond_or_against_the_advice(
    advised: tuple[int, ...], decided: tuple[int, ...], departs: bool
) -> None:
    signal, facts = in_meeting(Category.PLACE, Category.BUSINESS)
    row = asked_2a(signal, facts)
    with unit(acting("privacy")) as by:
        chosen = tuple(facts[i].id for i in advised)
        checking.advise(by=by, check=row, positive=bool(chosen), advice="Zo", facts=chosen)
    with unit(acting("proceseigenaar")) as by:
        chosen = tuple(facts[i].id for i in decided)
        made = checking.settle(by=by, check=row, allowed=bool(chosen), reason="Daarom", facts=chosen).decision
    assert made.departs is departs


@pytest.mark.parametrize("name", ["meldpunt", "proceseigenaar", "fg", "handhaver"])
def test_nobody_but_the_privacy_officer_advises(name: str) -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting()):
        Access.objects.filter(signal=signal).update(ended_at=None)
    with unit(acting(name)) as by, pytest.raises(Refused), transaction.atomic():
        checking.advise(by=by, check=row, positive=True, advice="Ja", facts=ids(facts))


def test_who_handles_the_signal_does_not_advise_or_decide() -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting()):
        Signal.objects.filter(id=signal.id).update(handler_id=user("privacy").id)
    with unit(acting("privacy")) as by:
        again = PrivacyCheck.objects.get(id=row.id)
        with pytest.raises(Refused) as refused, transaction.atomic():
            checking.advise(by=by, check=again, positive=True, advice="Ja", facts=ids(facts))
    assert refused.value.verdict.code == "gate.not_handler"


def test_without_an_adviser_everything_stays_closed_but_a_stand_ins_word_opens_it_for_a_day() -> None:
    Membership.objects.filter(role=Role.PRIVACY_OFFICER, municipality=here()).update(ends=MONDAY - timedelta(days=1))
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting("proceseigenaar")) as by:
        with pytest.raises(Refused), transaction.atomic():
            checking.settle(by=by, check=row, allowed=True, reason="Haast", facts=ids(facts))
        word = "J. de Wit, privacyadviseur Bloemendaal"
        made = checking.settle(by=by, check=row, allowed=True, reason="Haast", facts=ids(facts), stand_in=word).decision
        assert (made.without_advice, made.stand_in) == (True, word)
        assert made.confirm_by == by.today + timedelta(days=1)
        assert releasing.live(signal, Recipient.SIGNALENOVERLEG, by).exists()
    for day, opens in ((1, True), (2, False)):
        with unit(acting(at=MONDAY + timedelta(days=day))) as by:
            assert situation_of(signal, by).checks[0].allowed is opens
            assert releasing.live(signal, Recipient.SIGNALENOVERLEG, by).exists() is opens


@pytest.mark.parametrize("positive", [True, False])
def test_a_privacy_officer_confirms_the_word_of_a_stand_in_or_not(positive: bool) -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting("proceseigenaar")) as by:
        checking.settle(by=by, check=row, allowed=True, reason="Haast", facts=ids(facts), stand_in="J. de Wit")
    with unit(acting("privacy", at=MONDAY + timedelta(days=1))) as by:
        checking.advise(by=by, check=row, positive=positive, advice="Nagekeken", facts=ids(facts))
    with unit(acting(at=MONDAY + timedelta(days=3))) as by:
        assert situation_of(signal, by).checks[0].allowed is positive
        assert releasing.live(signal, Recipient.SIGNALENOVERLEG, by).exists() is positive
        assert PrivacyDecision.objects.count() == 1


def test_a_check_is_decided_once() -> None:
    signal, facts = in_meeting(Category.PLACE)
    row = asked_2a(signal, facts)
    with unit(acting("privacy")) as by:
        checking.advise(by=by, check=row, positive=True, advice="Goed", facts=ids(facts))
    with unit(acting("proceseigenaar")) as by:
        checking.settle(by=by, check=row, allowed=True, reason="Eens", facts=ids(facts))
    with unit(acting()) as by, pytest.raises(Refused) as refused, transaction.atomic():
        checking.remind(by=by, check=row)
    assert refused.value.verdict.code == "check.decided"


def test_the_same_check_is_not_asked_twice() -> None:
    signal, facts = in_meeting(Category.PLACE)
    asked_2a(signal, facts)
    with pytest.raises(Refused) as refused:
        asked_2a(signal, facts)
    assert refused.value.verdict.code == "check.twice"


def test_a_sealed_signal_names_its_adviser_and_decider() -> None:
    with unit(acting("secretaris")) as by:
        signal = files.new(by=by, sealed=True)
        fact = files.fact(signal, by=by)
        Signal.objects.filter(id=signal.id).update(state=State.IN_SIGNALENOVERLEG)
        signal.refresh_from_db()
        asked = checking.Asked(check=Check.TWO_A, question="Mag dit?", facts=(fact.id,), **AT_TABLE)
        with pytest.raises(Refused) as refused, transaction.atomic():
            checking.ask(by=by, signal=signal, asked=asked)
        assert refused.value.verdict.code == "check.readers"
        readers = (user("privacy").id, user("proceseigenaar").id)
        named = checking.Asked(check=Check.TWO_A, question="Mag dit?", facts=(fact.id,), readers=readers, **AT_TABLE)
        row = checking.ask(by=by, signal=signal, asked=named)
    assert sees("privacy", signal)
    assert not sees("meldpunt", signal)
    with unit(acting("privacy", at=MONDAY + timedelta(minutes=1))) as by:
        checking.advise(by=by, check=row, positive=True, advice="Goed", facts=(fact.id,))
    with unit(acting("proceseigenaar", at=MONDAY + timedelta(minutes=2))) as by:
        checking.settle(by=by, check=row, allowed=True, reason="Eens", facts=(fact.id,))
    assert not sees("proceseigenaar", signal, minutes=3)
    assert not sees("privacy", signal, minutes=3)


# Sources


def test_a_source_stays_closed_until_check_1_allows_that_source() -> None:
    signal = enriching()
    with unit(acting()) as by, pytest.raises(Refused) as refused, transaction.atomic():
        asking.ask_source(by=by, signal=signal, source="bag", question="Staat er een pand?")
    assert refused.value.verdict.code == "gate.check_1"
    assert refused.value.verdict.helpers
    files.checked(signal, Check.ONE, sources=("bag",))
    with unit(acting()) as by:
        asking.ask_source(by=by, signal=signal, source="bag", question="Staat er een pand?")
        with pytest.raises(Refused), transaction.atomic():
            asking.ask_source(by=by, signal=signal, source="kvk", question="Wie is eigenaar?")


def test_a_closed_source_cannot_be_asked_for() -> None:
    signal = enriching()
    with pytest.raises(Refused) as refused:
        files.checked(signal, Check.ONE, sources=("suwi",))
    assert refused.value.verdict.code == "source.suwi"


def test_content_opens_only_after_a_hit_and_a_reason() -> None:
    signal = enriching()
    files.checked(signal, Check.ONE, sources=("bag",))
    statement = Statement(
        truth=Truth.FACT,
        text="Winkel met bovenwoning",
        category=Category.PLACE,
        source="BAG",
        observed_on=MONDAY.date(),
    )
    with unit(acting()) as by:
        row = asking.ask_source(by=by, signal=signal, source="bag", question="Staat er een pand?")

        def refused(act: object) -> str:
            with pytest.raises(Refused) as told, transaction.atomic():
                act()  # type: ignore[operator]
            return told.value.verdict.code

        assert refused(lambda: asking.open_content(by=by, signal=signal, query=row, why="nodig")) == "gate.hit"
        asking.answer_source(by=by, signal=signal, query=row, hit=True)
        record = lambda: asking.record_content(by=by, signal=signal, query=row, statement=statement)  # noqa: E731
        assert refused(record) == "source.opened"
        assert refused(lambda: asking.open_content(by=by, signal=signal, query=row, why=" ")) == "need.reason"
        asking.open_content(by=by, signal=signal, query=row, why="soort pand")
        made = record()
        assert (made.query_id, made.category) == (row.id, Category.PLACE)
        assert refused(lambda: asking.answer_source(by=by, signal=signal, query=row, hit=False)) == "source.answered"


def test_no_hit_is_recorded_and_opens_nothing() -> None:
    signal = enriching()
    files.checked(signal, Check.ONE, sources=("bag",))
    with unit(acting()) as by:
        row = asking.ask_source(by=by, signal=signal, source="bag", question="Staat er een pand?")
        asking.answer_source(by=by, signal=signal, query=row, hit=False)
        assert row.hit == Hit.NONE
        with pytest.raises(Refused), transaction.atomic():
            asking.open_content(by=by, signal=signal, query=row, why="toch")
        files.weigh(signal, [Weighing.FOUR], by=by)
        deciding.decide(by=by, signal=signal, version=2, decision=Decision.TO_AGENDA)


def test_the_open_internet_is_closed_unless_the_policy_opens_it() -> None:
    signal = enriching()
    with unit(acting()) as by, pytest.raises(Refused) as refused, transaction.atomic():
        asking.log_internet(by=by, signal=signal, url="https://voorbeeld.nl/advertentie", why="adres nagaan")
    assert refused.value.verdict.code == "source.internet"


def test_an_answer_of_an_earlier_round_stays_readable() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        files.weigh(signal, [Weighing.ONE, Question.CONCRETE], by=by)
        Signal.objects.filter(id=signal.id).update(round=2)
        signal.refresh_from_db()
        assert not situation_of(signal, by).weighed
        from_before = files.weighing.read(signal)
        assert {one.code for one in from_before} == {"1", "concrete"}
        assert all(line.question for one in from_before for line in one.lines)
