"""What a file knows and a feedback mail may not tell, turned into keys to look for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from meldroute.domain.normalise import (
    Address,
    Name,
    date_forms,
    full_forms,
    host,
    key,
    phone_forms,
    sound,
    split_name,
    street_forms,
    surname_forms,
)
from meldroute.domain.normalise.words import CALENDAR, INFIXES, ORDINARY, words_of


@dataclass(frozen=True, slots=True)
class Person:
    """`name` as the file has it ("Jan de Wit", "Wit, Jan de"); `aliases` are nicknames and other names."""

    name: str
    aliases: tuple[str, ...] = ()
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything in the file and its linked files that a feedback text may not name.

    `receiver` are the names of whom the mail goes to: allowed in the salutation only.
    `ours` are names and contact details of the municipality that may always be printed.
    """

    subjects: tuple[Person, ...] = ()
    addresses: tuple[Address, ...] = ()
    businesses: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # KVK, BSN, document and account numbers
    colleagues: tuple[Person, ...] = ()
    partners: tuple[str, ...] = ()
    partner_people: tuple[Person, ...] = ()
    references: tuple[str, ...] = ()
    receiver: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


class Thing(StrEnum):
    """What kind of known thing a key belongs to."""

    PERSON = "person"
    COLLEAGUE = "colleague"
    PARTNER_PERSON = "partner_person"
    BIRTHDATE = "birthdate"
    ADDRESS = "address"
    STREET = "street"
    POSTCODE = "postcode"
    BUSINESS = "business"
    PARTNER = "partner"
    WEBSITE = "website"
    MAIL = "mail"
    PHONE = "phone"
    PLATE = "plate"
    NUMBER = "number"
    REFERENCE = "reference"


class Need(Enum):
    """What a text must show before a key counts as found."""

    NOTHING = 0
    WHOLE = 1  # the words may not be cut up: the key is short or a common string
    CAPITAL = 2  # some word in it starts with a capital, or it is written as one word or in disguise
    NAME = 3  # an ordinary word: the text must use it as a name
    GIVEN = 4  # a given name: somebody else may carry it, with another surname


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    thing: Thing
    need: Need = Need.NOTHING
    least: int = 1  # fewest tokens
    several: bool = False  # more than one word by nature: a full name, a name of a business


_GENERIC = frozenset(
    words_of("""
bv vof nv cv holding eenmanszaak stichting vereniging restaurant cafe eetcafe hotel bakkerij salon massagesalon
massage nagelstudio nagels studio kapsalon kapper barbershop wasstraat carwash uitzendbureau supermarkt winkel
pizzeria grillroom shoarma snackbar cafetaria bar lunchroom hostel pension bed and breakfast nails beauty spa
wellness company groep group services beheer bedrijf & en de het van der the zorg team toko bistro brasserie
garage autobedrijf schoonmaak schoonmaakbedrijf klusbedrijf bouwbedrijf kwekerij bloemen strandpaviljoen
paviljoen gemeente afdeling ggd dienst bureau regio centrum online shop international escort privehuis
""")
)
_TRADES = (
    "kwekerij", "bedrijf", "studio", "salon", "restaurant", "winkel", "handel", "paviljoen", "bureau", "zaak", "hotel",
    "bakkerij", "slagerij", "markt", "service", "dienst",
)  # fmt: skip
_SHORTEST_SOUND = 5
_SHORTEST_LABEL = 5
_TELLING_PHRASE = 10  # letters: "goed eten" is what people say, "gouden lepel" is a restaurant


def entries(known: Known) -> list[Entry]:
    """All keys to look for, most telling first."""
    people = (
        (Thing.PERSON, known.subjects),
        (Thing.COLLEAGUE, known.colleagues),
        (Thing.PARTNER_PERSON, known.partner_people),
    )
    ours = {key(word) for line in known.ours for word in line.split()}
    found = [entry for thing, group in people for person in group for entry in _person(person, thing)]
    found += _places(known)
    for thing, names in ((Thing.BUSINESS, known.businesses), (Thing.PARTNER, known.partners)):
        found += [entry for name in names for entry in _business(name, thing, ours)]
    found += [entry for site in known.websites for entry in _website(site, ours)]
    found += _plain(known)
    return [entry for entry in found if entry.key]


def receiver_entries(known: Known) -> list[Entry]:
    """Keys of the receiver's own name and organisation, for the salutation."""
    people = [entry for name in known.receiver for entry in _name(split_name(name), Thing.PERSON)]
    return people + [Entry(key(name), Thing.PARTNER) for name in known.receiver]


def _person(person: Person, thing: Thing) -> Iterator[Entry]:
    yield from _name(split_name(person.name), thing)
    for alias in person.aliases:
        yield from _alias(alias, thing)
    if person.born:
        for form, least in date_forms(person.born):
            yield Entry(form, Thing.BIRTHDATE, least=least)


def _alias(alias: str, thing: Thing) -> Iterator[Entry]:
    """A second name like the first, or a phrase ("de Baas") that says nothing word by word."""
    words = [key(word) for word in alias.split()]
    if len(words) > 1 and any(word in ORDINARY or len(word) < 2 for word in words):
        yield Entry("".join(words), thing, Need.CAPITAL, several=True)
    elif len(words) > 1:
        yield from _name(split_name(alias), thing)
    else:
        yield Entry(key(alias), thing, Need.NAME if key(alias) in ORDINARY else Need.GIVEN)


