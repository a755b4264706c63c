"""When there is no estimate, and why, in words for a policy officer."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .message import Message, decimal_nl, percent
from .table import Table
from .thresholds import DEFAULT, Thresholds


def table_refusals(table: Table, limits: Thresholds = DEFAULT) -> list[Message]:
    """Reasons in the table itself: too few lists, lists without overlap, too few people seen twice."""
    found = _too_few_lists(table, limits)
    found += [_no_overlap(table, i) for i in range(len(table.lists)) if not table.shared(i)]
    if table.seen_twice < limits.fewest_seen_twice:
        found.append(_seen_twice(table.seen_twice, limits.fewest_seen_twice))
    return found + contained_lists(table)


def _too_few_lists(table: Table, limits: Thresholds) -> list[Message]:
    linked = sum(1 for i in range(len(table.lists)) if table.shared(i))
    if linked >= limits.fewest_linked_lists:
        return []
    return [
        Message(
            "too_few_lists",
            f"Er zijn {linked} lijsten die mensen gemeen hebben; voor een schatting zijn er minstens "
            f"{limits.fewest_linked_lists} nodig.",
            f"{linked} lists have people in common; an estimate needs at least {limits.fewest_linked_lists}.",
            linked,
            limits.fewest_linked_lists,
        )
    ]


def _no_overlap(table: Table, position: int) -> Message:
    name = table.lists[position]
    size = table.on_all(1 << position)
    return Message(
        "list_without_overlap" if size else "empty_list",
        f"Lijst {name} telt {size} mensen en geen van hen staat op een andere lijst. Zonder overlap zegt deze "
        "lijst niets over wie niet gezien is.",
        f"List {name} holds {size} people and none of them is on another list. Without overlap it says nothing "
        "about those not seen.",
        0,
        1,
        (name,),
    )


def _seen_twice(number: int, fewest: int) -> Message:
    return Message(
        "seen_twice",
        f"Maar {number} mensen staan op meer dan één lijst; voor een schatting zijn er minstens {fewest} nodig.",
        f"Only {number} people are on more than one list; an estimate needs at least {fewest}.",
        number,
        fewest,
    )


def contained_lists(table: Table) -> list[Message]:
    """Lists whose people are all on one other list: a referral, not a second look."""
    found = []
    for i, inner in enumerate(table.lists):
        size = table.on_all(1 << i)
        holders = [
            outer for j, outer in enumerate(table.lists) if size and i != j and table.on_all(1 << i | 1 << j) == size
        ]
        if holders:
            found.append(_contained(inner, holders[0], size))
    return found


def _contained(inner: str, outer: str, size: int) -> Message:
    return Message(
        "contained_list",
        f"Alle {size} mensen van lijst {inner} staan ook op lijst {outer}. Dat lijkt op doorverwijzen. Voeg de "
        "lijsten samen en schat opnieuw.",
        f"All {size} people of list {inner} are also on list {outer}. That looks like referral. Merge the lists "
        "and estimate again.",
        size,
        None,
        (inner, outer),
    )


def definition_refusals(table: Table, definitions: Mapping[str, str] | None) -> list[Message]:
    """Lists that do not count by one definition; None means that nobody has said (a warning elsewhere)."""
    if definitions is None:
        return []
    missing = tuple(name for name in table.lists if not definitions.get(name, "").strip())
    kinds = {definitions[name].strip() for name in table.lists if name not in missing}
    if not missing and len(kinds) == 1:
        return []
    number = len(kinds) + (1 if missing else 0)
    return [
        Message(
            "definitions",
            f"De lijsten tellen volgens {number} verschillende of onbekende definities. Breng ze eerst terug tot één.",
            f"The lists count by {number} different or unknown definitions. Map them to one first.",
            number,
            1,
            missing,
        )
    ]


def no_model(tried: int) -> Message:
    """No model has a unique estimate on this table."""
    return Message(
        "no_admissible_model",
        f"Geen van de {tried} onderzochte modellen heeft op deze tabel één eindige schatting.",
        f"None of the {tried} models examined has one finite estimate on this table.",
        0,
        1,
    )


def interval_refusal(lo: float, hi: float, limits: Thresholds = DEFAULT) -> Message | None:
    """The interval is too wide to say anything."""
    ratio = hi / lo if lo > 0 else math.inf
    if ratio <= limits.widest_ratio:
        return None
    shown_nl = decimal_nl(ratio) if math.isfinite(ratio) else "oneindig veel"
    shown = f"{ratio:.1f}" if math.isfinite(ratio) else "infinitely many"
    return Message(
        "interval_too_wide",
        f"De bovengrens is {shown_nl} keer de ondergrens; meer dan {limits.widest_ratio:g} keer is te onzeker.",
        f"The upper limit is {shown} times the lower one; more than {limits.widest_ratio:g} times is too uncertain.",
        ratio if math.isfinite(ratio) else None,
        limits.widest_ratio,
    )


def dropped_refusal(dropped: int, replicates: int, limits: Thresholds = DEFAULT) -> Message | None:
    """Too many resamples of the same people give no estimate at all."""
    share = dropped / replicates if replicates else 0.0
    if share <= limits.most_dropped:
        return None
    return Message(
        "replicates_without_estimate",
        f"In {percent(share)} van de herhalingen was er geen eindige schatting; meer dan "
        f"{percent(limits.most_dropped)} is te wankel.",
        f"{percent(share)} of the replicates had no finite estimate; more than {percent(limits.most_dropped)} "
        "is too fragile.",
        share,
        limits.most_dropped,
    )


def publication_refusals(table: Table, limits: Thresholds = DEFAULT) -> list[Message]:
    """Cells too small to print. A rule of publication, never of computing."""
    small = [count for count in table.cells.values() if count < limits.smallest_cell]
    if not small:
        return []
    return [
        Message(
            "small_cells",
            f"{len(small)} aantallen in de tabel zijn kleiner dan {limits.smallest_cell}; druk de tabel zo niet af.",
            f"{len(small)} counts in the table are below {limits.smallest_cell}; do not print the table like this.",
            len(small),
            limits.smallest_cell,
        )
    ]
