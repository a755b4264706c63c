"""Noting and correcting observations (domain rules §4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from meldroute.domain.observing import Statement, may_note
from meldroute.domain.sharing import Provision
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Category, Recipient
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.search.writing import drop
from meldroute.sharing.models import Disclosure, Release

from ..models import Observation, Signal
from ..searchable import keep_words, of_observation
from ..visible import must_work
from .timeline import tell


def observe(*, by: Acting, signal: Signal, statement: Statement) -> Observation:
    """Add an observation to the file. Raises domain.verdict.Refused."""
    must_work(signal, by)
    made = note(by=by, signal=signal, statement=statement)
    tell(signal, by=by, kind="observation.add", ids=(made.id,), truth=statement.truth.value)
    return made


def note(
    *, by: Acting, signal: Signal, statement: Statement, corrects: Observation | None = None, why: str = ""
) -> Observation:
    """The row itself, for actions that asked who may (a task answered, a source opened).

    Raises Refused.
    """
    require(may_note(statement, today=by.today, mma_open=_mma_open(statement, signal)))
    made = Observation.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal_id=signal.id,
        truth=statement.truth,
        text=statement.text.strip(),
        source=statement.source.strip(),
        source_kind=statement.source_kind or "",
        observed_on=statement.observed_on,
        confidence=statement.confidence,
        capacity=statement.capacity,
        wpg_ground=written(statement.provision),
        category=statement.category,
        subject_id=statement.subject_id,
        query_id=statement.query_id,
        task_id=statement.task_id,
        expires_on=statement.expires_on,
        corrects=corrects,
        why_corrected=why,
        by=by.named,
        at=by.at,
    )
    keep_words(signal, of_observation(made), by=by)
    return made


def _mma_open(statement: Statement, signal: Signal) -> bool:
    """Whether messages of Meld Misdaad Anoniem may be noted here; of anything else it is not asked."""
    return statement.category is Category.MMA and Municipality.objects.get(id=signal.municipality_id).mma_open


def correct(*, by: Acting, observation: Observation, statement: Statement, why: str) -> Observation:
    """A new observation in the place of `observation`; what was released of the old one is withdrawn.

    Raises Refused without a reason, or when the old one was corrected before.
    """
    signal = observation.signal
    must_work(signal, by)
    require(_may_correct(observation, why))
    made = note(by=by, signal=signal, statement=statement, corrects=observation, why=why.strip())
    drop(signal_id=signal.id, source_ids=[observation.id])
    Release.objects.filter(observation_id=observation.id, withdrawn_at__isnull=True).update(withdrawn_at=by.at)
    tell(signal, by=by, kind="observation.correct", ids=(made.id, observation.id), old=str(observation.id))
    return made


def _may_correct(observation: Observation, why: str) -> Verdict:
    if not why.strip():
        return no(gettext_noop("Geef de reden van de verbetering."), "domain rules §4", "correct.reason")
    if observation.corrected_by.exists():
        reason = gettext_noop("Deze waarneming is al verbeterd. Verbeter de nieuwste.")
        return no(reason, "domain rules §4", "correct.newest")
    return yes()


def written(provision: Provision | None) -> str:
    """A provision as the text that is kept (encrypted) with the observation."""
    if provision is None:
        return ""
    return json.dumps([provision.ground, provision.on.isoformat(), provision.provider, provision.purpose])


def provision_of(observation: Observation) -> Provision | None:
    """How police data was provided, as `domain.sharing.evaluate` wants it; None when it was not."""
    if not observation.wpg_ground:
        return None
    ground, on, provider, purpose = json.loads(observation.wpg_ground)
    return Provision(ground, date.fromisoformat(on), provider, purpose)


@dataclass(frozen=True)
class Received:
    """Somebody who received an observation: released to, or sent."""

    recipient: Recipient
    organisation_id: UUID | None
    on: date
    how: str


def received(observation: Observation) -> list[Received]:
    """Who received this observation, by release and by the register of disclosures; the oldest first."""
    # When it was shown in a meeting, the meeting is the disclosure; a release says that it could be seen.
    released = Release.objects.filter(observation_id=observation.id).order_by("at")
    sent = Disclosure.objects.filter(_named(observation)).order_by("at")
    rows = [Received(Recipient(row.recipient), None, row.at.date(), "release") for row in released]
    rows += [Received(Recipient(row.recipient), row.organisation_id, row.at.date(), row.how) for row in sent]
    return sorted(set(rows), key=lambda row: (row.on, row.recipient.value))


def _named(observation: Observation) -> Q:
    return Q(signal_id=observation.signal_id, observation_ids__contains=[observation.id])


RECALL = gettext_noop(
    "Op %(day)s ontving u van ons een waarneming uit signaal %(reference)s. Die waarneming klopt niet. "
    "Wij vragen u haar niet meer te gebruiken, haar te verwijderen of te verbeteren waar u haar hebt vastgelegd, "
    "en ons te laten weten dat dit is gebeurd. Of u de verbeterde waarneming krijgt, toetsen wij opnieuw."
)
"""The proposed recall: without the fact itself, old or new (the new one needs its own release)."""


def current(signal: Signal) -> QuerySet[Observation]:
    """The observations that stand: not corrected by a newer one."""
    return signal.observations.filter(corrected_by__isnull=True)
