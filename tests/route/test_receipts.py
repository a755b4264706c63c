"""Receipts: to whom by themselves, to whom after a look, to whom never; and the interim word after its term."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from meldroute.domain.route import Decision as D
from meldroute.domain.route import Given
from meldroute.domain.thread_token import tokens_in
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import NoFeedback, Outcome, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.post.message import preview
from meldroute.post.models import Outgoing
from meldroute.route.actions import feedback, receipts
from meldroute.route.actions.deciding import decide
from meldroute.route.feedback_levels import Way
from meldroute.route.models import Feedback, FeedbackKind, Reporter, Signal
from meldroute.route.terms import terms_of
from meldroute.route.ticking import owe_interims
from meldroute.vault import lookup
from people_here import MONDAY, acting, here
from route.words import put_in
from signals_here import opened, reporter

PARTNER, OWN, OUTSIDE = "x@hvo-querido.oefen.example", "x@heemstede.oefen.example", "x@elders.example"


def told(by: Acting, *, machine: bool = False, sealed: bool = False, **who: object) -> Feedback | None:
    """The receipt that somebody like this is owed."""
    signal = opened(by)
    signal.sealed = sealed
    made = reporter(by, signal, **({"mail": PARTNER, "mail_safe": True} | who))
    return receipts.owe_receipt(by=by, signal=signal, reporter=made, machine=machine, terms=terms_of(by.place))


BY_ITSELF = [
    ({}, True),
    ({"mail": OWN}, True),
    ({"mail": PARTNER.upper()}, True),
    ({"mail": OUTSIDE}, False),
    ({"mail": "x@niet-hvo-querido.oefen.example"}, False),
    ({"mail": "x@sub.hvo-querido.oefen.example"}, False),
    ({"mail": ""}, False),
    ({"mail_safe": False}, False),
    ({"protected": True}, False),
    ({"sealed": True}, False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "goes"), BY_ITSELF)
def test_by_itself_only_to_known_domains(who: dict[str, object], goes: bool) -> None:
    with unit(acting()) as by:
        row = told(by, **who)
        assert bool(row.given_at) is goes
        assert Outgoing.objects.count() == goes
        assert row.none_because == ""


@pytest.mark.django_db
def test_never_to_a_machine() -> None:
    with unit(acting()) as by:
        assert told(by, machine=True) is None
        assert not Outgoing.objects.exists()
        assert not Feedback.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "because"),
    [
        ({"anonymous": True, "mail": ""}, NoFeedback.ANONYMOUS),
        ({"wants_feedback": False}, NoFeedback.NOT_WANTED),
    ],
)
def test_who_cannot_or_will_not_hear_has_the_reason_recorded(who: dict[str, object], because: NoFeedback) -> None:
    with unit(acting()) as by:
        row = told(by, **who)
        assert (row.none_because, row.given_at) == (because, None)
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_the_receipt_is_neutral_carries_the_number_and_a_token_that_finds_the_thread() -> None:
    with unit(acting()) as by:
        row = told(by, mail=PARTNER)
        mail, signal = Outgoing.objects.get(), Signal.objects.get()
        seen = preview(mail)
        assert signal.reference in seen.subject
        assert signal.reference in seen.text
        for word in ("mensenhandel", "signaal", "uitbuiting", "politie", "slachtoffer", "ondermijning"):
            assert word not in (seen.subject + seen.text).lower()
        (token,) = tokens_in([seen.reply_to])
        mac = lookup.mac(municipality_id=here().id, kind="thread", value=token)
        assert Reporter.objects.get(thread_mac=mac).signal_id == signal.id
        assert tokens_in([mail.message_id]) == (token,)
        assert (row.kind, row.level, row.how) == (FeedbackKind.RECEIPT, "received", "mail")


@pytest.mark.django_db
def test_by_hand_after_the_question_whether_it_is_safe() -> None:
    with unit(acting()) as by:
        row = told(by, mail=OUTSIDE, mail_safe=False)
        assert row.due_on == date(2026, 11, 25)
        with pytest.raises(Refused) as error:
            receipts.send_receipt(by=by, feedback=row, safe=False)
        assert error.value.verdict.code == "receipt.unsafe"
        receipts.send_receipt(by=by, feedback=row, safe=True)
        assert Reporter.objects.get().mail_safe is True
        assert Outgoing.objects.get().to == OUTSIDE
        with pytest.raises(Refused) as error:
            receipts.send_receipt(by=by, feedback=row, safe=True)
        assert error.value.verdict.code == "receipt.settled"


@pytest.mark.django_db
def test_not_safe_to_mail_is_told_by_phone() -> None:
    with unit(acting()) as by:
        row = told(by, mail=OUTSIDE, mail_safe=True)
        receipts.send_receipt(by=by, feedback=row, safe=False, how=Way.PHONE)
        assert not Outgoing.objects.exists()
        assert (Feedback.objects.get().how, Reporter.objects.get().mail_safe) == ("phone", False)


@pytest.mark.django_db
@pytest.mark.parametrize("addition", ["Uw melding over mensenhandel is binnen.", "Wij bellen Kees Bakker.", "{name}"])
def test_what_is_added_is_checked_and_is_no_template(addition: str) -> None:
    with unit(acting()) as by:
        row = told(by, mail=OUTSIDE, mail_safe=True)
        reporter(by, row.signal, source_kind=SourceKind.CITIZEN, name="Kees Bakker")
        if addition == "{name}":
            receipts.send_receipt(by=by, feedback=row, safe=True, addition=addition)
            assert "\n\n{name}\n\nMet vriendelijke groet" in Outgoing.objects.get().body
            return
        with pytest.raises(Refused) as error:
            receipts.send_receipt(by=by, feedback=row, safe=True, addition=addition)
        assert error.value.verdict.code == "receipt.reveals"
        assert not Outgoing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came", "due"),
    [
        ("2026-11-27T22:30:00Z", "2026-12-01"),  # Friday night: Monday and Tuesday
        ("2026-11-28T23:30:00Z", "2026-12-01"),  # Sunday, Amsterdam
        ("2026-12-24T10:00:00Z", "2026-12-29"),  # Christmas, Boxing Day and a weekend between
        ("2026-12-31T23:30:00Z", "2027-01-05"),  # already New Year's Day in Amsterdam, a Friday
    ],
)
def test_it_is_due_two_working_days_after_it_came(came: str, due: str) -> None:
    with unit(acting(at=datetime(2027, 1, 20, tzinfo=UTC))) as by:
        signal = opened(by, received_at=datetime.fromisoformat(came))
        who = reporter(by, signal, mail=OUTSIDE)
        row = receipts.owe_receipt(by=by, signal=signal, reporter=who, terms=terms_of(by.place))
        assert row.due_on == date.fromisoformat(due)


def interims() -> list[tuple[str, date]]:
    with unit(acting()):
        rows = Feedback.objects.filter(kind=FeedbackKind.INTERIM)
        return [(row.reporter.name, row.due_on) for row in rows]


AFTER_20 = date(2026, 12, 21)  # 20 working days after Monday 23 November


@pytest.mark.django_db
def test_an_interim_word_is_owed_once_when_its_term_comes_near() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        reporter(by, signal, name="Wil horen")
        reporter(by, signal, name="Wil niet", wants_feedback=False)
        reporter(by, signal, name="", anonymous=True)
    made = {}
    for day in range(60):
        at = MONDAY + timedelta(days=day)
        if count := owe_interims(here().id, at):
            made[at.date()] = count
    assert made == {date(2026, 12, 17): 1}
    assert interims() == [("Wil horen", AFTER_20)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.FEEDBACK_DUE, State.CLOSED])
def test_an_answered_signal_owes_no_interim(state: State) -> None:
    with unit(acting()) as by:
        signal = opened(by)
        reporter(by, signal)
        put_in(signal, state, Outcome.NOT_CONFIRMED)
    assert owe_interims(here().id, MONDAY + timedelta(days=40)) == 0


@pytest.mark.django_db
def test_reopening_starts_the_term_of_the_interim_word_anew() -> None:
    later = MONDAY + timedelta(days=40)
    with unit(acting()) as by:
        signal = opened(by)
        reporter(by, signal)
        put_in(signal, State.CLOSED, Outcome.NOT_CONFIRMED)
    with unit(acting(at=later)) as by:
        from_here = Signal.objects.get()
        given = Given(reason="er is iets nieuws")
        decide(by=by, signal=from_here, version=from_here.version, decision=D.REOPEN, given=given)
    assert owe_interims(here().id, later + timedelta(days=1)) == 0
    assert owe_interims(here().id, later + timedelta(days=30)) == 1
    ((_, due),) = interims()
    assert due > (later + timedelta(days=20)).date()


@pytest.mark.django_db
def test_an_interim_word_goes_at_the_level_of_work_under_way() -> None:
    with unit(acting()) as by:
        signal = opened(by)
        reporter(by, signal, mail_safe=True)
        put_in(signal, State.ENRICHING)
    owe_interims(here().id, MONDAY + timedelta(days=26))
    with unit(acting(at=MONDAY + timedelta(days=26))) as by:
        row = Feedback.objects.get(kind=FeedbackKind.INTERIM)
        (level,) = feedback.levels(row)
        feedback.give(by=by, feedback=row, word=feedback.Word(level, *feedback.proposed(row, level), "mail"))
        assert Outgoing.objects.count() == 1
