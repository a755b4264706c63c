"""Tables of overlaps: kept, described, put away and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meldroute.domain.estimation import Table
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Overlap, Run, RunState

MAKERS = (Role.ANALYST,)
READERS = (Role.ANALYST, Role.BOARD)
SOURCE = "domain rules §3"
ON = "figures.Overlap"


@dataclass(frozen=True)
class Wanted:
    """What somebody brought; `linked_by_chance` is the percentage of links made by probability, None: not so linked."""

    title: str
    starts_on: date
    ends_on: date
    table: Table
    file_sha256: str
    linked_by_chance: int | None = None


@dataclass(frozen=True)
class Definition:
    """What one list counts, and whether that is the common definition."""

    text: str
    fits: bool


def may_make(by: Acting) -> None:
    """Raises Refused for everybody but the figures staff."""
    if not by.is_any(*MAKERS):
        reason = gettext_noop("Alleen de regionaal analist maakt cijfers.")
        raise Refused(no(reason, SOURCE, "figures.role", MAKERS))


def keep(*, by: Acting, wanted: Wanted) -> Overlap:
    """Keep a table. Raises Refused."""
    may_make(by)
    row = Overlap.objects.create(
        municipality_id=by.place,
        title=wanted.title,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        lists=list(wanted.table.lists),
        cells={str(history): count for history, count in wanted.table.cells.items()},
        linked_by_chance=wanted.linked_by_chance,
        sha256=wanted.table.sha256,
        file_sha256=wanted.file_sha256,
        made_by=by.person,
        made_at=by.at,
    )
    journal.record(by=by, act="figures.keep", on=ON, ids=[row.id])
    return row


def table_of(row: Overlap) -> Table:
    """The table in a row."""
    return Table.of(row.lists, {int(history): count for history, count in row.cells.items()})


def define(*, by: Acting, row: Overlap, common: str, definitions: Mapping[str, Definition]) -> None:
    """Say what every list counts; runs that were asked before keep the words of then. Raises Refused."""
    may_make(by)
    row.common = common
    row.definitions = {name: {"text": told.text, "fits": told.fits} for name, told in definitions.items()}
    row.save(update_fields=["common", "definitions"])
    journal.record(by=by, act="figures.define", on=ON, ids=[row.id], fields=["common", "definitions"])


def mapped(row: Overlap | Run) -> dict[str, str]:
    """Per list the definition it is counted by: the common one when it fits, else its own."""
    return {name: row.common if told["fits"] else told["text"] for name, told in row.definitions.items()}


def remove(*, by: Acting, row: Overlap) -> None:
    """Put a table away; it can be brought back. What runs on it is stopped. Raises Refused."""
    may_make(by)
    Overlap.objects.filter(id=row.id, removed_at=None).update(removed_at=by.at)
    Run.objects.filter(overlap=row, state__in=(RunState.QUEUED, RunState.RUNNING)).update(
        state=RunState.CANCELLED, fence=None, leased_until=None, ended_at=by.at
    )
    journal.record(by=by, act="figures.remove", on=ON, ids=[row.id])


def bring_back(*, by: Acting, row: Overlap) -> None:
    """Undo putting away. Raises Refused."""
    may_make(by)
    Overlap.objects.filter(id=row.id).update(removed_at=None)
    journal.record(by=by, act="figures.bring_back", on=ON, ids=[row.id])


def destroy(*, by: Acting, row: Overlap) -> None:
    """Delete a table that was put away, with its estimations and what was shared of them. Raises Refused."""
    may_make(by)
    if row.removed_at is None:
        reason = gettext_noop("Zet de tabel eerst bij de verwijderde tabellen. Dan kan zij voorgoed weg.")
        raise Refused(no(reason, "own rule", "figures.not_removed", MAKERS))
    journal.record(by=by, act="figures.destroy", on=ON, ids=[row.id, *row.runs.values_list("id", flat=True)])
    row.delete()
