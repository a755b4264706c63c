"""Closed lists of terms: a code that is stored, and the Dutch label that people read."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def gettext_noop(text: str) -> str:
    """Mark `text` for the translation catalogue and give it back unchanged."""
    return text


class Term(StrEnum):
    """A member is written as `NAME = "code", gettext_noop("Dutch label")`; its value is the code."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs (code, Dutch label), in the order of the list."""
        return [(member.value, member.label) for member in cls]
