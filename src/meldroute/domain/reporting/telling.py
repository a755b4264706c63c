"""Numbers of signals or people in a text that people write themselves: only those that the report shows anyway."""

from __future__ import annotations

import re
from collections.abc import Collection

WORDS = {
    "geen": 0, "nul": 0, "één": 1, "slechts": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7,
    "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "enkele": -1, "paar": -1,
}  # fmt: skip
NOUNS = (
    r"signa(?:al|len)|melding(?:en)?|melders?|slachtoffers?|daders?|verdachten?|personen|persoon|mensen|vrouwen|vrouw|"
    r"mannen|man|kinderen|kind|minderjarigen?|jongeren?|(?:riec-?)?(?:casus(?:sen)?|zaken|zaak)|interventies?|"
    r"terugkoppeling(?:en)?|gevallen|geval"
)
_COUNT = re.compile(rf"\b(\d+|{'|'.join(WORDS)})(?: (?:van de \d+|een|mogelijk|[\w-]+e)){{0,3}} (?:{NOUNS})\b")
_SHARE = re.compile(r"\b(\d+)(?:[.,]\d+)? ?(?:%|procent\b)|\b(\d+|een|één|twee|drie|vier) op de (?:\d+|[a-zë]+)")


def told_numbers(text: str, shown: Collection[int] = ()) -> list[str]:
    """The pieces of `text` that tell a number of signals or people which is not one of `shown`, as they are written.

    A share ("40 %", "een op de drie") is always one of them: what it is of cannot be read from the text. This is a
    help for who writes, and no proof: a number can be told in more ways than this knows.
    """
    plain = re.sub(r"\s+", " ", text)
    low = plain.lower().replace("eén", "één")
    found = [hit.span() for hit in _COUNT.finditer(low) if _value(hit[1]) not in shown]
    found += [hit.span() for hit in _SHARE.finditer(low)]
    return [plain[slice(*span)] for span in sorted(found)]


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else WORDS[word]
