"""Cut folded text into tokens and say how each of them may be read.

A name that is split, spelled, joined or written with digits for letters is the same chain of readings, so one
comparison on chains finds them all.
"""

import re
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from meldroute.domain.normalise.fold import Folded
from meldroute.domain.normalise.words import INFIXES, NUMBER_WORDS, SPOKEN_SIGNS

_CUT = re.compile(r"[^\W\d_]+|\d+|(?<=\w)[@$!€|](?=\w)")
_AS_LETTER = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
_AS_LETTER |= {"@": "a", "$": "s", "!": "i", "€": "e", "|": "il"}
_MOST_SIGNS = 3  # a longer row of digits is a number, not letters in disguise
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("sz", "s"), ("gh", "g"), ("ch", "g"), ("ck", "k"), ("c", "k"), ("q", "k"),
    ("x", "ks"), ("z", "s"), ("eij", "ij"), ("aij", "ij"), ("ei", "ij"), ("au", "ou"), ("ue", "u"), ("ae", "a"),
    ("dt", "t"),
)  # fmt: skip


class Token(NamedTuple):
    """A run of letters, a run of digits, or a sign used as a letter. `start`, `end` are in the folded text."""

    key: str
    start: int
    end: int
    capital: bool
    shout: bool  # all capitals, at least two
    glued: bool  # touches a neighbour that is a digit or sign, or a letter after a capital: part of one word

    @property
    def is_word(self) -> bool:
        return self.key.isalpha()


def tokens(folded: Folded) -> list[Token]:
    spans = [span for found in _CUT.finditer(folded.text) for span in _humps(folded, *found.span())]
    return [_token(folded, spans, number) for number in range(len(spans))]


def _humps(folded: Folded, start: int, end: int) -> list[tuple[int, int]]:
    """Cut "MevrouwJansen" before a capital that follows a small letter."""
    upper = folded.upper
    cuts = [start, *(i for i in range(start + 1, end) if upper[i] and not upper[i - 1]), end]
    return list(pairwise(cuts))


def _token(folded: Folded, spans: list[tuple[int, int]], number: int) -> Token:
    start, end = spans[number]
    flags = folded.upper[start:end]
    before = number > 0 and spans[number - 1][1] == start
    after = number + 1 < len(spans) and spans[number + 1][0] == end
    word = folded.text[start:end].replace("y", "ij")
    return Token(word, start, end, bool(flags[0]), len(flags) > 1 and all(flags), before or after)


def readings(token: Token) -> tuple[str, ...]:
    """Every way to read a token inside a chain; "" means that it may be passed over (never first or last)."""
    return _readings(token.key, token.glued)


@lru_cache(maxsize=65536)
def _readings(word: str, glued: bool) -> tuple[str, ...]:
    if word.isdigit():
        return (word, *(_letters(word) if glued else ()))
    if not word.isalpha():
        return ("", *_AS_LETTER.get(word, ""))
    ways = [word]
    if len(word) > 3 and sound(word) != word:
        ways.append(sound(word))
    if word in NUMBER_WORDS:
        ways.append(NUMBER_WORDS[word])
    if len(word) == 1 or word in INFIXES or word in SPOKEN_SIGNS:
        ways.append("")
    return tuple(ways)


def _letters(digits: str) -> list[str]:
    if len(digits) > _MOST_SIGNS:
        return []
    return ["".join(choice) for choice in product(*(_AS_LETTER.get(digit, "") for digit in digits))]


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A rough Dutch sound of a key: Jansen = Janssen = Janszen, Meijer = Meyer = Meier, Klaassen = Claessen."""
    for spelling, spoken in _SOUNDS:
        word = word.replace(spelling, spoken)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:-1] + "t" if word.endswith("d") else word
