"""What must hold of every reading, whatever the mail was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from meldroute.intake.message import Reading

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")


def strings(value: object) -> Iterator[str]:
    """Every text in a reading, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from strings(getattr(value, each.name))


def assert_sound(reading: Reading) -> None:
    """Texts can be stored and shown, names are safe, and nothing has vanished without a word."""
    for text in strings(reading):
        text.encode("utf-8")
        assert not _CONTROL.search(text)
    assert "\n" not in reading.subject
    assert reading.date is None or (isinstance(reading.date, datetime) and reading.date.tzinfo is UTC)
    assert reading.date is not None or reading.date_doubtful or reading.needs_hand
    assert reading.text.strip() or reading.parts or reading.needs_hand
    for part in reading.parts:
        assert part.filename
        assert len(part.filename) <= 120
        assert not set(part.filename) & set('/\\<>:"|?*\n\t')
        assert not _TURN.search(part.filename)
        assert part.filename.strip(" .") == part.filename
        if part.nested is not None:
            assert_sound(part.nested)
