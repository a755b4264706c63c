"""The random token by which a reply finds its thread.

It stands in the Reply-To address (`meldpunt+mr-…@…`) and in the Message-ID (`<mr-….1@…>`) of what we send.
Only this token joins a mail to a signal by itself; a number in a subject is a proposal (decisions, "Mail in").
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

RANDOM_BYTES = 16
_TOKEN = re.compile(r"(?:^|(?<=[+<]))mr-([a-z2-7]{26})(?=[.@+>]|$)", re.IGNORECASE)


def token_of(random: bytes) -> str:
    """The token for 16 random bytes: `mr-` and 26 letters or digits that survive being lowercased."""
    if len(random) != RANDOM_BYTES:
        raise ValueError("a thread token needs 16 random bytes")
    return "mr-" + base64.b32encode(random).decode().rstrip("=").lower()


def tokens_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Every token in addresses and message ids, in order, each once, lowercased."""
    found = [f"mr-{match[1].lower()}" for text in texts for match in _TOKEN.finditer(text)]
    return tuple(dict.fromkeys(found))
