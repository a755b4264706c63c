"""For which period a point stands on an agenda."""

from __future__ import annotations

from datetime import date

import pytest

from meldroute.domain.cadence import parse
from meldroute.domain.returning import stands_for

SINCE = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("words", "day", "held", "key"),
    [
        ("halfjaarlijks", date(2026, 1, 6), (), "2026-H1"),
        ("halfjaarlijks", date(2026, 6, 30), ("2026-H1",), None),
        ("halfjaarlijks", date(2026, 7, 1), ("2026-H1",), "2026-H2"),
        ("halfjaarlijks", date(2026, 7, 1), (), "2026-H1"),  # missed, so it is carried over
        ("halfjaarlijks", date(2026, 12, 31), ("2026-H1", "2026-H2"), None),
        ("halfjaarlijks", date(2027, 8, 1), (), "2027-H1"),  # what was missed in 2026 does not come back
        ("Doorlopend, minimaal twee keer in het jaar agenderen op de Driehoek", date(2026, 9, 1), (), "2026-H1"),
        ("Eén keer per half jaar in de staf veiligheid", date(2026, 2, 1), (), "2026-H1"),
        ("jaarlijks, Q2 en Q4", date(2026, 3, 31), (), None),
        ("jaarlijks, Q2 en Q4", date(2026, 4, 1), (), "2026-Q2"),
        ("jaarlijks, Q2 en Q4", date(2026, 8, 1), ("2026-Q2",), None),
        ("Q3 2026", date(2026, 6, 30), (), None),
        ("Q3 2026", date(2026, 10, 5), (), "2026-Q3"),
        ("Q3 2025", date(2026, 10, 5), (), None),
    ],
)
def test_the_oldest_open_period(words: str, day: date, held: tuple[str, ...], key: str | None) -> None:
    found = stands_for(parse(words), SINCE, day, held)
    assert (found.key if found else None) == key


def test_nothing_from_before_it_was_asked() -> None:
    assert stands_for(parse("halfjaarlijks"), date(2026, 7, 15), date(2026, 7, 20), ()).key == "2026-H2"  # type: ignore[union-attr]
