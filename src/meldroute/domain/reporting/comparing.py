"""What is different between two versions of a report: lines of text and rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Rows = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Line:
    """A paragraph or a row: the same, gone, or new."""

    text: str
    gone: bool = False
    new: bool = False


def lines(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Both in one list, in the order of the new one."""
    found: list[Line] = []
    for act, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found += [Line(text) for text in new[j1:j2]]
        else:
            found += [Line(text, gone=True) for text in old[i1:i2]]
            found += [Line(text, new=True) for text in new[j1:j2]]
    return found


def differs(found: Sequence[Line]) -> bool:
    """Whether anything changed."""
    return any(line.gone or line.new for line in found)
