"""Find keys in a text by following chains of readings; time grows with the length of the text only."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from meldroute.domain.feedback.known import Entry, Need
from meldroute.domain.normalise import Folded, Token, readings
from meldroute.domain.normalise.words import ORDINARY

_MOST_TOKENS = 60
_MOST_PASSED = 4
_MOST_STATES = 12
_WIDEST_GAP = 6
_SHORTEST_SPLIT = 6
_SHORTEST_HYPHENED = 5
_SHORTEST_INSIDE = 8


class Match(NamedTuple):
    """Tokens first..last (both included) read as the key of `entry`; `masked`: cut up, spelled or with signs."""

    first: int
    last: int
    entry: Entry
    masked: bool


class Matcher:
    """Holds keys with all their beginnings, so that a chain stops as soon as no key can follow."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._keys: dict[str, list[Entry]] = {}
        for entry in entries:
            self._keys.setdefault(entry.key, []).append(entry)
        self._beginnings = frozenset(word[:size] for word in self._keys for size in range(1, len(word) + 1))
        inside = [word for word, held in self._keys.items() if len(word) >= _SHORTEST_INSIDE and _is_long_name(held)]
        self._inside = re.compile("|".join(map(re.escape, sorted(inside, key=len, reverse=True)))) if inside else None

    def matches(self, folded: Folded, words: list[Token]) -> Iterator[Match]:
        for first, word in enumerate(words):
            if any(way in self._beginnings for way in readings(word)):
                yield from self._from(folded, words, first)
            yield from self._within(words, first)

    def _from(self, folded: Folded, words: list[Token], first: int) -> Iterator[Match]:
        states = {"": 0}  # what has been read, with how many tokens were passed over
        for last in range(first, min(len(words), first + _MOST_TOKENS)):
            if last > first and words[last].start - words[last - 1].end > _WIDEST_GAP:
                return
            states, ended = self._step(states, words[last], last == first)
            if not states:
                return
            for done in ended:
                yield from self._accepted(folded, words, first, last, done)

    def _step(self, states: dict[str, int], word: Token, opening: bool) -> tuple[dict[str, int], list[str]]:
        after: dict[str, int] = {}
        ended: list[str] = []
        for way in readings(word):
            for state, passed in states.items():
                if way:
                    longer = state + way
                    if longer in self._beginnings:
                        after[longer] = min(passed, after.get(longer, passed))
                        if longer in self._keys:
                            ended.append(longer)
                elif not opening and passed < _MOST_PASSED:
                    after.setdefault(state, passed + 1)
        if len(after) > _MOST_STATES:
            after = dict(list(after.items())[:_MOST_STATES])
        return after, ended

    def _accepted(self, folded: Folded, words: list[Token], first: int, last: int, done: str) -> Iterator[Match]:
        chain = words[first : last + 1]
        for entry in self._keys[done]:
            masked = _is_masked(chain, entry)
            if len(chain) >= entry.least and (not masked or _is_deliberate(folded, chain, entry)):
                yield Match(first, last, entry, masked)

    def _within(self, words: list[Token], at: int) -> Iterator[Match]:
        """A full name glued inside a longer word."""
        word = words[at].key
        if self._inside and len(word) > _SHORTEST_INSIDE and (found := self._inside.search(word)):
            yield Match(at, at, self._keys[found[0]][0], True)


def _is_long_name(held: list[Entry]) -> bool:
    return any(entry.several and entry.need is Need.NOTHING for entry in held)


def _is_masked(chain: list[Token], entry: Entry) -> bool:
    """Is one word written as several? A full name, number or address has several words by nature."""
    if any(char.isdigit() for char in entry.key):
        return False
    return len(chain) > 1 and (any(token.glued for token in chain) or not entry.several)


def _is_deliberate(folded: Folded, chain: list[Token], entry: Entry) -> bool:
    """Tell a cut-up word from ordinary words that happen to stand side by side."""
    parts = [token.key for token in chain]
    if all(len(part) == 1 for part in parts):
        return len(parts) > 3 or (len(parts) == 3 and any(token.capital for token in chain[:2]))
    if any(token.glued for token in chain):
        return len(entry.key) > 3 or (len(entry.key) == 3 and chain[0].capital)
    if len(entry.key) < 4 or _is_enumeration(folded, chain):
        return False
    everyday = all(part in ORDINARY for part in parts)
    spaced = all(folded.text[a.end : b.start].isspace() for a, b in pairwise(chain))
    if everyday:
        return any(token.capital for token in chain[1:]) or entry.need is Need.NAME
    return len(entry.key) >= (_SHORTEST_SPLIT if spaced else _SHORTEST_HYPHENED)


def _is_enumeration(folded: Folded, chain: list[Token]) -> bool:
    """ "voorbeeld, straat" lists two things; "voor,beeld" is one thing cut up."""
    gaps = (folded.text[a.end : b.start] for a, b in pairwise(chain))
    return any(len(gap) > 1 and gap[0] in ",;:?!" for gap in gaps)
