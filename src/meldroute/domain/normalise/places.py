"""Addresses and hosts in the forms in which a text writes them."""

import re
from dataclasses import dataclass

from meldroute.domain.normalise.fold import fold, key

_TAILS = (("straat", "str"), ("laan", "ln"), ("plein", "pln"), ("weg", "wg"), ("singel", "sngl"), ("kade", "kd"))
_HEADS = (("burgemeester", "burg"), ("dokter", "dr"), ("professor", "prof"), ("sint", "st"), ("dominee", "ds"))
_SCHEME = re.compile(r"^[a-z]+://|^www\.|/.*$")


@dataclass(frozen=True, slots=True)
class Address:
    """One address; two units of one building differ in `addition`. Empty text where a part is not known."""

    street: str
    number: str = ""
    addition: str = ""
    postcode: str = ""


def address_key(address: Address) -> str:
    """Equal for the same unit however it is written: postcode or street, number, addition."""
    place = key(address.postcode) or key(address.street)
    return "|".join((place, key(address.number), key(address.addition)))


def street_forms(street: str) -> set[str]:
    """The street whole and with its usual abbreviations, as keys."""
    whole = key(street)
    forms = {whole} | {whole.removesuffix(tail) + short for tail, short in _TAILS if whole.endswith(tail)}
    heads = {short + form.removeprefix(head) for form in forms for head, short in _HEADS if form.startswith(head)}
    return (forms | heads) - {""}


def host(website: str) -> str:
    """ "https://www.oefen.example/contact" → "oefen.example"."""
    bare = fold(website).text.strip()
    for _ in range(2):
        bare = _SCHEME.sub("", bare, count=1)
    return bare.partition("/")[0]
