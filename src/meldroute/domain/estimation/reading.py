"""A table of overlaps from CSV: a column of 0 and 1 per list, then the column `count`."""

from __future__ import annotations

import csv
import io
import re

from .message import BadTable
from .table import Table, check_names

COUNT_COLUMNS = ("count", "aantal")
MOST_CHARACTERS = 5_000_000


def read_csv(text: str) -> Table:
    """The table in `text`; `BadTable` names the row and what is wrong. Omitted rows count zero."""
    rows = rows_of(text)
    if not rows:
        raise BadTable("empty", "het bestand is leeg", "the file is empty")
    lists = _header(rows[0][1])
    cells: dict[int, int] = {}
    for line, row in rows[1:]:
        history, count = _row(line, row, lists)
        if history in cells:
            raise BadTable(
                "double_row",
                f"regel {line}: deze combinatie van lijsten staat er twee keer in",
                f"line {line}: this combination of lists occurs twice",
            )
        cells[history] = count
    return Table.of(lists, cells)


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """(line number, fields) of every line that is not empty, split on comma or semicolon. Raises BadTable."""
    if len(text) > MOST_CHARACTERS or "\x00" in text:
        raise BadTable("not_csv", "dit is geen CSV-bestand", "this is not a CSV file")
    text = text.removeprefix("\ufeff")
    head = text.lstrip().split("\n", 1)[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, [field.strip() for field in row]) for row in reader]
    except csv.Error as error:
        raise BadTable("not_csv", "dit is geen CSV-bestand", "this is not a CSV file") from error
    return [(line, row) for line, row in rows if any(row)]


def _header(fields: list[str]) -> tuple[str, ...]:
    places = [i for i, name in enumerate(fields) if name.lower() in COUNT_COLUMNS]
    if not places:
        raise BadTable("no_count", "de laatste kolom moet «count» heten", "the last column must be called “count”")
    after = fields[places[0] + 1 :]
    if after:
        raise BadTable(
            "unknown_column",
            f"onbekende kolom «{after[0]}»: na «count» mag niets meer staan",
            f"unknown column “{after[0]}”: nothing may follow “count”",
        )
    lists = tuple(fields[: places[0]])
    check_names(lists)
    return lists


def _row(line: int, row: list[str], lists: tuple[str, ...]) -> tuple[int, int]:
    if len(row) != len(lists) + 1:
        raise BadTable(
            "row_length",
            f"regel {line}: {len(row)} waarden, het moeten er {len(lists) + 1} zijn",
            f"line {line}: {len(row)} values instead of {len(lists) + 1}",
        )
    history = 0
    for position, (name, value) in enumerate(zip(lists, row, strict=False)):
        if value not in ("0", "1"):
            raise BadTable(
                "unknown_column",
                f"regel {line}: onbekende kolom «{name}»: «{value}» is geen 0 of 1",
                f"line {line}: unknown column “{name}”: “{value}” is not 0 or 1",
            )
        history |= int(value) << position
    return history, _count(line, row[-1])


def is_count(value: str) -> bool:
    """Whether this is how a count is written: digits, at most fifteen."""
    return re.fullmatch(r"\+?[0-9]{1,15}", value, flags=re.ASCII) is not None


def _count(line: int, value: str) -> int:
    if is_count(value):
        return int(value)
    if re.fullmatch(r"-[0-9]+([.,][0-9]*)?", value, flags=re.ASCII):
        raise BadTable("negative", f"regel {line}: het aantal {value} is negatief", f"line {line}: {value} is negative")
    raise BadTable(
        "not_integer",
        f"regel {line}: het aantal «{value}» is geen heel getal",
        f"line {line}: the count “{value}” is not a whole number",
    )
