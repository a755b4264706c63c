"""What can be taken away of an estimation: CSV, JSON, PDF and a page; for inside whole, for outside protected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .estimate_json import as_dict
from .estimate_pdf import pdf
from .estimate_report import html
from .keeping import Answer
from .upset import overlaps

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class File:
    """Bytes with their type."""

    content_type: str
    body: bytes


def as_csv(answer: Answer, lines: Lines) -> File:
    """The table of overlaps in the form that can be uploaded again; only what may be shown."""
    shown = answer.shown
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*(_harmless(name) for name in shown.lists), "count"])
    for history, number in overlaps(shown):
        writer.writerow([*(history >> i & 1 for i in range(len(shown.lists))), number])
    return File("text/csv; charset=utf-8", out.getvalue().encode())


def _harmless(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@", "\t") else name


def as_json(answer: Answer, lines: Lines) -> File:
    """The JSON of `meldroute estimate --json`, with where it is from."""
    told = as_dict(answer.found, answer.digest, answer.shown) | {"source": dict(lines)}
    return File("application/json", json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False).encode())


def as_pdf(answer: Answer, lines: Lines) -> File:
    """The report as PDF/UA."""
    return File("application/pdf", pdf(answer.found, answer.digest, answer.shown, lines))


def as_html(answer: Answer, lines: Lines) -> File:
    """The report as one page that needs nothing else."""
    return File("text/html; charset=utf-8", html(answer.found, answer.digest, answer.shown, lines).encode())


KINDS: dict[str, Callable[[Answer, Lines], File]] = {
    "csv": as_csv,
    "json": as_json,
    "pdf": as_pdf,
    "html": as_html,
}
