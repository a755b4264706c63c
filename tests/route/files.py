"""Signals to test with, carried as far as a test needs through the real actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from meldroute.domain.observing import Statement
from meldroute.domain.route import Answer
from meldroute.domain.sharing import Provision
from meldroute.domain.vocabulary import (
    Category,
    Channel,
    Check,
    Purpose,
    Question,
    Recipient,
    SourceKind,
    State,
    Truth,
    Weighing,
)
from meldroute.domain.weighing import Filled
from meldroute.journal.acting import Acting
from meldroute.people.unit import unit
from meldroute.route.actions import checking, weighing
from meldroute.route.actions.facts import note
from meldroute.route.actions.opening import open_signal
from meldroute.route.models import Observation, Signal
from meldroute.route.policies import weighings_of
from people_here import acting

FIRST = (Weighing.ONE, Weighing.TWO_A, Weighing.TWO_B)


def new(*, by: Acting, state: State = State.REGISTERED, sealed: bool = False) -> Signal:
    """A signal just opened by `by` (inside a unit)."""
    return open_signal(
        by=by,
        source_kind=SourceKind.ENFORCEMENT,
        channel=Channel.DESK,
        received_at=by.at - timedelta(hours=2),
        state=state,
        sealed=sealed,
    )


def fact(
    signal: Signal, *, by: Acting, text: str = "Vier matrassen", category: Category = Category.PLACE
) -> Observation:
    """A fact in the file."""
    statement = Statement(truth=Truth.FACT, text=text, category=category, source="toezichthouder", observed_on=by.today)
    return note(by=by, signal=signal, statement=statement)


def any_fact(signal: Signal, category: Category, *, by: Acting) -> Observation:
    """A fact of any category: police data with its provision, a message of MMA as if the channel had been open."""
    if category is Category.MMA:
        made = fact(signal, by=by, text="Bericht")
        made.id, made.category = uuid4(), category
        made.save(force_insert=True)
        return made
    provision = Provision("Wpg art. 19", by.today, "politie", "overleg") if category is Category.POLICE_DATA else None
    statement = Statement(truth=Truth.FACT, text="Iets", category=category, source="politie", provision=provision)
    return note(by=by, signal=signal, statement=statement)


def weigh(signal: Signal, codes: Iterable[Weighing | Question], *, by: Acting, answer: Answer = Answer.YES) -> None:
    """Answer every deciding question of these forms alike, with a reason."""
    forms = weighings_of(signal.municipality_id)
    for code in codes:
        deciding = [q for q in forms.asked(code, by.today) if q.decides]
        filled = {q.id: Filled(answer, "omdat dit in de melding staat") for q in deciding}
        weighing.weigh(by=by, signal=signal, code=code, filled=filled)


def checked(
    signal: Signal,
    check: Check,
    *,
    recipient: Recipient | None = None,
    purpose: Purpose | None = None,
    sources: tuple[str, ...] = (),
    facts: tuple[UUID, ...] = (),
    allowed: bool = True,
    at: Acting | None = None,
) -> checking.Settled:
    """Asked by the meldpunt, advised and decided alike by those who do that; three units of work."""
    moment = at or acting()
    asked = checking.Asked(
        check=check, question="Mag dit?", sources=sources, facts=facts, recipient=recipient, purpose=purpose
    )
    with unit(acting("meldpunt", at=moment.at)) as by:
        row = checking.ask(by=by, signal=signal, asked=asked)
    with unit(acting("privacy", at=moment.at + timedelta(seconds=1))) as by:
        checking.advise(by=by, check=row, positive=allowed, advice="Past bij het doel", sources=sources, facts=facts)
    with unit(acting("proceseigenaar", at=moment.at + timedelta(seconds=2))) as by:
        return checking.settle(by=by, check=row, allowed=allowed, reason="Eens", sources=sources, facts=facts)


def in_days(by: Acting, count: int) -> date:
    """A day from today."""
    return by.today + timedelta(days=count)
