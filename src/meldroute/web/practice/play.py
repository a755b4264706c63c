"""One signal carried along the route by the invented people, through the same actions as a real one.

The clock is an argument: each act happens a few minutes after the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from meldroute.domain.observing import Statement
from meldroute.domain.route import Answer, Decision, Given
from meldroute.domain.vocabulary import Category, Check, Purpose, Question, Recipient, SourceKind, Truth, Weighing
from meldroute.domain.weighing import Filled
from meldroute.intake.actions.fetching import fetch
from meldroute.intake.actions.report import Report
from meldroute.intake.actions.triage import register
from meldroute.intake.actions.understanding import understand
from meldroute.intake.mailboxes import MemoryMailbox
from meldroute.intake.models import Mail
from meldroute.intake.policies import words
from meldroute.journal.acting import Acting
from meldroute.people.models import User
from meldroute.people.unit import system, unit
from meldroute.route.actions import asking, checking, facts, feedback, weighing
from meldroute.route.actions.deciding import decide
from meldroute.route.actions.handling import answer_known
from meldroute.route.actions.receipts import receipts_open, send_receipt
from meldroute.route.feedback_levels import Way
from meldroute.route.models import Feedback, Observation, Signal
from meldroute.route.policies import weighings_of
from meldroute.route.repeats import is_repeat

T = TypeVar("T")
FIRST = (Weighing.ONE, Weighing.TWO_A, Weighing.TWO_B)
PAUSE = timedelta(minutes=3)
WHY = "omdat het zo in de melding staat (oefening)"


class Play:
    """The people of one municipality and a clock."""

    def __init__(self, municipality_id: UUID, at: datetime | None = None) -> None:
        self.place = municipality_id
        self.clock = at or datetime.now(UTC)
        self.signal_id: UUID | None = None

    def act(self, name: str, then: Callable[[Acting], T]) -> T:
        """Let one person do something in a unit of work of its own, a little later."""
        self.clock += PAUSE
        user = User.objects.get(email=f"{name}@oefen.example")
        with unit(Acting(user.id, self.place, at=self.clock, origin="oefening")) as by:
            return then(by)

    def signal(self) -> Signal:
        """The signal of this play, as it is now."""
        if self.signal_id is None:
            raise LookupError("no mail was registered yet")
        return Signal.objects.get(id=self.signal_id)

    def comes_in(self, raw: bytes) -> UUID:
        """Step 1: a mail lies in the box and is taken into the ledger, then understood."""
        box = MemoryMailbox()
        box.put(raw)
        _, new = fetch(box, municipality_id=self.place, mailbox_key=f"play-{uuid4()}", enter=system, at=self.clock)
        with system(self.place, self.clock) as by:
            mail = Mail.objects.get(id=new[0])
            understand(mail, by=by, words=words())
        return mail.id

    def registered(self, mail_id: UUID, report: Report) -> Signal:
        """Step 2: a person at the meldpunt registers the mail."""

        def then(by: Acting) -> Signal:
            mail = Mail.objects.get(id=mail_id)
            signal = register(by=by, mail=mail, version=mail.version, report=report)
            answer_known(by=by, signal=signal, knows=False)
            for owed in receipts_open(signal):  # told by phone, so that a whole walk ends in exactly one mail
                send_receipt(by=by, feedback=owed, safe=True, how=Way.PHONE)
            return signal

        made = self.act("meldpunt", then)
        self.signal_id = made.id
        return made

    def weighed(self, *codes: Weighing | Question) -> None:
        """Answer every deciding question of these weighings with yes and a reason."""
        for code in codes:
            self.act("meldpunt", lambda by, code=code: self._weigh(by, code))  # type: ignore[misc]

    def weighed_first(self) -> None:
        """Weighings 1, 2A and 2B; with a second signal about the same within a year also the joint one."""
        self.weighed(*FIRST)
        if self.act("meldpunt", lambda by: is_repeat(self.signal())):
            self.weighed(Question.AGAIN)

    def _weigh(self, by: Acting, code: Weighing | Question) -> None:
        asked = weighings_of(self.place).asked(code, by.today)
        filled = {question.id: Filled(Answer.YES, WHY) for question in asked if question.decides}
        weighing.weigh(by=by, signal=self.signal(), code=code, filled=filled)

    def decided(self, decision: Decision, reason: str = WHY) -> None:
        """The meldpunt decides."""

        def then(by: Acting) -> None:
            signal = self.signal()
            decide(by=by, signal=signal, version=signal.version, decision=decision, given=Given(reason=reason))

        self.act("meldpunt", then)

    def checked(
        self,
        check: Check,
        *,
        sources: tuple[str, ...] = (),
        recipient: Recipient | None = None,
        purpose: Purpose | None = None,
    ) -> None:
        """A privacy check: asked by the meldpunt, advised by the privacy officer, decided by the process owner."""
        known = tuple(self.act("meldpunt", lambda by: [row.id for row in facts.current(self.signal())]))
        about = known if recipient else ()
        asked = checking.Asked(
            check=check, question=WHY, sources=sources, facts=about, recipient=recipient, purpose=purpose
        )
        row = self.act("meldpunt", lambda by: checking.ask(by=by, signal=self.signal(), asked=asked))

        def advise(by: Acting) -> None:
            fresh = self.signal().checks.get(id=row.id)
            checking.advise(by=by, check=fresh, positive=True, advice=WHY, sources=sources, facts=about)

        def settle(by: Acting) -> None:
            fresh = self.signal().checks.get(id=row.id)
            checking.settle(by=by, check=fresh, allowed=True, reason=WHY, sources=sources, facts=about)

        self.act("privacy", advise)
        self.act("proceseigenaar", settle)

    def asked(self, source: str, category: Category, text: str) -> Observation:
        """Step 3: a source is asked: hit first, then the content with a reason."""
        row = self.act(
            "meldpunt", lambda by: asking.ask_source(by=by, signal=self.signal(), source=source, question=WHY)
        )
        self.act("meldpunt", lambda by: asking.answer_source(by=by, signal=self.signal(), query=row, hit=True))
        self.act("meldpunt", lambda by: asking.open_content(by=by, signal=self.signal(), query=row, why=WHY))

        def record(by: Acting) -> Observation:
            name = asking.source_of(row.municipality_id, source).label
            statement = Statement(
                truth=Truth.FACT, text=text, category=category, source=name, observed_on=by.today, query_id=row.id
            )
            return asking.record_content(by=by, signal=self.signal(), query=row, statement=statement)

        return self.act("meldpunt", record)

    def answered(self) -> list[Feedback]:
        """Step 6: every reporter who can be reached hears in the proposed words; then the signal is closed."""
        rows = self.act("meldpunt", lambda by: list(self.signal().feedbacks.filter(given_at__isnull=True)))
        for row in rows:
            self.act("meldpunt", lambda by, row=row: self._answer(by, row))  # type: ignore[misc]
        self.decided(Decision.FEEDBACK_DONE)
        return rows

    def _answer(self, by: Acting, row: Feedback) -> None:
        fresh = Feedback.objects.get(id=row.id)
        level = feedback.levels(fresh)[0]
        subject, text = feedback.proposed(fresh, level)
        how = feedback.BY_MAIL if fresh.reporter.mail_safe else feedback.IN_PERSON
        feedback.give(by=by, feedback=fresh, word=feedback.Word(level, subject, text, how))


def report_of(sender: str, what: str, forms: Iterable[object] = ()) -> Report:
    """What the meldpunt makes of a practice mail."""
    return Report(
        source_kind=SourceKind.CARE,
        what=what,
        truth=Truth.FACT,
        source="zorgpartij, zelf gezien",
        forms=list(forms),  # type: ignore[arg-type]
        sector="horeca",
        place={"street": "Voorbeeldstraat", "house_number": "1", "addition": "", "postcode": ""},
        name="Oefen Melder",
        mail=sender,
    )


ROUTE: tuple[tuple[str, Callable[[Play], object]], ...] = (
    ("registered", lambda play: play.weighed_first()),
    ("enriching", lambda play: play.decided(Decision.TAKE_UP)),
    ("weighed", lambda play: play.weighed(Weighing.THREE)),
    ("check_1", lambda play: play.checked(Check.ONE, sources=("bag",))),
    ("source", lambda play: play.asked("bag", Category.PLACE, "Pand met bovenwoning, één verblijfsobject")),
    ("weighed", lambda play: play.weighed(Weighing.FOUR)),
    ("in_signalenoverleg", lambda play: play.decided(Decision.TO_AGENDA)),
    (
        "check_2a",
        lambda play: play.checked(Check.TWO_A, recipient=Recipient.SIGNALENOVERLEG, purpose=Purpose.DISCUSS),
    ),
    ("weighed", lambda play: play.weighed(Question.STRONG_ENOUGH, Question.INTEGRAL_INTEREST)),
    ("check_2b", lambda play: play.checked(Check.TWO_B, recipient=Recipient.LOO, purpose=Purpose.DISCUSS)),
    ("in_loo", lambda play: play.decided(Decision.TO_LOO)),
    ("check_2a", lambda play: play.checked(Check.TWO_A, recipient=Recipient.LOO, purpose=Purpose.DISCUSS)),
    ("feedback_due", lambda play: play.decided(Decision.NOT_CONFIRMED)),
    ("closed", lambda play: play.answered()),
)
"""The whole route in acts, after registration; a play may stop after any of them."""
