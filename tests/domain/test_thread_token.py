"""The token by which a reply finds its thread."""

from __future__ import annotations

import pytest

from meldroute.domain.thread_token import token_of, tokens_in

TOKEN = token_of(bytes(range(16)))


def test_a_token_is_made_of_its_random_bytes() -> None:
    assert TOKEN == "mr-aaaqeayeaudaocajbifqydiob4"
    assert token_of(b"\xff" * 16) != TOKEN


@pytest.mark.parametrize("length", [0, 15, 17])
def test_too_little_chance_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        token_of(b"x" * length)


@pytest.mark.parametrize(
    "text",
    [f"meldpunt+{TOKEN}@voorbeeld.nl", f"<{TOKEN}.1@voorbeeld.nl>", f"<{TOKEN.upper()}@x>", f"{TOKEN}@voorbeeld.nl"],
)
def test_found_in_addresses_and_message_ids(text: str) -> None:
    assert tokens_in([text, text]) == (TOKEN,)


@pytest.mark.parametrize(
    "text",
    ["", "HS-2026-0001", f"x{TOKEN}@voorbeeld.nl", f"<{TOKEN}x@x>", f"<{TOKEN[:-1]}@x>", f"re: {TOKEN}", "<mr-@x>"],
)
def test_not_found_elsewhere(text: str) -> None:
    assert tokens_in([text]) == ()
