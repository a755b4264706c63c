"""Signed heads to a folder that lies elsewhere: a file each, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .models import SignedHead
from .sealing import seal_of


def file_name(row: SignedHead, name: str) -> str:
    """ "2026-11-25-day-heemstede.json"; `name` says whose chain it is."""
    return f"{row.day.isoformat()}-{row.kind}-{name}.json"


def write(folder: Path, rows: Iterable[SignedHead], name: str) -> list[SignedHead]:
    """Write the heads that are not there yet; those that are there now. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for row in rows:
        path = folder / file_name(row, name)
        if not path.exists():
            _whole(path, seal_of(row).text())
        kept.append(row)
    return kept


def _whole(path: Path, text: str) -> None:
    """A reader never sees half a file, a crash leaves none."""
    half = path.with_suffix(".part")
    with half.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
