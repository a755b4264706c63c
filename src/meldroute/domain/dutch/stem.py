"""A stem for words that no dictionary knows: names of streets, businesses, things in another spelling."""

from __future__ import annotations

_ENDINGS = ("tjes", "tje", "etjes", "etje", "pjes", "pje", "jes", "je", "ende", "eren", "en", "es", "'s", "e", "s")
_LEAST = 4


def stem(key: str) -> str:
    """The word without a plural, diminutive or inflection; two of the same word agree more often than they differ."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _LEAST:
            key = key.removesuffix(ending)
            break
    if len(key) > _LEAST and key[-1] == key[-2]:
        key = key[:-1]
    key = key[:-1] + {"z": "s", "v": "f"}.get(key[-1], key[-1]) if key else key
    if len(key) > _LEAST and key[-2] == key[-3] and key[-2] in "aeou":
        key = key[:-2] + key[-1]
    return key
