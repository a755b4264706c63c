"""Mail text as plain text. From HTML nothing is loaded or run: only words, line breaks and link targets stay.

The scanner is our own, since the standard HTMLParser takes quadratic time on broken comments and tags.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from . import limits

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]{0,15})")
_ATTRIBUTE = re.compile(r"\b(href|alt)\s*=\s*(?:\"([^\"]{0,2000})|'([^']{0,2000})|([^\s>\"']{1,2000}))", re.IGNORECASE)
_OPENED = re.compile(r"<(?=[A-Za-z/!?])")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9A-Fa-f]{9,}")
_SPACE = re.compile(r"[ \t\n\f]+")
_DROPPED = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "template")}
_BREAKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(["td", "th"])
_TAG_CHARS = 4096


@dataclass
class _Writer:
    out: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)

    def words(self, text: str) -> None:
        if not text:
            return
        if "&" in text:
            text = html.unescape(_LONG_NUMBER.sub("\ufffd", text))
        text = _SPACE.sub(" ", text)
        self.out.append(text)

    def tag(self, name: str, inside: str, closing: bool) -> None:
        if name in _BREAKS:
            self.out.append("\n- " if name == "li" and not closing else "\n")
        elif name in _CELLS and not closing:
            self.out.append("  ")
        elif name == "img":
            self.words(" " + _attribute(inside, "alt"))
        elif name == "a":
            self._link(inside, closing)

    def _link(self, inside: str, closing: bool) -> None:
        if not closing:
            if len(self.links) < 100:
                self.links.append((_attribute(inside, "href"), len(self.out)))
        elif self.links:
            target, since = self.links.pop()
            shown = "".join(self.out[since:])[: limits.LINE_CHARS].strip()
            if target.lower().startswith(("http://", "https://")) and target.rstrip("/") != shown.rstrip("/"):
                self.out.append(f" ({target})")


def _attribute(inside: str, wanted: str) -> str:
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        if name.lower() == wanted:
            return _SPACE.sub(" ", html.unescape(_LONG_NUMBER.sub("", double or single or bare))).strip()
    return ""


def html_to_text(source: str) -> str:
    """The words of `source` as plain text, read in one pass."""
    source = source[: limits.HTML_CHARS]
    writer = _Writer()
    at = 0
    while at < len(source):
        found = _OPENED.search(source, at)
        if found is None:
            writer.words(source[at:])
            break
        writer.words(source[at : found.start()])
        at = _markup(source, found.start(), writer)
    return tidy("".join(writer.out))


def _markup(source: str, opened: int, writer: _Writer) -> int:
    """Deal with what begins at the `<` at `opened`; gives the offset behind it."""
    if source.startswith("<!--", opened):
        closed = source.find("-->", opened + 4)
        return closed + 3 if closed >= 0 else len(source)
    name = _NAME.match(source, opened + 1)
    closed = _tag_end(source, opened)
    if closed < 0:  # no tag ends behind this: the rest is text
        writer.words(source[opened:])
        return len(source)
    return _tag(source, opened, closed, writer, name) if name else closed + 1


def _tag(source: str, opened: int, closed: int, writer: _Writer, name: re.Match[str]) -> int:
    tag, closing = name[1].lower(), source[opened + 1] == "/"
    if tag in _DROPPED and not closing:
        return _behind(source, closed, _DROPPED[tag])
    writer.tag(tag, source[opened + 1 : min(closed, opened + _TAG_CHARS)], closing)
    return closed + 1


def _tag_end(source: str, opened: int) -> int:
    """The `>` that ends the tag; one inside a quoted value does not count."""
    closed = source.find(">", opened)
    if closed < 0 or source.count('"', opened, closed) % 2 == 0:
        return closed
    quote = source.find('"', closed, closed + _TAG_CHARS)
    later = source.find(">", quote, quote + _TAG_CHARS) if quote >= 0 else -1
    return later if later >= 0 else closed


def _behind(source: str, closed: int, end: re.Pattern[str]) -> int:
    found = end.search(source, closed)
    return len(source) if found is None else found.start()


def tidy(text: str) -> str:
    """No spaces at line ends, no more than one empty line in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")
