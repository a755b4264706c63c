"""What was found in a text, ready to be pointed at: the text in pieces, and the list of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meldroute.domain.feedback import Finding, Part

from .feedback_levels import Word


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `number` is that of its mark, 0 for none."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Mark:
    """What was found, why it may not stay, and whether it may with a second reader."""

    number: int
    words: str
    why: str
    where: str
    may_stay: bool


@dataclass(frozen=True)
class Marked:
    """All of it; false when nothing was found."""

    marks: tuple[Mark, ...]
    subject: tuple[Piece, ...]
    text: tuple[Piece, ...]

    def __bool__(self) -> bool:
        return bool(self.marks)

    @property
    def may_stay(self) -> bool:
        """Everything that was found may stay, with a reason and a second reader."""
        return bool(self.marks) and all(mark.may_stay for mark in self.marks)


def marked(found: Sequence[Finding], word: Word) -> Marked:
    """Subject and text with their marks, numbered in reading order."""
    texts = {Part.SUBJECT: word.subject, Part.TEXT: word.text}
    numbered = [(number, one) for number, one in enumerate(found, 1) if one.part in texts]
    marks = [
        Mark(number, texts[one.part][one.start : one.end], _(one.why), _(one.part.label), one.overridable)
        for number, one in numbered
    ]
    cut = {part: tuple(_pieces(text, part, numbered)) for part, text in texts.items()}
    return Marked(tuple(marks), cut[Part.SUBJECT], cut[Part.TEXT])


def _pieces(text: str, part: Part, numbered: Iterable[tuple[int, Finding]]) -> Iterable[Piece]:
    """The text cut at its marks; of marks that overlap the first keeps its whole length."""
    at = 0
    for number, one in numbered:
        if one.part is not part or one.end <= at:
            continue
        start = max(one.start, at)
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start : one.end], number)
        at = one.end
    if at < len(text):
        yield Piece(text[at:])
