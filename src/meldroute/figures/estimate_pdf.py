"""The estimate as PDF, set by typst; the same parts as the HTML page."""

from __future__ import annotations

from collections.abc import Sequence

import typst

from meldroute.domain.estimation import VERSION, Assessment
from meldroute.domain.estimation.protection import Shown, everything

from .estimate_report import CHECK_HEADS, CHECKS, Pairs, about_small_cells
from .estimate_words import ESTIMATE_HEADS, PEOPLE, check_rows, estimate_rows, source_rows, whole
from .modelrange import model_range
from .upset import overlaps, upset

PAGE = """#set document(title: "Schatting uit overlappende lijsten")
#set page(margin: 2cm, numbering: "1")
#set text(lang: "nl", size: 10pt)
#set table(stroke: 0.5pt + gray, inset: 4pt)
#set par(leading: 0.6em)
"""


def pdf(found: Assessment, digest: str, shown: Shown | None = None, more: Pairs = ()) -> bytes:
    """The report as PDF bytes; `shown` and `more` as in `estimate_report.html`."""
    shown = shown or everything(found.table)
    parts = [PAGE, "= Schatting uit overlappende lijsten", _opening(shown)]
    parts += _list("Geen schatting", [m.nl for m in found.refused])
    if found.estimates:
        parts += ["== Schatting", _table(ESTIMATE_HEADS, estimate_rows(found, shown))]
    parts += _list("Let op", [m.nl for m in found.warnings])
    if found.estimates and found.models:
        picture = _image(model_range(found, shown.seen), "Schatting per model en per methode")
        parts += ["== Hoe ver modellen uiteenlopen", picture]
    if shown.cells:
        cells = [(shown.label(h), whole(n)) for h, n in overlaps(shown)]
        parts += ["== Lijsten en hun overlap", _image(upset(shown), "Overlap van de lijsten")]
        parts.append(_table(("Precies op", "Mensen"), cells))
    for name, title, words in CHECKS:
        rows = check_rows(getattr(found, name))
        parts += [f"== {title}", _text(words), _table(CHECK_HEADS, rows)] if rows else []
    parts += ["== Herkomst", _table(("Wat", "Waarde"), [*more, *source_rows(found, digest, VERSION)])]
    return bytes(typst.compile("\n\n".join(parts).encode(), format="pdf", pdf_standards="ua-1"))


def _opening(shown: Shown) -> str:
    seen = (
        f"Gezien: {whole(shown.seen)} {PEOPLE} op {len(shown.lists)} lijsten, van wie {whole(shown.seen_twice)} "
        "op meer dan één lijst."
    )
    return "\n\n".join(_text(words) for words in (seen, *about_small_cells(shown)))


def _list(title: str, lines: Sequence[str]) -> list[str]:
    return [f"== {title}", "\n".join(f"- {_text(words)}" for words in lines)] if lines else []


def _image(drawing: str, words: str) -> str:
    return f'#image(bytes({_string(drawing)}), format: "svg", width: 100%, alt: {_string(words)})'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = ", ".join(f"[*{_text(head)}*]" for head in heads)
    body = ", ".join(f"[{_text(cell)}]" for row in rows for cell in row)
    return f"#table(columns: {len(heads)}, table.header({top}), {body})"


def _text(words: str) -> str:
    """Any words as a typst string expression, so that nothing in them is read as markup."""
    return f"#{_string(words)}"


def _string(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'
