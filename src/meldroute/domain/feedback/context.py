"""Is an ordinary word used as a name here? "de bakker" is a trade, "mevrouw Bakker" is somebody."""

import re

from meldroute.domain.feedback.matching import Match
from meldroute.domain.normalise import Folded, Token
from meldroute.domain.normalise.words import (
    EXPRESSIONS,
    INFIXES,
    NAME_LABELS,
    PERSON_VERBS,
    TITLES,
    words_of,
)

_OPENING = " \t\r\"'“”‘’„(*_>[#"
_ENDS = ".!?:;•\n"
_LONGEST_EXPRESSION = 4
_ABBREVIATED = (
    frozenset(
        words_of("""
bijv bv resp ca evt incl excl nl tel nr t m b v a o i
""")
    )
    | TITLES
)
_PIECE = re.compile(r"[^\W\d_]+$")


def is_name(folded: Folded, words: list[Token], match: Match) -> bool:
    """Does the text use the matched ordinary word as a name?"""
    first, last = _without_infix(words, match)
    if _in_expression(words, first):
        return False
    if match.masked and any(token.glued for token in words[first : last + 1]):
        return True
    if _follows_title(words, match.first) or _follows_initial(folded, words, match.first):
        return True
    word = words[first]
    if not word.capital or _is_shouting(words, first, last):
        return False
    return not opens_sentence(folded, word.start) or _acts(words, last)


def has_capital(words: list[Token], match: Match) -> bool:
    """Some capital in it, or one piece: "jbakker", "wiljong"."""
    return match.first == match.last or any(token.capital for token in words[match.first : match.last + 1])


def other_surname_follows(folded: Folded, words: list[Token], match: Match) -> bool:
    """ "Fatima Oefening": the given name of a known person with another surname behind it."""
    index = match.last + 1
    while index < len(words) and words[index].key in INFIXES:
        index += 1
    if index >= len(words) or not words[index].capital or not words[index].is_word or words[index].shout:
        return False
    between = folded.text[words[match.last].end : words[index].start]
    return not set(between) & set(".,;:!?\n()") and len(words[index].key) > 2


def opens_sentence(folded: Folded, start: int) -> bool:
    """Would this word have a capital anyway? A line that was merely wrapped opens nothing."""
    at = start - 1
    broken = 0
    while at >= 0 and (folded.text[at] in _OPENING or folded.text[at] in "\n-"):
        broken += folded.text[at] == "\n"
        if folded.text[at] == "-" and not folded.text[at + 1].isspace():
            return False
        at -= 1
    if at < 0 or broken > 1:
        return True
    if folded.text[at] == ".":
        return not _is_abbreviation(folded, at)
    return folded.text[at] in _ENDS or (broken == 1 and folded.text[at] == ",")


def _is_abbreviation(folded: Folded, dot: int) -> bool:
    piece = _PIECE.search(folded.text, max(0, dot - 12), dot)
    return piece is not None and (len(piece[0]) == 1 or piece[0] in _ABBREVIATED)


def _without_infix(words: list[Token], match: Match) -> tuple[int, int]:
    first = match.first
    while first < match.last and words[first].key in INFIXES and not words[first].glued:
        first += 1
    return first, match.last


def _in_expression(words: list[Token], first: int) -> bool:
    for start in range(max(0, first - _LONGEST_EXPRESSION + 1), first + 1):
        for size in range(2, _LONGEST_EXPRESSION + 1):
            phrase = tuple(token.key for token in words[start : start + size])
            if start + size > first and phrase in EXPRESSIONS:
                return True
    return False


def _follows_title(words: list[Token], first: int) -> bool:
    at = first - 1
    while at >= 0 and (words[at].key in INFIXES or (len(words[at].key) == 1 and words[at].capital)):
        at -= 1
    if at >= 0 and words[at].key in {"is", "als"}:
        at -= 1
        return at >= 0 and words[at].key in NAME_LABELS
    return at >= 0 and words[at].key in TITLES | NAME_LABELS


def _follows_initial(folded: Folded, words: list[Token], first: int) -> bool:
    at = first - 1
    while at >= 0 and words[at].key in INFIXES:
        at -= 1
    if at < 0 or len(words[at].key) != 1 or not words[at].capital:
        return False
    return folded.text[words[at].end : words[at].end + 1] == "."


def _is_shouting(words: list[Token], first: int, last: int) -> bool:
    """In a passage of capitals a capital says nothing."""
    near = words[max(0, first - 2) : first] + words[last + 1 : last + 3]
    return words[first].shout and sum(token.shout for token in near) * 2 >= max(2, len(near))


def _acts(words: list[Token], last: int) -> bool:
    """ "Bakker heeft gebeld": without an article, before something that people do."""
    if last + 1 >= len(words):
        return False
    return words[last + 1].key in PERSON_VERBS
