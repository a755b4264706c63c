"""Numbers and addresses in a text that point at somebody, whoever it is: mail, phone, postcode, plate, BSN …

Every search is bounded per position, so the time grows with the length of the text only.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from meldroute.domain.normalise import Folded, Token, is_bsn, is_kvk, phone_of
from meldroute.domain.normalise.words import MONTHS, NUMBER_WORDS, PAIRS, words_of
from meldroute.domain.term import Term, gettext_noop


class Pattern(Term):
    """What a piece of text looks like."""

    MAIL = "mail", gettext_noop("e-mailadres")
    PHONE = "phone", gettext_noop("telefoonnummer")
    POSTCODE = "postcode", gettext_noop("postcode")
    PLATE = "plate", gettext_noop("kenteken")
    BSN = "bsn", gettext_noop("burgerservicenummer (BSN)")
    KVK = "kvk", gettext_noop("KVK-nummer")
    REFERENCE = "reference", gettext_noop("zaaknummer of kenmerk")
    BIRTHDATE = "birthdate", gettext_noop("geboortedatum")
    IBAN = "iban", gettext_noop("rekeningnummer")


class Spot(NamedTuple):
    """A half-open span of the folded text that looks like `pattern`."""

    start: int
    end: int
    pattern: Pattern


_MONTH = "|".join(name for names in MONTHS for name in names)
_DOT = r"(?:\.|\s?[(\[]?\s?(?:punt|dot)\s?[)\]]?\s?)"
_TOP = r"(?:nl|com|org|net|eu|be|de|info|example|test|amsterdam|frl|gov|online|site|app|uk|fr|pl|ro|bg|hu)"
_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}?\s?(?:@|[(\[{{<]\s?(?:at|apenstaart(?:je)?|@)\s?[)\]}}>]|\s(?:at|apenstaart(?:je)?)\s)"
    rf"\s?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}?{_DOT}{_TOP}(?!\w)"
)
_MAIL_PLAIN = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_REFERENCE = re.compile(r"(?<![\w-])[a-z]{1,6}[-./_]?(?:19|20)\d\d[-./_]\d{3,12}(?!\w)|(?<!\w)pl\d{4}-\d{6,12}(?!\w)")
_REFERENCE_SPACED = re.compile(r"(?<!\w)[a-z]{1,4} (?:19|20)\d\d 0\d{3,5}(?!\w)")
_REFERENCE_NAMED = re.compile(
    r"(?<!\w)(?:zaak|dossier|meldings?|signaal|registratie|proces-verbaal|pv|incident)?-?(?:nummer|nr|kenmerk|referentie"
    r"|zaak|dossier|proces-verbaal|pv|signaal)\b[\s:.#]{0,3}(?:is |luidt |met nummer )?"
    r"(?=[\w./-]{0,12}\d{3})[\w./-]{4,24}"
)
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2} ?[a-z]{4}(?: ?\d){10}(?!\w)")
_POSTCODE = re.compile(r"(?<![\w.,-])[1-9]\d{3}[\s.-]{0,3}[a-z][\s.]?[a-z](?!\w)")
_SHAPES = words_of("""
LL-DD-DD DD-DD-LL DD-LL-DD LL-DD-LL LL-LL-DD DD-LL-LL DD-LLL-D D-LLL-DD LL-DDD-L L-DDD-LL LLL-DD-L L-DD-LLL
D-LL-DDD DDD-LL-D
""")
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        shape.replace("-", r"[ .~]{0,3}").replace("~", r"\-").replace("L", "[a-z]").replace("D", r"\d")
        for shape in _SHAPES
    )
    + r")(?![\w-])"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}(?:\s?[-./]\s?)(?:0?[1-9]|1[0-2])(?:\s?[-./]\s?)(?:\d{{4}}|\d\d)|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:e|de|ste)? (?:{_MONTH})\.? (?:\d{{4}}|'?\d\d))(?!\w)"
)
_BORN = re.compile(r"geb(?:oren|\.|datum|oortedatum)?\W|geboren|geboorte|jarig|d\.o\.b|verjaart")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST_BIRTH_YEAR = 2020  # younger dates are dates of letters and appointments, unless the text says "geboren"
_KVK = re.compile(r"kvk|k\.v\.k|kamer van koophandel|handelsregister")
_BSN = re.compile(r"bsn|burgerservice|sofi")
_CAR = re.compile(r"kenteken|auto|voertuig|bus\b|busje|nummerbord|nummerplaat")
_LOOK_BACK = 22


def find(folded: Folded, words: list[Token]) -> list[Spot]:
    """All spots, without overlap, in order of place."""
    text = folded.text
    spots = [
        *_all(_MAIL, text, Pattern.MAIL), *_all(_MAIL_PLAIN, text, Pattern.MAIL), *_all(_IBAN, text, Pattern.IBAN),
        *_birthdates(text), *_references(folded), *_plates(folded), *_numbers(text, words), *_postcodes(folded),
    ]  # fmt: skip
    return _apart(spots)


def _apart(spots: Iterable[Spot]) -> list[Spot]:
    """Keep the earlier kind of two that overlap."""
    taken: list[Spot] = []
    edge: dict[int, None] = {}
    for spot in spots:
        if not any(place in edge for place in range(spot.start, spot.end)):
            taken.append(spot)
            edge |= dict.fromkeys(range(spot.start, spot.end))
    return sorted(taken)


def _all(regex: re.Pattern[str], text: str, pattern: Pattern) -> Iterator[Spot]:
    for found in regex.finditer(text):
        yield Spot(*found.span(), pattern)


def _before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start]


def _birthdates(text: str) -> Iterator[Spot]:
    for found in _DATE.finditer(text):
        year = _YEAR.search(found[0])
        old = year is not None and 1900 <= int(year[0]) <= _LAST_BIRTH_YEAR
        if old or _BORN.search(_before(text, found.start())):
            yield Spot(*found.span(), Pattern.BIRTHDATE)


def _references(folded: Folded) -> Iterator[Spot]:
    text = folded.text
    yield from _all(_REFERENCE, text, Pattern.REFERENCE)
    yield from _all(_REFERENCE_NAMED, text, Pattern.REFERENCE)
    for spot in _all(_REFERENCE_SPACED, text, Pattern.REFERENCE):
        if folded.upper[spot.start]:
            yield spot


def _plates(folded: Folded) -> Iterator[Spot]:
    for found in _PLATE.finditer(folded.text):
        letters = [i for i in range(*found.span()) if folded.text[i].isalpha()]
        capitals = all(folded.upper[i] for i in letters)
        ordinary = "".join(folded.text[i] for i in letters) in PAIRS
        dashed = found[0].count("-") >= 2
        if not ordinary and (capitals or dashed or _CAR.search(_before(folded.text, found.start()))):
            yield Spot(*found.span(), Pattern.PLATE)


def _postcodes(folded: Folded) -> Iterator[Spot]:
    for found in _POSTCODE.finditer(folded.text):
        letters = [i for i in range(*found.span()) if folded.text[i].isalpha()]
        pair = "".join(folded.text[i] for i in letters)
        capitals = all(folded.upper[i] for i in letters)
        close = len(found[0]) == 6
        if pair not in {"sa", "sd", "ss"} and (pair not in PAIRS or (capitals and close)):
            yield Spot(*found.span(), Pattern.POSTCODE)


class _Piece(NamedTuple):
    digits: str
    start: int
    end: int
    spoken: bool


_GAP = re.compile(r"[\s.\-/()+]{0,4}")
_SPOKEN_GAP = re.compile(r"[\s.,\-/()+]{0,4}")
_MOST_PIECES = 15
_MOST_DIGITS = 15


def _numbers(text: str, words: list[Token]) -> Iterator[Spot]:
    """Phone, BSN and KVK numbers, however they are cut up or spelled out."""
    pieces = [piece for number, token in enumerate(words) if (piece := _piece(words, number, token))]
    index = 0
    while index < len(pieces):
        found = _number_at(text, pieces, index)
        if found:
            yield found[0]
        index += found[1] if found else 1


def _piece(words: list[Token], number: int, token: Token) -> _Piece | None:
    if token.key.isdigit():
        return _Piece(token.key, token.start, token.end, False)
    if token.key == "o" and token.glued and any(t.key.isdigit() for t in words[max(0, number - 1) : number + 2]):
        return _Piece("0", token.start, token.end, False)
    spoken = NUMBER_WORDS.get(token.key)
    return _Piece(spoken, token.start, token.end, True) if spoken and not token.glued else None


def _number_at(text: str, pieces: list[_Piece], index: int) -> tuple[Spot, int] | None:
    """The longest number that starts at this piece, with how many pieces it took."""
    if _is_date(text, pieces, index):
        return None
    chain = [pieces[index]]
    found: tuple[Spot, int] | None = None
    for nxt in [*pieces[index + 1 : index + _MOST_PIECES], None]:
        if pattern := _kind(text, chain):
            found = Spot(chain[0].start, chain[-1].end, pattern), len(chain)
        if nxt is None or not _joined(text, chain[-1], nxt):
            break
        chain.append(nxt)
    return found


def _joined(text: str, left: _Piece, right: _Piece) -> bool:
    gap = _SPOKEN_GAP if left.spoken or right.spoken else _GAP
    return right.start - left.end <= 4 and gap.fullmatch(text, left.end, right.start) is not None


def _is_date(text: str, pieces: list[_Piece], index: int) -> bool:
    three = pieces[index : index + 3]
    if len(three) < 3 or not _DATE.fullmatch(text, three[0].start, three[-1].end):
        return False
    goes_on = pieces[index + 3 : index + 4]
    return len(three[2].digits) == 4 or not (goes_on and goes_on[0].start - three[2].end == 1)


def _kind(text: str, chain: list[_Piece]) -> Pattern | None:
    digits = "".join(piece.digits for piece in chain)
    if not 8 <= len(digits) <= _MOST_DIGITS:
        return None
    start = chain[0].start
    if _is_phone(text, chain, digits):
        return Pattern.PHONE
    before = _before(text, start)
    if len(digits) == 9 and (_BSN.search(before) or (is_bsn(digits) and _even(chain, before))):
        return Pattern.BSN
    whole = len(chain) == 1 and not _looks_like_day(digits)
    if is_kvk(digits) and (_KVK.search(before) or whole):
        return Pattern.KVK
    return None


def _is_phone(text: str, chain: list[_Piece], digits: str) -> bool:
    plus = text[max(0, chain[0].start - 2) : chain[0].start].strip().endswith("+")
    if phone_of(digits, abroad=plus) is None:
        return False
    first = chain[0]
    if plus or first.spoken or digits.startswith(("0031", "31")):
        return plus or digits.startswith(("00", "06")) or first.spoken or len(digits) == 11
    return len(first.digits) != 2 or first.digits == "06"  # 09.30 10.15 is no area code


def _even(chain: list[_Piece], before: str) -> bool:
    """Whole, in threes, 4-2-3, spoken or digit by digit; not an amount of money."""
    if before.rstrip().endswith(("€", "eur", "euro")):
        return False
    shape = tuple(len(piece.digits) for piece in chain)
    return shape in {(9,), (3, 3, 3), (4, 2, 3), (4, 5)} or any(p.spoken for p in chain) or set(shape) == {1}


def _looks_like_day(digits: str) -> bool:
    year_first = digits[:2] in {"19", "20"} and int(digits[4:6]) <= 12 and int(digits[6:]) <= 31
    year_last = digits[4:6] in {"19", "20"} and int(digits[:2]) <= 31 and int(digits[2:4]) <= 12
    return year_first or year_last
