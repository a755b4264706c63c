"""The Dutch dictionary: the word list of simplemma, read once per process (about 60 MB, half a second)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from meldroute.domain.normalise import fold


@cache
def _listed() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("nl")


@cache
def _plain() -> Mapping[str, str]:
    """The words with a diacritic, by how they are typed without it."""
    return {fold(word).text: base for word, base in _listed().items() if not word.isascii()}


@lru_cache(maxsize=65536)
def base(word: str) -> str | None:
    """The base form of a word in small letters, with or without its diacritics; None when it is not in the list."""
    told = _listed().get(word) or _plain().get(word)
    return str(told) if told is not None else None
