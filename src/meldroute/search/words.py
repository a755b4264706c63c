"""Dutch keys of texts and questions, with the dictionary put in: the words of a process are remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from meldroute.domain import dutch
from meldroute.domain.dutch import Word

from .dictionary import base

MOST_LETTERS = 50_000
"""Of one text: what stands further on in a very long mail is not found."""


def keys_of(texts: Iterable[str], is_name: Callable[[str], bool] | None = None) -> frozenset[str]:
    """Every key under which these texts are found; a word for which `is_name` says so has none."""

    def of_word(word: str) -> frozenset[str]:
        return frozenset() if is_name and is_name(word) else found_by(word)

    return frozenset().union(*(dutch.keys_of(text[:MOST_LETTERS], of_word) for text in texts))


@lru_cache(maxsize=32768)
def found_by(word: str) -> frozenset[str]:
    """The keys under which a text with this word is found."""
    return dutch.found_by(word, base)


def asked(text: str) -> tuple[Word, ...]:
    """The words of a question."""
    return dutch.asked(text, base)


def nearly(word: str) -> dict[str, frozenset[str]]:
    """Words one typing error away, with the keys by which each would be found."""
    return {other: dutch.word_keys(other, base) for other in dutch.near(word) if len(other) > 1}
