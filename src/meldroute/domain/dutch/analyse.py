"""From a text to the keys under which it is found, and from a question to the keys that it asks for.

A key is a short text: a base form (=huis), the stem of a word that no dictionary knows (~glimhart), a number
(#612345678), an address (@voorbeeldstraat|1) or the sound of a name (!jansen). Two keys are equal or they are not;
nothing else is compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from meldroute.domain import normalise
from meldroute.domain.dutch.lemma import Dictionary, lemmas, parts
from meldroute.domain.dutch.lists import SILENT
from meldroute.domain.dutch.stem import stem
from meldroute.domain.normalise.words import INFIXES, TITLES

MOST_LETTERS = 60
_STREET = "straat|laan|weg|plein|singel|kade|dreef|gracht|hof|park|pad|steeg|dijk|plantsoen"
ADDRESS = re.compile(rf"\b((?:[a-z']+[ -]){{0,3}}[a-z']*(?:{_STREET}))\s+(\d{{1,5}})(?:\s?([a-z]{{1,2}})\b)?")
NUMBER = re.compile(
    r"\b(?:[a-z]{2,4}-\d{4}-\d{3,6}|[1-9]\d{3} ?[a-z]{2}"  # a signal's number, a postcode, then plates
    r"|[a-z]{1,3}-\d{1,3}-[a-z]{1,3}|\d{1,3}-[a-z]{1,3}-\d{1,3}|[a-z]{2}-[a-z]{2}-\d\d|\d\d-[a-z]{2}-[a-z]{2})\b"
    r"|\+?\d[\d /()-]{5,}\d|\d{3,}"
)
WORD = re.compile(r"[^\W\d_]+(?:'s)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: as it was typed, and the keys of which any one answers it."""

    text: str
    keys: frozenset[str]


def keys_of(text: str, of_word: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """Every key under which a text is found; `of_word` gives those of one word (see `found_by`)."""
    plain = normalise.fold(text).text
    return frozenset(_numbers(plain)).union(_addresses(plain), *map(of_word, set(words_in(text))))


def found_by(word: str, dictionary: Dictionary) -> frozenset[str]:
    """The keys under which a text with this word is found: its base forms, and those of its parts."""
    return word_keys(word, dictionary) | {f"={_key(part)}" for part in parts(word, dictionary)}


def asked(text: str, dictionary: Dictionary) -> tuple[Word, ...]:
    """The words of a question, each once; a number or address is one word, a silent word is left out."""
    found: dict[frozenset[str], str] = {}
    text = unicodedata.normalize("NFKC", text)
    for pattern, keys in ((ADDRESS, _address), (NUMBER, _number)):
        for match in list(pattern.finditer(normalise.fold(text).text)):
            found.setdefault(keys(match), match.group().strip())
            text = _without(text, match.group())
    for word in words_in(text):
        found.setdefault(word_keys(word, dictionary), word)
    return tuple(Word(typed, keys) for keys, typed in found.items())


def asked_person(text: str) -> tuple[Word, ...]:
    """The parts of a person's name, and numbers that are known of a person; each must be found."""
    found: dict[frozenset[str], str] = {}
    for match in list(NUMBER.finditer(normalise.fold(text).text)):
        found.setdefault(_number(match), match.group().strip())
        text = _without(text, match.group())
    for key in sorted(name_keys(text)):
        found.setdefault(frozenset({key}), key)
    return tuple(Word(typed, keys) for keys, typed in found.items())


def person_keys(text: str) -> frozenset[str]:
    """The keys of what is known of a person: names by their sound, and numbers."""
    return name_keys(text) | frozenset(_numbers(normalise.fold(text).text))


def words_in(text: str) -> Iterator[str]:
    """The words of a text in small letters, with their diacritics (a dictionary knows them so).

    A sign that stands for others ("¼", "ﬁ") is read as those, so that a question and a text cut at the same places.
    """
    text = unicodedata.normalize("NFKC", text)
    for match in WORD.finditer(text.replace("\u2019", "'").casefold()):
        word = match.group()
        if 1 < len(word) <= MOST_LETTERS and word not in SILENT:
            yield word


def name_keys(text: str) -> frozenset[str]:
    """The keys of a person's name: the sound of each part, without titles and tussenvoegsels."""
    found = (normalise.key(part) for part in re.split(r"[\s.,-]+", text))
    return frozenset(f"!{normalise.sound(part)}" for part in found if _names(part))


def _names(part: str) -> bool:
    return len(part) > 1 and not part.isdigit() and part not in INFIXES and part not in TITLES


def near(word: str) -> Iterator[str]:
    """Every word that is one typing error away: a letter too few, too many, another, or two turned round."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters if letter != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def word_keys(word: str, dictionary: Dictionary) -> frozenset[str]:
    """The base forms of a word in small letters, or its stem when no dictionary knows it."""
    known = lemmas(word, dictionary)
    return frozenset(f"={_key(base)}" for base in known) if known else frozenset({f"~{stem(_key(word))}"})


def name_key(word: str) -> str:
    """The key that this word would have as part of a name."""
    return f"!{normalise.sound(_key(word))}"


def _key(word: str) -> str:
    return normalise.key(word)


def _numbers(plain: str) -> Iterator[str]:
    for match in NUMBER.finditer(plain):
        yield from _number(match)


def _number(match: re.Match[str]) -> frozenset[str]:
    written = match.group()
    number = normalise.phone(written) or normalise.postcode(written)
    return frozenset({f"#{number or _key(written)}"})


def _addresses(plain: str) -> Iterator[str]:
    for match in ADDRESS.finditer(plain):
        yield from _address(match)
        yield from _address(match, unit=False)


def _address(match: re.Match[str], *, unit: bool = True) -> frozenset[str]:
    """How many words belong to the street's name cannot be seen: with each of them it is an address."""
    street = match.group(1).split(" ")
    number = match.group(2) + (match.group(3) or "" if unit else "")
    return frozenset(f"@{_key(''.join(street[start:]))}|{number}" for start in range(len(street)))


def _without(text: str, piece: str) -> str:
    plain = normalise.fold(text)
    start = plain.text.find(piece)
    if start < 0:
        return text
    first, last = plain.origin(start, start + len(piece))
    return f"{text[:first]} {text[last:]}"
