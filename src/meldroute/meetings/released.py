"""What may be seen at a table: the facts released for this meeting, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from meldroute.domain.vocabulary import Category, SourceKind
from meldroute.route.models import Observation, Subject
from meldroute.sharing.models import Release
from meldroute.vault import keys

from .models import Item


def facts_of(item: Item, at: datetime | None = None) -> list[Observation]:
    """The released facts of one item, oldest first; with `at` only those released until after it.

    The walls apply besides. What was corrected or withdrawn since is not among them.
    """
    released = Release.objects.filter(meeting_id=item.meeting_id, signal_id=item.signal_id, withdrawn_at__isnull=True)
    if at is not None:
        released = released.filter(until__gt=at)
    facts = Observation.objects.filter(id__in=released.values("observation_id"), corrected_by__isnull=True)
    found = list(facts.order_by("observed_on", "at"))
    keys.preload(fact.key_id for fact in found)
    return found


def labels_of(facts: Iterable[Observation]) -> dict[UUID, str]:
    """ "persoon A" by subject, as far as the reader may see them; never a name."""
    wanted = {fact.subject_id for fact in facts if fact.subject_id}
    return dict(Subject.objects.filter(id__in=wanted).values_list("id", "label")) if wanted else {}


def source_of(fact: Observation) -> str:
    """Where a fact comes from, by kind rather than by name; Meld Misdaad Anoniem is never named (domain rules §4)."""
    if fact.source_kind == SourceKind.MMA or fact.category == Category.MMA:
        return _("anonieme bron")
    if fact.query_id and fact.source:
        return str(fact.source)  # the name of a register, never of a person
    if fact.source_kind:
        return _(SourceKind(fact.source_kind).label)
    return fact.source or _("bron niet genoemd")
