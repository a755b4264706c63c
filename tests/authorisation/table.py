"""Reading a table of this folder, such as `rows.txt`: a header with the columns, then a row per name."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
Table = dict[tuple[str, ...], dict[str, str]]


def read(name: str, keys: int) -> Table:
    """The cells by the first `keys` words of each row and by column."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    columns = rows[0][keys:]
    return {tuple(row[:keys]): dict(zip(columns, row[keys:], strict=True)) for row in rows[1:]}


def line(key: tuple[str, ...], cells: dict[str, str]) -> str:
    """One row as it should stand in the file, to copy after a look at every cell."""
    return " ".join([f"{key[0]:<28}", *(f"{word:<4}" for word in key[1:]), *(f"{cell:<4}" for cell in cells.values())])
