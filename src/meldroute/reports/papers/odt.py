"""The ODT: headings, paragraphs and tables with header rows, in Dutch, to go on with in a word processor."""

from __future__ import annotations

from io import BytesIO

from odfdo import Cell, Column, Header, HeaderRows, Paragraph, Row, Style, Table, create_table_cell_style
from odfdo import Document as Odt

from ..document import Document, Grid

LANGUAGE, COUNTRY = "nl", "NL"
HEAD = "Tabelkop"


def odt(document: Document) -> bytes:
    """The document as OpenDocument text."""
    made = Odt("text")
    made.meta.title = document.title
    made.meta.language = f"{LANGUAGE}-{COUNTRY}"
    _speak_dutch(made)
    cell = made.insert_style(create_table_cell_style(border="0.5pt solid #999999", padding="0.1cm"), automatic=True)
    made.insert_style(Style("paragraph", name=HEAD, area="text", bold=True), automatic=True)
    body = made.body
    body.clear()
    body.append(Header(1, document.title))
    for line in document.lines:
        body.append(Paragraph(line))
    for part in document.parts:
        body.append(Header(2, part.heading))
        for line in part.paragraphs:
            body.append(Paragraph(line))
        for number, grid in enumerate(part.grids, start=1):
            body.append(Header(3, grid.caption))
            body.append(_table(grid, f"{part.heading} {number}", cell))
            if grid.note:
                body.append(Paragraph(grid.note))
        for line in part.notes:
            body.append(Paragraph(line))
    body.append(Paragraph(document.footer))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _speak_dutch(made: Odt) -> None:
    """The library's own styles say French; a screen reader and a spelling check go by this."""
    for family in ("graphic", "paragraph", "table"):
        style = made.get_style(family)
        if style is None:
            continue
        for told in style.get_elements("style:text-properties"):
            told.set_attribute("fo:language", LANGUAGE)
            told.set_attribute("fo:country", COUNTRY)


def _table(grid: Grid, name: str, style: str) -> Table:
    made = Table(name)
    made.append(Column(repeated=len(grid.head)))
    head = HeaderRows()
    head.append(_row(grid.head, style, of_text=HEAD))
    made.append(head)
    for cells in grid.rows:
        made.append(_row(cells, style))
    return made


def _row(cells: tuple[str, ...], style: str, of_text: str | None = None) -> Row:
    made = Row()
    for text in cells:
        cell = Cell(cell_type="string", style=style)
        cell.append(Paragraph(text, style=of_text))
        made.append(cell)
    return made
