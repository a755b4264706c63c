"""From what the plan says to rows: its actions, and every time that each falls due."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from meldroute.domain.plan import document as said
from meldroute.domain.plan.keeping import Status

from ..models import Action, Occurrence, Plan


def follow(plan: Plan, told: said.Plan, *, today: date, first: bool) -> None:
    """Bring actions and occurrences in line with what the plan says now.

    What fell due before `today` is left as it was; on the `first` version every time is made, whatever its day.
    """
    known = {row.code: row for row in plan.actions.all()}
    for place, promise in enumerate((*told.actions, *told.promises)):
        row = known.pop(promise.id, None) or Action(municipality_id=plan.municipality_id, plan=plan, code=promise.id)
        _tell(row, promise, place)
        row.save()
        _times(row, promise, told, today=today, first=first)
    for gone in known.values():
        gone.ends = min(gone.ends or today, today)
        gone.save(update_fields=["ends"])
        untouched(gone.occurrences.filter(due__gte=today)).delete()


def untouched(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Those of which nobody recorded or showed anything."""
    return rows.filter(Q(events=None) & Q(proofs=None), status=Status.PLANNED)


def _tell(row: Action, promise: said.Promise, place: int) -> None:
    row.place, row.pillar, row.theme, row.title = place, promise.pillar, promise.theme[:120], promise.title[:200]
    row.cadence, row.owner_role = promise.cadence[:200], promise.owner[:120]
    row.proof, row.shared, row.ends = [kind.value for kind in promise.proof], list(promise.shared), promise.ends


def _times(row: Action, promise: said.Promise, told: said.Plan, *, today: date, first: bool) -> None:
    wanted = {period.key: period for period in said.periods(promise, told) if first or period.due >= today}
    ahead = row.occurrences.filter(due__gte=today)
    untouched(ahead.exclude(key__in=wanted)).delete()
    there = set(row.occurrences.filter(key__in=wanted).values_list("key", flat=True))
    Occurrence.objects.bulk_create(
        Occurrence(municipality_id=row.municipality_id, action=row, key=key, begins=period.begins, due=period.due)
        for key, period in wanted.items()
        if key not in there
    )
