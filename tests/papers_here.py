"""Reading back what stands on a PDF."""

from __future__ import annotations

import io
import re

import pikepdf


def text_of(body: bytes) -> str:
    """The text of every page, through the fonts' own tables back to characters; spaces do not count."""
    with pikepdf.open(io.BytesIO(body)) as paper:
        return "".join(_page_text(page) for page in paper.pages)


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _glyphs(font) for name, font in page.Resources.Font.items()}
    known: dict[int, str] = {}
    shown = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            shown += [known.get(int.from_bytes(raw[n : n + 2]), "?") for n in range(0, len(raw), 2)]
    return "".join(shown).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")


def _glyphs(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def squeezed(text: str) -> str:
    """A text as `text_of` gives it."""
    return text.replace(" ", "")
