"""The base forms of one word: by the dictionary, and by what it leaves out or gets wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from meldroute.domain.dutch.lists import KEPT, LINKS, NO_HEAD, PLURALS, SHORT
from meldroute.domain.dutch.verbs import FORMS, PARTICLES, strong

Dictionary: TypeAlias = Callable[[str], str | None]
"""The base form of a written word in small letters (a separable verb as "op_sluiten"); None when it is not known."""

VOWELS = "aeiouy"
_LOOSE = PARTICLES | {"zeer", "heel"}


def lemmas(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    """The base forms of a word in small letters, the likeliest first; none when neither it nor its last part is known.

    A word of two readings has both ("bedden" is one, "lonen" is pay and to reward).
    """
    found = _listed(word, dictionary)
    if found:
        return found
    parts = compound(word, dictionary)
    if not parts:
        return ()
    start = word.removesuffix(parts[-1])
    return tuple(start + base for base in _listed(parts[-1], dictionary))


def _listed(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    if word in KEPT:
        return (word,)
    verbs = tuple(verb for verb in strong(word) if dictionary(verb))
    told = dictionary(word)
    if verbs and (word in FORMS or told != word):
        told = None
    readings = (
        *verbs,
        PLURALS.get(word),
        _small(word, dictionary) or (told and told.replace("_", "").casefold()),
        singular(word, dictionary),
        _noun(word, dictionary),
        _infinitive(word, dictionary),
        participle(word, dictionary),
    )
    return tuple(dict.fromkeys(base for base in readings if base))


def _noun(word: str, dictionary: Dictionary) -> str | None:
    """The word itself when its plural says that it is a noun too: boete (also of the verb boeten)."""
    return word if any(dictionary(word + ending) == word for ending in ("s", "en", "n")) else None


def _infinitive(word: str, dictionary: Dictionary) -> str | None:
    """The word itself when its participle says that it is a verb too: huren (also the plural of huur)."""
    if not word.endswith("en") or len(word) < 5:
        return None
    stems = {word[:-2], *_singulars(word[:-2])}
    known = any(dictionary(f"ge{stem.removesuffix(end)}{end}") == word for stem in stems for end in "dt")
    return word if known else None


def participle(word: str, dictionary: Dictionary) -> str | None:
    """The verb of a regular participle: gelokt → lokken, gecontroleerde → controleren."""
    bare = word if dictionary(word) == word else word.removesuffix("e")
    if not bare.startswith("ge") or bare[-1] not in "dt" or len(bare) < 6:
        return None
    return next((verb for stem in (bare[2:-1], bare[2:]) for verb in _verbs(stem) if _base(verb, dictionary)), None)


def _verbs(stem: str) -> tuple[str, ...]:
    """What the infinitive of a stem may be: lok → lokken, controleer → controleren, reis → reizen."""
    soft = {"s": "z", "f": "v"}.get(stem[-1], stem[-1])
    if len(stem) > 2 and stem[-2] == stem[-3] and stem[-2] in VOWELS:
        return tuple(f"{stem[:-2]}{last}en" for last in dict.fromkeys((soft, stem[-1])))
    if stem[-1] not in VOWELS and stem[-2:-1] in tuple(VOWELS) and stem[-3:-2] not in tuple(VOWELS):
        return (f"{stem}{stem[-1]}en", f"{stem}en")
    return tuple(f"{stem[:-1]}{last}en" for last in dict.fromkeys((stem[-1], soft)))


def singular(word: str, dictionary: Dictionary) -> str | None:
    """The noun of which this is a regular plural: bazen → baas, brieven → brief, bussen → bus."""
    if not word.endswith("en") or len(word) < 5:
        return None
    return next((form for form in _singulars(word[:-2]) if _base(form, dictionary)), None)


def _singulars(stem: str) -> tuple[str, ...]:
    hard = {"z": "s", "v": "f"}.get(stem[-1], stem[-1])
    if stem[-1] == stem[-2]:
        return (stem[:-1],)
    open_one = len(stem) > 2 and stem[-2] in "aeou" and stem[-3] not in VOWELS
    if open_one:
        return (f"{stem[:-1]}{stem[-2]}{hard}",)
    return (stem[:-1] + hard,)


def _small(word: str, dictionary: Dictionary) -> str | None:
    """The noun of a diminutive: koffertje → koffer, busjes → bus, pakjes → pak."""
    bare = word.removesuffix("s")
    if not bare.endswith("je"):
        return None
    told = dictionary(bare)
    if told and told != bare:
        return told
    for ending in ("etje", "tje", "pje", "je"):
        stem = bare.removesuffix(ending)
        if stem == bare or len(stem) < 3:
            continue
        forms = (stem, stem[:-1]) if stem[-1] == stem[-2] else (stem,)
        found = next((form for form in forms if _base(form, dictionary)), None)
        if found:
            return found
    return None


def _base(word: str, dictionary: Dictionary) -> bool:
    return dictionary(word) == word


def compound(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    """The two parts of a compound as they are written, the link with neither; nothing when it is none.

    Of several ways the one with the longest last part, and the shortest link.
    """
    for cut in range(2, len(word) - 2):
        head = word[cut:]
        if not _may_be_head(head, dictionary):
            continue
        for link in LINKS:
            first = word[:cut].removesuffix(link) if link else word[:cut]
            if word[:cut].endswith(link) and _may_be_first(first, link, dictionary):
                return first, head
    return ()


def _may_be_head(part: str, dictionary: Dictionary) -> bool:
    if part in NO_HEAD or part in _LOOSE or (len(part) < 4 and part not in SHORT):
        return False
    return _known(part, dictionary) is not None and _written(part)


def _may_be_first(part: str, link: str, dictionary: Dictionary) -> bool:
    if part in _LOOSE or (len(part) < 4 and part not in SHORT):
        return False
    told = _known(part, dictionary)
    if told is None or not _written(part):
        return False
    return told == part or link == "" or part in SHORT


def _known(part: str, dictionary: Dictionary) -> str | None:
    return part if part in KEPT else dictionary(part)


@cache
def _written(part: str) -> bool:
    """Whether it looks like a word, with a vowel among its first letters: a dictionary also has what is none."""
    return any(letter in VOWELS for letter in part[:4]) and len(set(pairwise(part))) > 1


def parts(word: str, dictionary: Dictionary, depth: int = 2) -> tuple[str, ...]:
    """The base forms of the parts of a compound, and of theirs."""
    two = compound(word, dictionary)
    if not two or depth == 0:
        return ()
    found: list[str] = []
    for part in two:
        found += _listed(part, dictionary)
        found += parts(part, dictionary, depth - 1) if len(part) > 7 else ()
    return tuple(dict.fromkeys(found))
