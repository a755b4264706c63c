"""Fold Dutch text to plain small letters, and remember where every letter came from.

Folding undoes what hides a name from a plain comparison and keeps what a reader sees: case, diacritics,
ligatures, full-width and mathematical letters, look-alikes from other alphabets, and characters without width.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters without a Unicode decomposition, by their small form: Latin extras, small capitals, and the Cyrillic
# and Greek letters that look like a Latin one (Unicode TR 39 "confusables", the obvious ones only).
_LOOKALIKES = dict(
    zip(
        "øłđðħŋıɑɡƒʟᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢавВеіјкмнНорсԁѕтухһԛԝαβεηικμνΝορΡτυχγ",
        "olddhniagflabcdefghijkmnoprstuvwyzavbeijkmnhopcdstyxhqwabenikmvnopptuxy",
        strict=True,
    )
) | {"æ": "ae", "œ": "oe", "þ": "th"}
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and symbols that print as nothing
_LETTER_BLOCKS = ((0x1F1E6, 26), (0x1F150, 26), (0x1F170, 26))  # flags, circled and squared letters


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is folded; `at[i]` is the index in the original of folded character i; `upper[i]` was a capital."""

    text: str
    at: tuple[int, ...]
    upper: bytes

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the original text of a non-empty half-open span of the folded text."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    pieces: list[str] = []
    at: list[int] = []
    upper = bytearray()
    for index, char in enumerate(text):
        plain, capital = _fold_char(char)
        if plain:
            pieces.append(plain)
            at.extend([index] * len(plain))
            upper.extend([capital] + [0] * (len(plain) - 1))
    return Folded("".join(pieces), tuple(at), bytes(upper))


def key(text: str) -> str:
    """Letters and digits only, folded, with y written as ij: equal keys are the same word in Dutch spelling."""
    return "".join(filter(str.isalnum, fold(text).text)).replace("y", "ij")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> tuple[str, int]:
    plain = "".join(_fold_part(part) for part in unicodedata.normalize("NFKD", _from_block(char)))
    return plain, int(char.isupper())


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf"} or part in _BLANKS:
        return ""
    if category == "Cc":
        return part if part in "\n\t\r" else ""
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Pd" or part == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.digit(part))
    if part in _LOOKALIKES:
        return _LOOKALIKES[part]
    return "".join(_LOOKALIKES.get(small, small) for small in part.casefold())


def _from_block(char: str) -> str:
    code = ord(char)
    for first, count in _LETTER_BLOCKS:
        if first <= code < first + count:
            return chr(ord("a") + code - first)
    return char
