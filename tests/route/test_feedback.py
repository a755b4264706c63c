"""Who may hear what, by which way, and everything that is refused: by table and through the real actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from meldroute.domain.feedback import Level
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import NoFeedback, Outcome, SourceKind, State, SubjectKind, SubjectRole
from meldroute.people.models import User
from meldroute.people.unit import system, unit
from meldroute.post.models import Delivery, Outgoing
from meldroute.post.sending import send_one
from meldroute.route.actions import deciding, feedback, linking, opening, subjects
from meldroute.route.feedback_known import day_of, known_of
from meldroute.route.feedback_levels import Way, ways, why_closed
from meldroute.route.models import Feedback, FeedbackKind
from meldroute.route.situation import situation_of
from people_here import MONDAY, acting, here, user
from post.wires import Does, FakeWire, Point
from route.words import KINDS, ended, owes, put_in
from signals_here import opened, person, place, reporter

R, T, C, X = Level.RECEIVED, Level.TAKEN_UP, Level.CLOSED, Level.RESULT
ENDED = {  # highest level for partner, colleague, citizen; the lowest is "afgerond"
    Outcome.NOT_TAKEN_UP: (X, C, C),
    Outcome.SOMETHING_ELSE: (C, C, C),
    Outcome.OTHER_DEPARTMENT: (X, X, C),
    Outcome.OTHER_AUTHORITY: (X, C, C),
    Outcome.NOT_CONFIRMED: (X, X, C),
    Outcome.INTERVENTION: (X, C, C),
    Outcome.RIEC_CASE: (C, C, C),
    Outcome.POLICE_CASE: (C, C, C),
    Outcome.OTHER_SIGNAL: (C, C, C),
    Outcome.NO_SIGNAL: (C, C, C),
}
UNDER_WAY = {  # lowest and highest per kind of reporter
    State.REGISTERED: ((R, T), (R, T), (R, R)),
    State.ENRICHING: ((T, T),) * 3,
    State.IN_SIGNALENOVERLEG: ((T, T),) * 3,
    State.WAITING_FINDINGS: ((T, T),) * 3,
    State.IN_LOO: ((T, T),) * 3,
    State.MONITORING: ((T, T),) * 3,
    State.ON_HOLD: ((T, T),) * 3,
}


def allowed(row: Feedback) -> tuple[Level, Level]:
    """The lowest and the highest that can be chosen; every other is closed with a reason."""
    can = [level for level in Level if not why_closed(row, level)]
    assert can == list(feedback.levels(row))
    return can[0], can[-1]


def test_the_table_covers_every_outcome_and_state() -> None:
    assert set(ENDED) == set(Outcome)
    assert set(UNDER_WAY) | {State.RECEIVED, State.FEEDBACK_DUE, State.CLOSED} == set(State)


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", list(Outcome))
def test_levels_per_outcome_and_receiver(outcome: Outcome) -> None:
    with unit(acting()) as by:
        for kind, highest in zip(KINDS.values(), ENDED[outcome], strict=True):
            row = ended(by, outcome, source_kind=kind)
            assert allowed(row) == (C, highest)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(UNDER_WAY))
@pytest.mark.parametrize("earlier", ["", Outcome.INTERVENTION])
def test_levels_while_it_is_under_way_and_an_earlier_outcome_does_not_show(state: State, earlier: str) -> None:
    with unit(acting()) as by:
        for kind, (lowest, highest) in zip(KINDS.values(), UNDER_WAY[state], strict=True):
            signal = put_in(opened(by), state, earlier)
            row = owes(by, signal, FeedbackKind.INTERIM, reporter(by, signal, source_kind=kind))
            assert allowed(row) == (lowest, highest)


def word(row: Feedback, **other: str) -> feedback.Word:
    """The proposed words of the lowest level, by mail."""
    level = feedback.levels(row)[0]
    return replace(feedback.Word(level, *feedback.proposed(row, level), "mail"), **other)


def refused(code: str, act: object) -> None:
    """It is refused for this reason, and nothing is kept."""
    with pytest.raises(Refused) as error, transaction.atomic():
        act()
    assert error.value.verdict.code == code


SOFT = "Beste Oefen,\n\nWij zijn klaar. Vragen? Bel 06 11 22 33 44.\n"


@pytest.mark.django_db
def test_refusals() -> None:
    with unit(acting()) as by:
        row = ended(by, Outcome.RIEC_CASE)
        place(by, row.signal)
        give = lambda **told: lambda: feedback.give(by=by, feedback=row, word=word(row, **told))  # noqa: E731
        refused("feedback.level", give(level=Level.RESULT))
        refused("feedback.level", give(level=Level.TAKEN_UP))
        refused("feedback.reveals", give(text="Wij keken in de Voorbeeldstraat."))
        refused("feedback.reveals", give(subject="Mensenhandel in Heemstede"))
        refused("feedback.reveals", give(text="Wij keken in de Voorbeeldstraat.", how="phone"))
        refused("feedback.second_reader", give(text=SOFT))

        def ask(text: str, why: str) -> object:
            said = word(row, text=text)
            return lambda: feedback.ask_second_reader(by=by, feedback=row, word=said, why=why)

        refused("feedback.no_reader_needed", ask("Beste Oefen, wij zijn klaar.", "daarom"))
        refused("feedback.kept_why", ask(SOFT, "  "))
        refused("feedback.reveals", ask(SOFT + " Voorbeeldstraat 1", "daarom"))
        assert not Outgoing.objects.exists()
        assert Feedback.objects.get().given_at is None


@pytest.mark.django_db
def test_one_word_is_one_mail_and_a_second_is_refused() -> None:
    with unit(acting()) as by:
        row = ended(by)
        feedback.give(by=by, feedback=row, word=word(row))
        stale = Feedback.objects.get()
        stale.given_at = None
        refused("feedback.settled", lambda: feedback.give(by=by, feedback=stale, word=word(row)))
        refused(
            "feedback.settled",
            lambda: feedback.give_none(by=by, feedback=row, because=NoFeedback.NOT_SAFE, reason="x"),
        )
        mail = Outgoing.objects.get()
        assert (mail.about, mail.about_id, row.outgoing_id) == ("route.Feedback", row.id, mail.id)
        assert mail.reply_token in mail.message_id


CLOSED = [
    ({"mail_safe": False}, Way.MAIL),
    ({"mail": ""}, Way.MAIL),
    ({"mail": "melder@oefen.example\r\nBcc: x@oefen.example"}, Way.MAIL),
    ({"wants_feedback": False}, Way.MAIL),
    ({"wants_feedback": False}, Way.PHONE),
    ({"anonymous": True, "mail": ""}, Way.PHONE),
    ({"anonymous": True, "mail": ""}, Way.SPOKEN),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "way"), CLOSED)
def test_closed_ways_say_why_and_are_refused(who: dict[str, object], way: Way) -> None:
    with unit(acting()) as by:
        row = ended(by, **who)
        assert ways(row.reporter)[way]
        refused("feedback.unsafe", lambda: feedback.give(by=by, feedback=row, word=word(row, how=way)))
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("way", [Way.PHONE, Way.SPOKEN])
def test_a_spoken_word_is_recorded_without_a_mail(way: Way) -> None:
    with unit(acting()) as by:
        row = ended(by, mail_safe=False)
        feedback.give(by=by, feedback=row, word=word(row, how=way))
        kept = Feedback.objects.get()
        assert (kept.how, kept.given_at, kept.outgoing_id) == (way, by.at, None)
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_a_practice_signal_of_a_real_installation_never_leaves(settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    with unit(acting()) as by:
        row = ended(by)
        row.signal.practice = True
        row.signal.save(update_fields=["practice"])
        row = Feedback.objects.get()
        assert ways(row.reporter)[Way.MAIL]
        refused("feedback.unsafe", lambda: feedback.give(by=by, feedback=row, word=word(row)))


@pytest.mark.django_db
def test_on_hold_only_the_fixed_text_goes() -> None:
    with unit(acting()) as by:
        signal = put_in(opened(by), State.ON_HOLD)
        row = owes(by, signal, FeedbackKind.INTERIM, reporter(by, signal, mail_safe=True))
        said = word(row)
        more = replace(said, text=said.text + "\nWij spraken iemand.")
        refused("feedback.contentless", lambda: feedback.give(by=by, feedback=row, word=more))
        feedback.give(by=by, feedback=row, word=said)
        assert Outgoing.objects.get().body == said.text


@pytest.mark.django_db
def test_content_is_not_given_before_there_is_an_outcome() -> None:
    with unit(acting()) as by:
        row = ended(by)
        said = word(row)
        put_in(row.signal, State.ON_HOLD)
        with pytest.raises(Refused):
            feedback.give(by=by, feedback=row, word=said)


@pytest.mark.django_db
def test_postponed_is_given_later_and_the_gate_waits_for_it() -> None:
    with unit(acting()) as by:
        row = ended(by)
        feedback.give_none(by=by, feedback=row, because=NoFeedback.POSTPONED, reason="verzoek van het OM")
        done = lambda: deciding.decide(  # noqa: E731
            by=by, signal=row.signal, version=row.signal.version, decision=deciding.D.FEEDBACK_DONE
        )
        with pytest.raises(Refused):
            done()
        feedback.give(by=by, feedback=row, word=word(row))
        done()
        assert row.signal.state == State.CLOSED
        assert Feedback.objects.get().none_because == ""


@pytest.mark.django_db
@pytest.mark.parametrize("because", [one for one in NoFeedback if one is not NoFeedback.POSTPONED])
def test_a_reason_for_none_lets_the_signal_close(because: NoFeedback) -> None:
    with unit(acting()) as by:
        row = ended(by)
        refused("feedback.reason", lambda: feedback.give_none(by=by, feedback=row, because=because, reason=" "))
        feedback.give_none(by=by, feedback=row, because=because, reason="omdat")
        version = row.signal.version
        deciding.decide(by=by, signal=row.signal, version=version, decision=deciding.D.FEEDBACK_DONE)
        assert row.signal.state == State.CLOSED


def waiting() -> Feedback:
    """A word that waits for a second reader."""
    with unit(acting()) as by:
        row = ended(by)
        return feedback.ask_second_reader(by=by, feedback=row, word=word(row, text=SOFT), why="ons eigen nummer")


@pytest.mark.django_db
def test_a_second_reader_sends_what_was_kept() -> None:
    row = waiting()
    with unit(acting()) as by:
        assert not Outgoing.objects.exists()
        refused("feedback.own_words", lambda: feedback.agree(by=by, feedback=row))
    with unit(acting("waarnemer")) as by:
        feedback.agree(by=by, feedback=row)
        kept = Feedback.objects.get()
        assert (kept.by, kept.second_reader, kept.given_at) == (user("meldpunt").id, user("waarnemer").id, by.at)
        assert Outgoing.objects.get().body == SOFT
        refused("feedback.not_waiting", lambda: feedback.agree(by=by, feedback=row))


@pytest.mark.django_db
def test_the_second_reader_is_refused_what_the_file_has_learned_since() -> None:
    row = waiting()
    with unit(acting()) as by:
        told = {"phone": "06-11223344"}
        subjects.add_subject(
            by=by, signal=row.signal, kind=SubjectKind.PHONE, role=SubjectRole.POSSIBLE_OFFENDER, told=told
        )
    with unit(acting("waarnemer")) as by:
        refused("feedback.reveals", lambda: feedback.agree(by=by, feedback=row))
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["privacy", "handhaver", "proceseigenaar", "bloemendaal"])
def test_others_are_no_second_reader(who: str) -> None:
    row = waiting()
    code = "BD" if who == "bloemendaal" else "HS"
    with unit(acting(who, code=code)) as by, pytest.raises((Refused, Feedback.DoesNotExist)):
        feedback.agree(by=by, feedback=row)


@pytest.mark.django_db
def test_sent_back_or_taken_back_the_draft_stays_and_nothing_goes() -> None:
    row = waiting()
    with unit(acting("waarnemer")) as by:
        refused("feedback.reason", lambda: feedback.send_back(by=by, feedback=row, why=""))
        feedback.send_back(by=by, feedback=row, why="noem het algemene nummer")
    with unit(acting()) as by:
        kept = Feedback.objects.get()
        assert (feedback.is_waiting(kept), kept.text) == (False, SOFT)
        feedback.ask_second_reader(by=by, feedback=kept, word=word(kept, text=SOFT), why="toch")
        feedback.take_back(by=by, feedback=kept)
        refused("feedback.not_waiting", lambda: feedback.take_back(by=by, feedback=kept))
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_the_writer_as_second_reader() -> None:
    row = waiting()
    with unit(acting()), pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(id=row.id).update(second_reader=user("meldpunt").id)


@pytest.mark.django_db
def test_a_refused_mail_is_no_answer_and_another_way_is_a_new_act() -> None:
    with unit(acting()) as by:
        row = ended(by)
        feedback.give(by=by, feedback=row, word=word(row))
    send_one(system, here().id, MONDAY, FakeWire(Point.RCPT, Does.REFUSE))
    with unit(acting()) as by:
        assert situation_of(row.signal, by).feedback_given is False
        feedback.reopen(by=by, feedback=row)
        assert Outgoing.objects.get().state == Delivery.GIVEN_UP
        refused("feedback.arrived", lambda: feedback.reopen(by=by, feedback=row))
        feedback.give(by=by, feedback=row, word=word(row))
        assert set(Outgoing.objects.values_list("about", flat=True)) == {"route.Feedback", "route.Feedback.1"}
        assert len(set(Outgoing.objects.values_list("reply_token", flat=True))) == 1
        assert situation_of(row.signal, by).feedback_given is True


@pytest.mark.django_db
def test_a_sealed_signal_is_answered_by_its_trusted_reader_and_its_mail_stays_hidden() -> None:
    with unit(acting()) as by:
        row = ended(by)
        with opening.sealing(row.signal, by=by):
            pass
    with unit(acting()) as by:
        assert not Feedback.objects.exists()
    with unit(acting("integriteit")) as by:
        row = Feedback.objects.get()
        feedback.give(by=by, feedback=row, word=word(row))
    with unit(acting()):
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_everything_in_the_file_and_its_linked_file_is_known() -> None:
    with unit(acting()) as by:
        row = ended(by)
        signal, linked = row.signal, opened(by)
        person(by, signal, told={"name": "Ilona Testova", "born": "1 februari 1998", "phone": "06 99 88 77 66"})
        place(by, linked, street="Oefenlaan", house_number="12")
        for kind, told in (
            (SubjectKind.BUSINESS, {"name": "De Gouden Garde", "kvk": "12345678"}),
            (SubjectKind.VEHICLE, {"plate": "XX-99-XX"}),
            (SubjectKind.PHONE, {"phone": "06 12 12 12 12"}),
            (SubjectKind.WEBSITE, {"url": "https://gouden.voorbeeld.nl"}),
        ):
            subjects.add_subject(by=by, signal=linked, kind=kind, role=SubjectRole.POSSIBLE_OFFENDER, told=told)
        linking.link(by=by, signal=signal, reference=linked.reference, reason="zelfde eigenaar")
        reporter(by, linked, source_kind=SourceKind.CITIZEN, name="Andere Melder", mail="ander@oefen.example")
        known = known_of(signal, row.reporter)
        assert [one.name for one in known.subjects] == ["Ilona Testova"]
        assert known.subjects[0].born == date(1998, 2, 1)
        assert {one.street for one in known.addresses} == {"Oefenlaan"}
        assert known.businesses == ("De Gouden Garde",)
        assert known.plates == ("XX-99-XX",)
        assert set(known.phones) == {"06 99 88 77 66", "06 12 12 12 12"}
        assert known.websites == ("https://gouden.voorbeeld.nl",)
        assert known.numbers == ("12345678",)
        assert set(known.references) == {signal.reference, linked.reference}
        assert "Mila de Vries" in {one.name for one in known.colleagues}
        assert "Andere Melder" in {one.name for one in known.partner_people}
        assert "HVO-Querido" in known.partners
        assert {"ander@oefen.example", User.objects.get(name="Mila de Vries").email} <= set(known.mails)
        assert "melder@oefen.example" not in known.mails
        assert known.receiver == ("Oefen Melder",)
        assert {"Heemstede", "Bloemendaal", "Zandvoort"} <= set(known.ours)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1998-02-01", date(1998, 2, 1)),
        ("01-02-1998", date(1998, 2, 1)),
        ("1 februari 1998", date(1998, 2, 1)),
        ("1 feb. 1998", date(1998, 2, 1)),
        ("31 februari 1998", None),
        ("ongeveer 20 jaar", None),
        ("", None),
    ],
)
def test_dates_of_birth_as_people_note_them(written: str, day: date | None) -> None:
    assert day_of(written) == day
