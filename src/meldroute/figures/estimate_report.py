"""The estimate as one HTML page that needs nothing else: pictures, tables, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from meldroute.domain.estimation import VERSION, Assessment, Message, Table, publication_refusals
from meldroute.domain.estimation.cautions import shown_nl
from meldroute.domain.estimation.protection import Shown, everything
from meldroute.domain.term import gettext_noop

from .estimate_words import ESTIMATE_HEADS, PEOPLE, check_rows, estimate_rows, source_rows, whole
from .modelrange import close_models, model_range
from .upset import overlaps, upset

STYLE = """
body{font:1rem/1.5 "Noto Sans","Segoe UI",sans-serif;color:#17212b;background:#fff;max-width:60rem;margin:2rem auto;
padding:0 1rem}
h1{font-size:1.75rem}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid #78859a;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{background:#f4f6f8}td.n{text-align:right;font-variant-numeric:tabular-nums}
.note{border-left:.3rem solid #0b5c78;padding:.25rem 1rem;background:#f4f6f8}
figure{margin:1rem 0;overflow-x:auto}code{overflow-wrap:anywhere}
""".strip()
Pairs = Sequence[tuple[str, str]]
SOME_HIDDEN = (
    "Aantallen onder de 5 zijn verborgen, en andere waar zij uit te rekenen zouden zijn. Een combinatie die er niet "
    "staat, is verborgen of komt niet voor."
)
CHECK_HEADS = (
    gettext_noop("Lijst"),
    gettext_noop("Vergelijk met"),
    gettext_noop("Schatting"),
    gettext_noop("Grenzen of reden"),
)
CHECKS = (
    (
        "hidden",
        gettext_noop("Verborgen lijst"),
        gettext_noop("Een lijst wordt verborgen en uit de andere geschat; de echte grootte is bekend."),
    ),
    (
        "left_out",
        gettext_noop("Zonder één lijst"),
        gettext_noop("De schatting zonder een lijst, naast de schatting met alle lijsten."),
    ),
    (
        "merged",
        gettext_noop("Twee lijsten als één"),
        gettext_noop("De schatting als twee lijsten samen één lijst zijn."),
    ),
)


def html(found: Assessment, digest: str, shown: Shown | None = None, more: Pairs = ()) -> str:
    """A whole page; every text in it is escaped. `shown` is what may be printed (all), `more` where it is from."""
    shown = shown or everything(found.table)
    parts = [
        "<h1>Schatting uit overlappende lijsten</h1>",
        _opening(shown),
        _messages("Geen schatting", found.refused),
        _estimates(found, shown),
        _messages("Let op", found.warnings),
        _models(found, shown),
        _overlap(shown),
        *(_check(found, *check) for check in CHECKS),
        _pairs("Herkomst", [*more, *source_rows(found, digest, VERSION)]),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Schatting uit overlappende lijsten</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _opening(shown: Shown) -> str:
    private = "".join(f'<p class="note">{escape(words)}</p>' for words in about_small_cells(shown))
    return (
        f"<p>Gezien: <strong>{whole(shown.seen)}</strong> {PEOPLE} op {len(shown.lists)} lijsten, van wie "
        f"{whole(shown.seen_twice)} op meer dan één lijst. Wie op meer lijsten staat, telt één keer.</p>{private}"
    )


def about_small_cells(shown: Shown) -> list[str]:
    """What stands above a table with small counts: not to print it, or that they are hidden."""
    if not shown.whole:
        return [SOME_HIDDEN]
    table = Table.of(shown.lists, shown.cells)
    return [f"Niet openbaar. {m.nl}" for m in publication_refusals(table)]


def _messages(title: str, messages: Sequence[Message]) -> str:
    items = "".join(f"<li>{escape(m.nl)}</li>" for m in messages)
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""


def _estimates(found: Assessment, shown: Shown) -> str:
    if not found.estimates:
        return ""
    note = "Getallen zijn afgerond op twee cijfers. Reken een landelijk getal nooit om naar een gemeente."
    return f"<h2>Schatting</h2>{_table(ESTIMATE_HEADS, estimate_rows(found, shown))}<p>{note}</p>"


def _models(found: Assessment, shown: Shown) -> str:
    points = close_models(found)
    if not found.estimates or not points:
        return ""
    rows = [(p.model, shown_nl(p.n), f"{p.bic:.2f}".replace(".", ",")) for p in points]
    return (
        f"<h2>Hoe ver modellen uiteenlopen</h2><figure>{model_range(found, shown.seen)}</figure>"
        f"<details><summary>Tabel</summary>{_table(('Model', 'Totaal', 'BIC'), rows)}</details>"
    )


def _overlap(shown: Shown) -> str:
    if not shown.cells:
        return ""
    sizes = [(name, whole(n)) for name, n in shown.sizes.items()]
    cells = [(shown.label(h), whole(n)) for h, n in overlaps(shown)]
    return (
        f"<h2>Lijsten en hun overlap</h2><figure>{upset(shown)}</figure><details><summary>Tabel</summary>"
        f"{_table(('Lijst', 'Mensen'), sizes)}{_table(('Precies op', 'Mensen'), cells)}</details>"
    )


def _check(found: Assessment, name: str, title: str, words: str) -> str:
    rows = check_rows(getattr(found, name))
    return f"<h2>{title}</h2><p>{words}</p>{_table(CHECK_HEADS, rows)}" if rows else ""


def _pairs(title: str, rows: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f'<tr><th scope="row">{escape(k)}</th><td><code>{escape(v)}</code></td></tr>' for k, v in rows)
    return f"<h2>{title}</h2><table>{lines}</table>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
