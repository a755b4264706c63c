"""The table of overlaps: how many people are on exactly which lists."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .lattice import Floats, members
from .message import BadTable

MOST_LISTS = 12
MOST_PEOPLE = 10**9


@dataclass(frozen=True)
class Table:
    """`counts[h]` people are on exactly the lists whose bits are set in h; `counts[0]` is always 0.

    Unit: persons, each counted once. Lists that are not named in a row do not hold the person; "not
    registered" by an organisation is a missing list, not a zero.
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        check_names(self.lists)
        if len(self.counts) != 1 << len(self.lists):
            raise ValueError("counts must hold one number for every set of lists")
        if self.counts[0]:
            raise BadTable(
                "unseen_row",
                "een rij met alleen nullen kan geen mensen tellen: niemand heeft hen gezien",
                "a row of zeros cannot count people: nobody saw them",
            )
        if any(count < 0 for count in self.counts):
            raise BadTable("negative", "een aantal is negatief", "a count is negative")
        if self.seen > MOST_PEOPLE:
            raise BadTable("too_large", "de aantallen zijn te groot", "the counts are too large")

    @classmethod
    def of(cls, lists: Sequence[str], cells: Mapping[int, int]) -> Table:
        """From history (bits) → count; what is left out is zero."""
        return cls(tuple(lists), tuple(cells.get(h, 0) for h in range(1 << len(lists))))

    @classmethod
    def from_records(cls, lists: Mapping[str, Iterable[Hashable]]) -> Table:
        """From the (linked) person numbers on each list; a number twice on one list counts once."""
        check_names(tuple(lists))
        history: dict[Hashable, int] = {}
        for bit, people in enumerate(lists.values()):
            for person in people:
                history[person] = history.get(person, 0) | 1 << bit
        cells: dict[int, int] = {}
        for h in history.values():
            cells[h] = cells.get(h, 0) + 1
        return cls.of(tuple(lists), cells)

    @property
    def seen(self) -> int:
        """People on at least one list."""
        return sum(self.counts)

    @property
    def array(self) -> Floats:
        """The counts as an array of 2^k numbers."""
        return np.array(self.counts, dtype=np.float64)

    @property
    def cells(self) -> dict[int, int]:
        """The histories that occur, with their counts."""
        return {h: count for h, count in enumerate(self.counts) if count}

    def on_all(self, lists: int) -> int:
        """People on every list of the set `lists` (bits), whatever else they are on."""
        return sum(count for h, count in enumerate(self.counts) if h & lists == lists)

    @property
    def sizes(self) -> dict[str, int]:
        """People per list."""
        return {name: self.on_all(1 << i) for i, name in enumerate(self.lists)}

    @property
    def seen_twice(self) -> int:
        """People on two lists or more."""
        return sum(count for h, count in enumerate(self.counts) if h.bit_count() > 1)

    def shared(self, position: int) -> int:
        """People on the list at `position` who are also on another list."""
        bit = 1 << position
        return sum(count for h, count in enumerate(self.counts) if h & bit and h != bit)

    @property
    def sha256(self) -> str:
        """Hash of the content: the same for any order of lists and rows, and with or without zero rows."""
        order = sorted(range(len(self.lists)), key=lambda i: self.lists[i])
        rows = sorted(
            "".join("1" if h >> i & 1 else "0" for i in order) + f":{count}" for h, count in self.cells.items()
        )
        text = "\n".join(["\t".join(self.lists[i] for i in order), *rows])
        return hashlib.sha256(text.encode()).hexdigest()

    def drop(self, positions: Collection[int]) -> Table:
        """Without these lists; people who are on no other list disappear."""
        keep = [i for i in range(len(self.lists)) if i not in positions]
        return self._regrouped([self.lists[i] for i in keep], [1 << i for i in keep])

    def hide(self, position: int) -> Table:
        """Only the people on this list, seen by the other lists: its unseen cell has a known size."""
        bit = 1 << position
        on = Table.of(self.lists, {h: count for h, count in self.cells.items() if h & bit})
        return on.drop([position])

    def merge(self, groups: Sequence[Sequence[int]]) -> Table:
        """With each group of lists as one list (on it when on any of them), named `A+B`."""
        taken = {i for group in groups for i in group}
        if len(taken) != sum(len(group) for group in groups):
            raise ValueError("a list can be in one group only")
        parts = [*groups, *([i] for i in range(len(self.lists)) if i not in taken)]
        parts = sorted((sorted(part) for part in parts), key=lambda part: part[0])
        names = ["+".join(self.lists[i] for i in part) for part in parts]
        return self._regrouped(names, [sum(1 << i for i in part) for part in parts])

    def _regrouped(self, names: Sequence[str], bits: Sequence[int]) -> Table:
        cells: dict[int, int] = {}
        for h, count in self.cells.items():
            new = sum(1 << j for j, mask in enumerate(bits) if h & mask)
            if new:
                cells[new] = cells.get(new, 0) + count
        return Table.of(names, cells)

    def label(self, history: int) -> str:
        """The names of the lists in a history."""
        return " + ".join(self.lists[i] for i in members(history))


def check_names(lists: Sequence[str]) -> None:
    """Refuse no lists, too many, empty names and names that occur twice."""
    if not lists:
        raise BadTable("no_lists", "de tabel heeft geen lijsten", "the table has no lists")
    if len(lists) > MOST_LISTS:
        raise BadTable(
            "too_many_lists",
            f"de tabel heeft {len(lists)} lijsten; het hoogste aantal is {MOST_LISTS}",
            f"the table has {len(lists)} lists; the most is {MOST_LISTS}",
        )
    for name in lists:
        if not name.strip():
            raise BadTable("no_name", "een lijst heeft geen naam", "a list has no name")
        if list(lists).count(name) > 1:
            raise BadTable("double_name", f"de lijst «{name}» komt twee keer voor", f"list “{name}” occurs twice")
