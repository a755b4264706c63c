"""What of a count may be printed for council, Driehoek and public, so that no number under the limit can be known.

The rule. `smallest` is 5: a number from 0 to 4 is never printed, zero included. And whoever has everything that was
printed, now and before, who also knows this program and which of the hidden numbers are small, finds for every other
number (a cell, a total, the rest of a table, a period that is the difference of two others) either that it is 5 or
more, or every value from 0 to 4 still possible. That is the protection interval of Hundepool et al. 2012, Statistical
Disclosure Control, §4.2-4.4 (primary and secondary suppression, feasibility interval), with the interval [0, 4].

How a table is cut is decided from what is printed alone, never by choosing "the smallest that is left": somebody who
knows such a choice can turn it around (Wong et al. 2007, Minimality attack in privacy preserving data publishing).
So a breakdown is printed whole, or without its small cells when those together still leave everything open, or not at
all. `attack.py` then looks at it together with what was printed before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..estimation.thresholds import DEFAULT
from .attack import Block, gives_away

SMALLEST = DEFAULT.smallest_cell
Parts = Mapping[str, int | None]


@dataclass(frozen=True)
class Count:
    """Signals or people that were counted: `of` what, in `begins` to `ends`; each is once in every breakdown."""

    of: str
    begins: date
    ends: date
    number: int
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError when a breakdown does not add up: then its rest would say something wrong."""
        for name, cells in self.parts.items():
            if sum(cells.values()) != self.number or min(cells.values(), default=0) < 0:
                raise ValueError(f"{self.of}: {name} does not add up to {self.number}")


@dataclass(frozen=True)
class Printed:
    """What of a count is printed; None is hidden. `small`: hidden because it is under the limit ("" is the number).

    `kept`: it stands as it was printed before, since the difference would tell a small number.
    """

    of: str
    begins: date
    ends: date
    number: int | None
    parts: Mapping[str, Parts] = field(default_factory=dict)
    small: frozenset[tuple[str, str]] = frozenset()
    kept: bool = False

    @property
    def what(self) -> tuple[str, date, date]:
        """Two prints of the same are versions of each other."""
        return self.of, self.begins, self.ends


def printed(count: Count, before: Sequence[Printed] = (), smallest: int = SMALLEST) -> Printed:
    """What may be printed of `count` beside everything that was printed `before`, from old to new."""
    what = (count.of, count.begins, count.ends)
    earlier = [one for one in before if one.what == what]
    others = list({one.what: one for one in before if one.of == count.of and one.what != what}.values())
    made = _beside(count, others, smallest)
    if any(_tells(made, one, smallest) for one in earlier):
        return replace(earlier[-1], kept=True)
    return made


def _beside(count: Count, others: Sequence[Printed], smallest: int) -> Printed:
    made = Printed(count.of, count.begins, count.ends, *_number(count, smallest))
    if _exposes([*others, made], "", smallest):
        made = replace(made, number=None)
    for name, cells in count.parts.items():
        made = _with(made, name, cells, others, smallest)
    return made


def _number(count: Count, smallest: int) -> tuple[int | None, Mapping[str, Parts], frozenset[tuple[str, str]]]:
    if count.number < smallest:
        return None, {}, frozenset({("", "")})
    return count.number, {}, frozenset()


def _with(made: Printed, name: str, cells: Mapping[str, int], others: Sequence[Printed], smallest: int) -> Printed:
    """With a breakdown as far as it may be printed."""
    shown = cut(cells, smallest) if made.number is not None else _nothing(cells)
    hidden = frozenset((name, cell) for cell, told in shown.items() if told is None)
    small = hidden if len(hidden) < len(cells) else frozenset()
    wanted = replace(made, parts={**made.parts, name: shown}, small=made.small | small)
    if small != hidden or not _exposes([*others, wanted], name, smallest):
        return wanted
    return replace(made, parts={**made.parts, name: _nothing(cells)})


def _nothing(cells: Mapping[str, int]) -> dict[str, int | None]:
    return dict.fromkeys(cells)


def cut(cells: Mapping[str, int], smallest: int = SMALLEST) -> dict[str, int | None]:
    """A breakdown of a printed number: whole, without its small cells, or nothing of it.

    Without its small cells when their sum is no small number itself and each of them can still be 0: with k of them at
    most 4 each, the others can hold a sum of up to 4·(k - 1).
    """
    small = [cell for cell, told in cells.items() if told < smallest]
    rest = sum(cells[cell] for cell in small)
    if small and not smallest <= rest <= (smallest - 1) * (len(small) - 1):
        return _nothing(cells)
    return {cell: None if cell in small else told for cell, told in cells.items()}


def _tells(made: Printed, earlier: Printed, smallest: int) -> bool:
    """Whether a new version of the same differs so little, or in what it hides, that the difference says something."""
    new, old = _told(made), _told(earlier)
    if {name for name, told in new.items() if told is None} != {name for name, told in old.items() if told is None}:
        return True
    both = [(told, old[name]) for name, told in new.items() if told is not None and old.get(name) is not None]
    return any(0 < abs(told - was) < smallest for told, was in both if was is not None)


def _told(one: Printed) -> dict[tuple[str, str], int | None]:
    """Every printed number by its name, with the rest of each breakdown."""
    told: dict[tuple[str, str], int | None] = {("", ""): one.number}
    for name, cells in one.parts.items():
        shown = [n for n in cells.values() if n is not None]
        told |= {(name, cell): n for cell, n in cells.items()}
        if one.number is not None and shown:
            told[name, ""] = one.number - sum(shown)
    return told


def _exposes(prints: Sequence[Printed], name: str, smallest: int) -> bool:
    """Whether the last of `prints`, in its breakdown `name`, gives a small number away beside the others."""
    last = prints[-1]
    if not any(one.begins <= last.ends and last.begins <= one.ends for one in prints[:-1]):
        return False  # `cut` alone is enough then
    return gives_away([_block(one, name) for one in prints], smallest)


def _block(one: Printed, name: str) -> Block:
    cells = dict(one.parts.get(name, {}))
    small = frozenset(cell for breakdown, cell in one.small if breakdown in ("", name))
    return Block(one.begins, one.ends, one.number, cells, small)


def share(one: Printed, breakdown: str, cell: str) -> int | None:
    """A part as a percentage, rounded down; it tells the part, so None unless the whole breakdown is printed."""
    cells = one.parts.get(breakdown, {})
    told = cells.get(cell)
    if not one.number or told is None or None in cells.values():
        return None
    return told * 100 // one.number


def middle(values: Sequence[int], one: Printed, smallest: int = SMALLEST) -> int | None:
    """The median of `values` (days) of signals in `one`; None when it is of fewer than `smallest`."""
    if one.number is None or len(values) < smallest:
        return None
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2