def _name(name: Name, thing: Thing) -> Iterator[Entry]:
    plain = [*_full(name, thing), *_surnames(name, thing), *_givens(name, thing), *_initials(name, thing)]
    yield from plain
    for entry in plain:
        heard = sound(entry.key)
        if heard != entry.key and len(heard) >= _SHORTEST_SOUND and entry.need is not Need.NAME:
            yield Entry(heard, thing, Need.NOTHING if entry.several else Need.NAME)


def _full(name: Name, thing: Thing) -> Iterator[Entry]:
    everyday = all(key(part) in ORDINARY or len(key(part)) < 2 for part in (*name.given, *name.surname))
    for form in full_forms(name):
        spelled = all(len(key(part)) == 1 for part in name.given)
        if not spelled:
            need = Need.CAPITAL if everyday or len(form) < 6 else Need.NOTHING
            yield Entry(form, thing, need, several=True)


def _surnames(name: Name, thing: Thing) -> Iterator[Entry]:
    solid = "".join(key(part) for part in name.infix)
    archaic = any(key(part) in {"den", "der", "ter", "ten", "el", "al", "ben"} for part in name.infix)
    whole = surname_forms(name)
    parts = {key(part) for part in name.surname} - INFIXES if len(name.surname) > 1 else set()
    for form in whole | parts:
        base = form.removeprefix(solid) if solid and form != solid else form
        ordinary = base in ORDINARY or len(base) < 3
        sure = not ordinary or (archaic and form != base and len(name.infix) > 1)
        yield Entry(form, thing, Need.NOTHING if sure else Need.NAME)


def _givens(name: Name, thing: Thing) -> Iterator[Entry]:
    for part in name.given:
        given = key(part)
        if len(given) > 1:
            common = given in ORDINARY | CALENDAR or len(given) < 3
            yield Entry(given, thing, Need.NAME if common else Need.GIVEN)


def _initials(name: Name, thing: Thing) -> Iterator[Entry]:
    starts = {name.initials, name.initials[:1]} - {""}
    for surname in surname_forms(name):
        if len(surname) > 2:
            yield from (Entry(start + surname, thing, Need.CAPITAL) for start in starts)
            yield from (Entry(surname + start, thing, Need.CAPITAL, least=2) for start in starts)


def _places(known: Known) -> Iterator[Entry]:
    for address in known.addresses:
        for street in street_forms(address.street):
            if address.number:
                yield Entry(street + key(address.number), Thing.ADDRESS)
                yield Entry(street + key(address.number + address.addition), Thing.ADDRESS)
            yield Entry(street, Thing.STREET, Need.NAME if street in ORDINARY or len(street) < 4 else Need.NOTHING)
        yield Entry(key(address.postcode), Thing.POSTCODE)


def _business(name: str, thing: Thing, ours: set[str]) -> Iterator[Entry]:
    words = [word for part in name.replace("-", " ").replace("/", " ").split() if (word := key(part))]
    core = [word for word in words if not _is_generic(word)]
    yield _business_entry("".join(words), words, thing)
    if core and not (len(core) == 1 and (core[0] in ours or len(core[0]) < 3)):
        yield _business_entry("".join(core), core, thing)
    if thing is Thing.PARTNER:
        yield from _partner_parts(name, ours)


def _is_generic(word: str) -> bool:
    return word in _GENERIC or word.endswith(_TRADES)


def _partner_parts(name: str, ours: set[str]) -> Iterator[Entry]:
    """Partners go by their initials ("GGD") and by half of a double name ("Querido")."""
    for part in name.split():
        for half in part.split("-"):
            known_by = half.isupper() or (half != part and len(half) > 5)
            if known_by and len(half) > 2 and key(half) not in ours | ORDINARY:
                yield Entry(key(half), Thing.PARTNER, Need.WHOLE)


def _business_entry(form: str, words: list[str], thing: Thing) -> Entry:
    everyday = all(word in ORDINARY or _is_generic(word) for word in words)
    if everyday and len(words) == 1:
        return Entry(form, thing, Need.NAME)
    if everyday and len(form) < _TELLING_PHRASE:
        return Entry(form, thing, Need.CAPITAL)
    need = Need.WHOLE if len(form) < 5 else Need.NOTHING
    return Entry(form, thing, need, several=len(words) > 1)


def _website(site: str, ours: set[str]) -> Iterator[Entry]:
    name = host(site)
    label = key(name.split(".")[-2]) if name.count(".") else ""
    yield Entry(key(name), Thing.WEBSITE)
    if len(label) >= _SHORTEST_LABEL and label not in ORDINARY | ours:
        yield Entry(label, Thing.WEBSITE)


def _plain(known: Known) -> Iterator[Entry]:
    for number in known.phones:
        yield from (Entry(form, Thing.PHONE) for form in phone_forms(number) if len(form) > 5)
    for thing, group in (
        (Thing.MAIL, known.mails),
        (Thing.PLATE, known.plates),
        (Thing.NUMBER, known.numbers),
        (Thing.REFERENCE, known.references),
    ):
        yield from (Entry(key(written), thing) for written in group)
    for written in known.references:
        yield from (Entry(form, Thing.REFERENCE) for form in _reference_forms(written))


def _reference_forms(written: str) -> set[str]:
    """HS-2026-0007 is also written HS 2026 7, 2026-0007 and HS-7."""
    parts = [key(part) for part in written.split("-")]
    if len(parts) != 3 or not parts[2].isdigit():
        return set()
    last = str(int(parts[2]))
    return {parts[0] + parts[1] + last, parts[1] + parts[2]}
