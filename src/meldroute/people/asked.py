"""What an address, or a button, carries along beside the fields of a form."""

from __future__ import annotations

DIGITS = 8
"""More than any version or page has, and fewer than a column of the database holds."""


def whole(text: str, otherwise: int = -1) -> int:
    """The whole number in `text`; whatever else somebody sends is `otherwise`: by itself a number that nothing has."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else otherwise
