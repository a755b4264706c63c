"""List sizes and overlaps as an UpSet-style picture (Lex et al. 2014, IEEE TVCG 20)."""

from __future__ import annotations

from meldroute.domain.estimation.protection import Shown
from meldroute.domain.term import gettext_noop

from . import svg
from .estimate_words import DUTCH, Language

TITLE = gettext_noop("Lijsten en hun overlap")
ALL = gettext_noop("Alle combinaties van lijsten, grootste eerst.")
SOME = gettext_noop("Niet alle combinaties van lijsten, grootste eerst.")
LARGEST = gettext_noop("De %(some)s grootste van %(all)s combinaties van lijsten, grootste eerst.")
READING = gettext_noop(
    "Balken boven: mensen op precies die lijsten. Balken links: mensen per lijst. De tabel eronder geeft dezelfde "
    "getallen."
)
MOST_COLUMNS = 40
ROW, COLUMN, BARS, SIZES = 24.0, 22.0, 130.0, 150.0
DIGIT = 7.5
"""Width of a digit above a bar, in pixels."""


def overlaps(shown: Shown) -> list[tuple[int, int]]:
    """(history, count), largest first; the data behind the picture."""
    return sorted(shown.cells.items(), key=lambda cell: (-cell[1], cell[0]))


def upset(table: Shown, language: Language = DUTCH) -> str:
    """Bars for combinations above, a matrix of dots below, bars for the lists at the left."""
    cells = overlaps(table)[:MOST_COLUMNS]
    names = max((len(name) for name in table.lists), default=1) * 8.5 + 16
    left = SIZES + names
    width = left + _column(cells) * max(len(cells), 1) + 20
    height = BARS + 30 + ROW * len(table.lists) + 10
    parts = [*_sizes(table, names, language), *_columns(table, cells, left, language)]
    told = LARGEST if len(cells) < len(table.cells) else ALL
    which = language.say(told if table.whole else SOME) % {"some": len(cells), "all": len(table.cells)}
    return svg.picture("upset", language.say(TITLE), f"{which} {language.say(READING)}", width, height, parts)


def _row_y(place: int) -> float:
    return BARS + 30 + ROW * place + ROW / 2


def _sizes(table: Shown, names: float, language: Language) -> list[str]:
    most = max([*(size or 0 for size in table.sizes.values()), 1])
    parts = []
    for place, (name, size) in enumerate(table.sizes.items()):
        y = _row_y(place)
        length = (SIZES - 60) * (size or 0) / most
        parts.append(svg.box(SIZES - length, y - 7, length, 14))
        parts.append(svg.label(SIZES - length - 4, y + 4, language.whole(size), "end"))
        parts.append(svg.label(SIZES + names - 8, y + 4, name, "end"))
    return parts


def _column(cells: list[tuple[int, int]]) -> float:
    """Wide enough for the longest count."""
    longest = max((len(f"{count:,}") for _, count in cells), default=1)
    return max(COLUMN, DIGIT * longest + 6)


def _columns(table: Shown, cells: list[tuple[int, int]], left: float, language: Language) -> list[str]:
    most, column = max((count for _, count in cells), default=1), _column(cells)
    parts = []
    for place, (history, count) in enumerate(cells):
        x = left + column * (place + 0.5)
        tall = (BARS - 20) * count / most
        parts.append(svg.box(x - 7, BARS + 10 - tall, 14, tall))
        parts.append(svg.label(x, BARS + 6 - tall, language.whole(count), "middle"))
        held = [i for i in range(len(table.lists)) if history >> i & 1]
        parts.append(svg.line(x, _row_y(held[0]), x, _row_y(held[-1]), 2, svg.ACCENT))
        parts += [svg.dot(x, _row_y(i), 5, svg.ACCENT if i in held else svg.FAINT) for i in range(len(table.lists))]
    return parts
