"""Does a short note point at somebody? For "Even sparren", where no name, address or number may stand.

There is no file to compare with, so the shape decides: a number that looks like one (`domain.patterns`), a street with
a house number, a word with a capital where a sentence does not ask for one, a word behind "mevrouw" or "heet". It
rather refuses a word too many: whoever writes can say it otherwise. A name in small letters without anything that
shows it is not seen; the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from meldroute.domain.feedback.context import opens_sentence
from meldroute.domain.normalise import Folded, Token, fold, tokens
from meldroute.domain.normalise.words import CALENDAR, INFIXES, NAME_LABELS, ORDINARY, PERSON_VERBS, words_of
from meldroute.domain.patterns import find
from meldroute.domain.term import Term, gettext_noop


class Why(Term):
    """What a piece of the note looks like."""

    NAME = "name", gettext_noop("Dit lijkt een naam.")
    ADDRESS = "address", gettext_noop("Dit lijkt een adres.")
    NUMBER = "number", gettext_noop("Dit lijkt een nummer, datum of mailadres dat bij iemand hoort.")


@dataclass(frozen=True)
class Found:
    """A half-open span of the note as it was written."""

    start: int
    end: int
    why: Why


_KINDS = "straat|laan|weg|plein|singel|kade|gracht|dreef|steeg|dijk|park|hof|pad|str"
STREET = re.compile(rf"(?<!\w)[a-z][a-z'-]{{0,40}}(?:{_KINDS})\.? \d{{1,4}}(?!\d)")
BEFORE_A_NAME = frozenset(words_of("heer dhr meneer mijnheer mevrouw mevr mvr mw juffrouw fam familie")) | NAME_LABELS
NO_NAMES = (
    ORDINARY
    | INFIXES
    | PERSON_VERBS
    | CALENDAR
    | frozenset(
        word.replace("y", "ij")
        for word in words_of("""
        zij ze hij iemand men wie dat dit er wij we ik jij u deze die het beller school organisatie training vraagt
        dacht denkt twijfelt twijfelde had heeft aan zelf bij nederland oekraine pools roemeens bulgaars engels
        """)
    )
)


def personal(text: str, known: Iterable[str] = ()) -> list[Found]:
    """What points at somebody, in reading order. `known` are names of teams, organisations and municipalities."""
    folded = fold(text)
    words = tokens(folded)
    free = {one.key for name in known for one in tokens(fold(name))}
    spans = [(spot.start, spot.end, Why.NUMBER) for spot in find(folded, words)]
    spans += [(*found.span(), Why.ADDRESS) for found in STREET.finditer(folded.text)]
    covered = {place for start, end, _ in spans for place in range(start, end)}
    for number, word in enumerate(words):
        if word.start not in covered and word.key not in free and _is_name(folded, words, number):
            spans.append((word.start, word.end, Why.NAME))
    return [Found(*folded.origin(start, end), why) for start, end, why in sorted(spans)]


def _is_name(folded: Folded, words: list[Token], number: int) -> bool:
    word = words[number]
    if not word.is_word or len(word.key) < 2 or word.shout:
        return False
    if _called(words, number):
        return word.capital or word.key not in NO_NAMES
    if not word.capital or (word.key in CALENDAR and len(word.key) > 3):  # "Jan" is no month here
        return False
    if not opens_sentence(folded, word.start):
        return True
    return word.key not in NO_NAMES and _acts(words, number)


def _called(words: list[Token], number: int) -> bool:
    """Behind "mevrouw", "heet", "van der" behind those, or an initial."""
    at = number - 1
    while at >= 0 and words[at].key in INFIXES:
        at -= 1
    return at >= 0 and words[at].key in BEFORE_A_NAME


def _acts(words: list[Token], number: int) -> bool:
    follows = words[number + 1 : number + 2]
    return bool(follows) and (follows[0].key in PERSON_VERBS or (follows[0].capital and not follows[0].shout))
