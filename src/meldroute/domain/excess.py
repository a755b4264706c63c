"""Live hints while somebody writes a signal: personal data that it can mostly do without.

A hint never blocks. Each one has a span and what to put there instead, so one click removes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meldroute.domain.normalise import Folded, Token, fold, key, tokens
from meldroute.domain.normalise.words import INFIXES, words_of
from meldroute.domain.patterns import Pattern, find
from meldroute.domain.term import Term, gettext_noop


class Excess(Term):
    """What kind of thing is probably too much."""

    BSN = "bsn", gettext_noop("Een BSN is hier nooit nodig.")
    IBAN = "iban", gettext_noop("Een rekeningnummer is hier meestal niet nodig.")
    BIRTHDATE = "birthdate", gettext_noop("Een leeftijd is meestal genoeg.")
    NAME = "name", gettext_noop("Is deze naam nodig om het signaal te begrijpen?")
    WORD = "word", gettext_noop("Dit zijn gevoelige gegevens. Zijn ze nodig?")


@dataclass(frozen=True, slots=True)
class Category:
    """A row of `policies/excess.toml`."""

    code: str
    words: tuple[str, ...]
    why: str
    replacement: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Half-open span in the original text, why in Dutch, and the text to put in its place."""

    start: int
    end: int
    kind: Excess
    why: str
    replacement: str


_REPLACEMENTS = {
    Pattern.BSN: (Excess.BSN, "[BSN]"),
    Pattern.IBAN: (Excess.IBAN, "[rekeningnummer]"),
    Pattern.BIRTHDATE: (Excess.BIRTHDATE, "[geboortedatum]"),
}
# Somebody beside the case: relatives, neighbours, friends. Who it is about is asked for elsewhere.
_RELATIONS = frozenset(
    words_of("""
broer zus zusje broertje moeder vader zoon dochter oom tante neef nicht vriend vriendin buurman buurvrouw kennis
collega huisgenoot kind kindje oma opa man vrouw partner ex
""")
)
_MAX_NAME_TOKENS = 4
_CLOSED_BY = re.compile(r"[.!?;:\n]")


def load(data: Mapping[str, Any]) -> tuple[Category, ...]:
    """Read the parsed policy. KeyError names a missing field."""
    fields = ("code", "why", "replacement", "source", "status")
    return tuple(
        Category(words=tuple(row["words"]), **{name: row[name] for name in fields}) for row in data["category"]
    )


def hints(text: str, categories: Iterable[Category] = ()) -> list[Hint]:
    """All hints in reading order, without overlap. Never raises; linear in the length of the text."""
    folded = fold(text)
    words = tokens(folded)
    found = [*_numbers(folded, words), *_words(folded, words, categories), *_names(folded, words)]
    return _apart(sorted(found, key=lambda hint: (hint.start, -hint.end)))


def without(text: str, hint: Hint) -> str:
    """The text after one click on a hint."""
    return text[: hint.start] + hint.replacement + text[hint.end :]


def _numbers(folded: Folded, words: list[Token]) -> Iterator[Hint]:
    for spot in find(folded, words):
        if spot.pattern in _REPLACEMENTS:
            kind, replacement = _REPLACEMENTS[spot.pattern]
            yield Hint(*folded.origin(spot.start, spot.end), kind, kind.label, replacement)


def _words(folded: Folded, words: list[Token], categories: Iterable[Category]) -> Iterator[Hint]:
    """Whole words and phrases, whatever their case and accents."""
    wanted = {
        tuple(key(part) for part in written.split()): category for category in categories for written in category.words
    }
    longest = max(map(len, wanted), default=0)
    keys = tuple(token.key for token in words)
    for first in range(len(keys)):
        for size in range(longest, 0, -1):
            category = wanted.get(keys[first : first + size])
            if category and first + size <= len(keys):
                span = folded.origin(words[first].start, words[first + size - 1].end)
                yield Hint(*span, Excess.WORD, category.why, category.replacement)
                break


def _names(folded: Folded, words: list[Token]) -> Iterator[Hint]:
    """ "zijn zus Aicha Oefening": a relation and then capitals."""
    for index, word in enumerate(words):
        if word.key in _RELATIONS and (last := _name_end(folded, words, index)):
            span = folded.origin(words[index + 1].start, words[last].end)
            yield Hint(*span, Excess.NAME, Excess.NAME.label, "[naam]")


def _name_end(folded: Folded, words: list[Token], index: int) -> int | None:
    """The last token of the name that follows a relation; None when no name follows."""
    last = None
    for at in range(index + 1, min(len(words), index + 1 + _MAX_NAME_TOKENS)):
        between = folded.text[words[at - 1].end : words[at].start]
        if _CLOSED_BY.search(between) and len(words[at - 1].key) > 1:
            return last
        if words[at].capital and words[at].key not in INFIXES:
            last = at
        elif words[at].key not in INFIXES:
            return last
    return last


def _apart(ordered: Iterable[Hint]) -> list[Hint]:
    kept: list[Hint] = []
    for hint in ordered:
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return kept
