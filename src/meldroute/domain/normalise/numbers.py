"""Numbers that point at a person, place, vehicle or business, in one written form each."""

import re
from datetime import date

from meldroute.domain.normalise.fold import fold, key
from meldroute.domain.normalise.words import MONTHS

_POSTCODE = re.compile(r"[1-9]\d{3}[a-z]{2}")
_FREE = re.compile(r"0[89]0\d")  # 0800 and 09xx: public lines, nobody's own number
_PLATE_SHAPES = "LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD DDDLLD"
PLATE_SHAPES = frozenset(_PLATE_SHAPES.split())  # RDW side codes 1-14


def _digits(text: str) -> str:
    return re.sub(r"\D", "", fold(text).text)


def postcode(text: str) -> str | None:
    """ "2103 ab" → "2103ab"; None when it is no Dutch postcode (SA, SD and SS are never issued)."""
    compact = "".join(filter(str.isalnum, fold(text).text))
    valid = _POSTCODE.fullmatch(compact) and compact[4:] not in {"sa", "sd", "ss"}
    return compact if valid else None


def phone(text: str) -> str | None:
    """The national number without its leading zero, or a foreign one with "+"; None when it is no phone number."""
    written = fold(text).text.strip()
    return phone_of(_digits(written), abroad=written.startswith("+"))


def phone_of(digits: str, *, abroad: bool = False) -> str | None:
    """As `phone`, for digits alone; `abroad`: a plus stood before them."""
    abroad = abroad or digits.startswith("00")
    digits = digits.removeprefix("00")
    if digits.startswith("31") and len(digits) in {11, 12}:
        national = digits[2:].removeprefix("0")
        return national if len(national) == 9 and national[0] != "0" else None
    if abroad:
        return f"+{digits}" if 8 <= len(digits) <= 15 else None
    if len(digits) == 10 and digits[0] == "0" and digits[1] != "0" and not _FREE.match(digits):
        return digits[1:]
    return None


def phone_forms(text: str) -> set[str]:
    """Every row of digits by which a text may write this number."""
    national = phone(text)
    if national is None or national.startswith("+"):
        digits = _digits(text)
        return {digits, f"00{digits}"} if digits else set()
    return {f"{prefix}{national}" for prefix in ("", "0", "31", "310", "0031", "00310")} | {national[-7:]}


def is_bsn(digits: str) -> bool:
    """Eleven test: 9·d1 + 8·d2 + … + 2·d8 - d9 divides by 11 (Wet algemene bepalingen burgerservicenummer)."""
    if len(digits) != 9 or not digits.isdigit() or int(digits) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def is_kvk(digits: str) -> bool:
    """Eight digits; the number carries no test."""
    return len(digits) == 8 and digits.isdigit() and not _FREE.match(digits)


def plate(text: str) -> str | None:
    """ "12-ABC-3" → "12abc3" when its shape is one that the RDW issued; None otherwise."""
    compact = "".join(filter(str.isalnum, fold(text).text))
    shape = "".join("D" if char.isdigit() else "L" for char in compact)
    return compact if shape in PLATE_SHAPES else None


def date_forms(day: date) -> set[tuple[str, int]]:
    """Every key by which a text may write a date, with the fewest tokens that make it a date and no number."""
    days = {str(day.day), f"{day.day:02}"}
    numeric = {str(day.month), f"{day.month:02}"}
    named = {key(month) for month in MONTHS[day.month - 1]}
    full, short = str(day.year), f"{day.year % 100:02}"
    forms = {(d + m + y, 2) for d in days for m in named for y in (full, short)}
    forms |= {(d + m + full, 3) for d in days for m in numeric} | {(d + m + short, 3) for d in days for m in numeric}
    return forms | {(f"{full}{day:%m%d}", 1), (f"{day:%d%m}{full}", 1)}
