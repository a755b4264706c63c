"""Names of people in parts, and the forms in which a Dutch text writes them."""

import re
from dataclasses import dataclass

from meldroute.domain.normalise.fold import fold, key
from meldroute.domain.normalise.words import INFIXES, TITLES

_PART = re.compile(r"[^\s,.]+")


@dataclass(frozen=True, slots=True)
class Name:
    """`given` may be empty; `infix` is the tussenvoegsel ("van der"); `surname` may be double ("Bakker-Smit")."""

    given: tuple[str, ...]
    infix: tuple[str, ...]
    surname: tuple[str, ...]

    @property
    def initials(self) -> str:
        return "".join(key(part)[:1] for part in self.given)


def split_name(written: str) -> Name:
    """Take "Jan de Wit", "Wit, Jan de" or "mevrouw F. El Amrani" apart. Never fails; unknown is surname."""
    before, comma, after = written.partition(",")
    parts = _parts(f"{after} {before}" if comma else written)
    small = [key(part) for part in parts]
    infixes = [i for i, part in enumerate(small) if part in INFIXES and 0 < i < len(parts) - 1]
    if infixes:
        return _around(parts, infixes)
    if len(parts) == 1:
        return Name((), (), tuple(_double(parts)))
    return _without_infix(parts)


def _parts(written: str) -> list[str]:
    return [part for part in _PART.findall(written) if fold(part).text not in TITLES and key(part)]


def _around(parts: list[str], infixes: list[int]) -> Name:
    first = last = infixes[0]
    while last + 1 in infixes:
        last += 1
    return Name(tuple(parts[:first]), tuple(parts[first : last + 1]), tuple(_double(parts[last + 1 :])))


def _without_infix(parts: list[str]) -> Name:
    if parts and key(parts[0]) in INFIXES:  # "de Wit": an infix without a given name
        count = next((i for i, part in enumerate(parts) if key(part) not in INFIXES), len(parts) - 1)
        return Name((), tuple(parts[:count]), tuple(_double(parts[count:])))
    initials = [part for part in parts[:-1] if len(key(part)) == 1]
    count = max(1, len(initials))
    return Name(tuple(parts[:count]), (), tuple(_double(parts[count:])))


def _double(parts: list[str]) -> list[str]:
    pieces = [piece for part in parts for piece in part.split("-")]
    return [piece for piece in pieces if key(piece)]


def surname_forms(name: Name) -> set[str]:
    """The surname with its infix dropped, joined and shortened ("berg", "vandenberg", "vdberg")."""
    whole = "".join(key(part) for part in name.surname if key(part) not in INFIXES)
    joined = "".join(key(part) for part in name.surname)
    short = "".join(key(part)[:1] for part in name.infix)
    infix = "".join(key(part) for part in name.infix)
    return {form for base in (whole, joined) if base for form in (base, infix + base, short + base)}


def full_forms(name: Name) -> set[str]:
    """Given name with surname in either order, with each form of the infix."""
    infix = "".join(key(part) for part in name.infix)
    givens = {"".join(key(part) for part in name.given), key(name.given[0])} if name.given else set()
    singles = {key(part) for part in name.surname if len(key(part)) > 2}
    forms = {g + s for g in givens for s in surname_forms(name) | singles}
    forms |= {s + g for g in givens for s in surname_forms(name)}
    return forms | {s + g + infix for g in givens for s in surname_forms(name)}
