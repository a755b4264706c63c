"""Typing errors: words with a capital that differ from a known name by one letter."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from meldroute.domain.feedback.known import Entry, Need, Thing
from meldroute.domain.normalise import Token
from meldroute.domain.normalise.words import ORDINARY

_SHORTEST = 6
_LONGEST = 24
_PEOPLE = frozenset({Thing.PERSON, Thing.COLLEAGUE, Thing.PARTNER_PERSON, Thing.BUSINESS})


class Likeness:
    """Compares by what is left after dropping one letter, so it costs the same for one name as for a thousand."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        names = {e.key for e in entries if e.thing in _PEOPLE and e.need in {Need.NOTHING, Need.GIVEN}}
        self._names = frozenset(name for name in names if _SHORTEST <= len(name) <= _LONGEST and name.isalpha())
        self._stumps = frozenset(stump for name in self._names for stump in _stumps(name))

    def tokens(self, words: Iterable[Token]) -> Iterator[Token]:
        for word in words:
            if word.capital and _SHORTEST - 1 <= len(word.key) <= _LONGEST and self._is_like(word.key):
                yield word

    def _is_like(self, word: str) -> bool:
        return word not in ORDINARY and not self._stumps.isdisjoint(_stumps(word))


@lru_cache(maxsize=16384)
def _stumps(word: str) -> frozenset[str]:
    """The word itself and the word without each of its letters but the first."""
    return frozenset({word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))})
