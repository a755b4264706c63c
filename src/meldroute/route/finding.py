"""Finding files by their words: the signals that the asker may open, and in which part of each the words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from meldroute.domain.dutch import asked_person
from meldroute.domain.searching import HANDLED, OPEN, Field
from meldroute.domain.vocabulary import Outcome, State
from meldroute.journal.acting import Acting
from meldroute.search.looking import Sought, fields_of, matching
from meldroute.search.words import asked

from .models import Access, AccessKind, Signal
from .visible import WORKERS, live

PAGE = 20
ORDER = {
    "new": "s.received_at DESC, s.id",
    "most": "h.places DESC, s.received_at DESC, s.id",
}


@dataclass(frozen=True)
class Narrowed:
    """What the results are narrowed to; empty means all. `order`: a key of ORDER."""

    state: str = ""
    form: str = ""
    order: str = "new"


@dataclass(frozen=True)
class Found:
    """One file: what its list shows of it. Of a `locked` one nothing but its number is shown."""

    signal: Signal
    fields: Sequence[Field]
    locked: bool


class _Known(Paginator):  # type: ignore[type-arg]
    """A paginator that was told how many there are."""

    def __init__(self, total: int) -> None:
        super().__init__((), PAGE)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


def sought(by: Acting, text: str, *, person: bool, keys: Sequence[bytes]) -> Sought:
    """What a question asks for; `keys` as `search.keyring.living` gives them."""
    words = asked_person(text) if person else asked(text)
    return Sought(by.place, words, searched(by, person=person), keys)


def searched(by: Acting, *, person: bool) -> Sequence[Field]:
    """The parts of a file in which `by` searches."""
    if person:
        return (Field.NAME,)
    return HANDLED if by.is_any(*WORKERS) else OPEN


def find(by: Acting, sought: Sought, narrowed: Narrowed, number: int) -> tuple[list[Found], Page[Any]]:
    """One page of the files that hold every word; the last one when `number` is beyond it. One or two statements."""
    hits, values = matching(sought)
    where, more = _narrow(narrowed)
    sql = (
        f"WITH h AS ({hits}), f AS (SELECT s.*, h.fields AS found_in, count(*) OVER () AS total, "  # noqa: S608
        f"row_number() OVER (ORDER BY {ORDER.get(narrowed.order, ORDER['new'])}) AS place "
        f"FROM h JOIN route_signal s ON s.id = h.signal_id WHERE s.municipality_id = %s{where}) "
        "SELECT * FROM f WHERE place > (least(%s, (total + %s - 1) / %s) - 1) * %s "
        "AND place <= least(%s, (total + %s - 1) / %s) * %s ORDER BY place"
    )
    asked = max(number, 1)
    paged = [asked, PAGE, PAGE, PAGE] * 2
    rows: list[Any] = list(Signal.objects.raw(sql, [*values, by.place, *more, *paged]))
    total = rows[0].total if rows else 0
    pages = max(1, -(-total // PAGE))
    return _found(by, rows), Page((), min(asked, pages), _Known(total))


def _narrow(narrowed: Narrowed) -> tuple[str, list[str]]:
    where = ""
    values: list[str] = []
    if narrowed.state:
        where, values = where + " AND s.state = %s", [*values, narrowed.state]
    if narrowed.form:
        where, values = where + " AND %s = ANY(s.forms)", [*values, narrowed.form]
    return where, values


def _found(by: Acting, rows: Sequence[Any]) -> list[Found]:
    shut = [one.id for one in rows if one.state == State.CLOSED and one.outcome == Outcome.NOT_TAKEN_UP]
    locked = set(shut) - set(_own(by, shut)) if shut else set()
    return [Found(one, fields_of(one.found_in), one.id in locked) for one in rows]


def _own(by: Acting, ids: Sequence[Any]) -> Sequence[Any]:
    """Those among `ids` that were opened to `by` with a reason (as `visible.is_locked`, for a list)."""
    rows = Access.objects.filter(live(by), user_id=by.person, kind=AccessKind.FILE, signal_id__in=ids)
    return list(rows.values_list("signal_id", flat=True))
