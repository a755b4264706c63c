"""Dutch words as a search needs them: text in, keys out. Pure; the dictionary is an argument."""

from meldroute.domain.dutch.analyse import (
    Word,
    asked,
    asked_person,
    found_by,
    keys_of,
    name_key,
    name_keys,
    near,
    person_keys,
    word_keys,
    words_in,
)
from meldroute.domain.dutch.lemma import Dictionary

__all__ = [
    "Dictionary",
    "Word",
    "asked",
    "asked_person",
    "found_by",
    "keys_of",
    "name_key",
    "name_keys",
    "near",
    "person_keys",
    "word_keys",
    "words_in",
]
