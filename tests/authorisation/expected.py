"""The table of every address × method × asker (`addresses.txt`): reading it, and writing the line that is missing.

The head of the file says how it reads. Nothing here looks at the code that answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from django.http import HttpResponse
from django.urls import reverse

from authorisation.asking import METHODS, WHO, Address, Who, addresses
from authorisation.table import HERE

FILE = HERE / "addresses.txt"
REST, OUT, LOGIN = "rest", "out", "login"
ORDER = ("done", "200", "302", "410", "400", "409", "405", "404", "403", LOGIN)
SECRET = frozenset(
    {
        "awareness:own",
        "awareness:own-calendar",
        "awareness:own-certificate",
        "awareness:sign-up",
        "people:welcome",
        "plan:feed",
    }
)
"""Opened by a secret in the address, to whoever has it: who is invited or signed up, what the plan asks of somebody."""
REFUSED = frozenset({"403", LOGIN})
Key = tuple[str, str]
Answers = Mapping[str, str]
"""The answer by the name of the asker."""
BY_NAME = {who.name: who for who in WHO}


def answered(answer: HttpResponse, changed: Collection[str]) -> str:
    """One answer as a word of the table; `changed`: the tables it wrote in, journal and session apart."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("login")):
        return LOGIN
    return "done" if changed and answer.status_code < 400 else str(answer.status_code)


def asks(who: Who, address: Address) -> bool:
    """Whether the answer says something: own objects only where one is named, an old link only where a link is."""
    if who.link_over:
        return "token" in address.arguments
    return address.has_object or not who.name.endswith(("+", "#"))


def askers(address: Address) -> list[str]:
    """Who asks for this address."""
    return [who.name for who in WHO if asks(who, address)]


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """The first word and the rest of every line that says something."""
    text = FILE.read_text(encoding="utf-8").splitlines()
    told = [line for line in text if line.strip() and not line.startswith("#")]
    return tuple((line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in told)


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Askers by the name of their group; a group may name another that stands above it."""
    found: dict[str, tuple[str, ...]] = {}
    for head, told in _lines():
        if head == "group":
            name, _, words = told.partition("=")
            found[name.strip()] = tuple(one for word in words.split() for one in found.get(word, (word,)))
    return found


def members(word: str) -> tuple[str, ...]:
    """The askers that a word of the file means; `rest` is everybody who is logged in."""
    if word == REST:
        return tuple(name for name in BY_NAME if name not in groups()[OUT])
    names = groups().get(word, (word,))
    unknown = set(names) - set(BY_NAME)
    assert not unknown, f"{FILE.name} names {', '.join(sorted(unknown))}, whom asking.py does not know"
    return names


@cache
def table() -> Mapping[Key, Answers]:
    """Every line: the answer that each asker should get; who is not logged in is sent to log in."""
    found: dict[Key, Answers] = {}
    for name, told in _lines():
        if name in ("group", "sees"):
            continue
        method, answers = told.split(maxsplit=1)
        assert (name, method) not in found, f"{name} {method} stands twice in {FILE.name}"
        found[name, method] = _read(answers) | {one: LOGIN for one in groups()[OUT] if one not in _read(answers)}
    return found


def _read(told: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in told.split(";"):
        answer, *words = part.split()
        assert answer in ORDER, f"{answer} is no answer: {told}"
        for word in words:
            for one in members(word):
                found.setdefault(one, answer)
    return found


def line(key: Key, answers: Answers) -> str:
    """The line of these answers: the widest answer last and said of the rest."""
    out = groups()[OUT]
    named = {name: answer for name, answer in answers.items() if name not in out or answer != LOGIN}
    by_answer = {one: {name for name, given in named.items() if given == one} for one in set(named.values())}
    inside = {one: names - set(out) for one, names in by_answer.items()}
    widest = max(inside, key=lambda one: (len(inside[one]), -ORDER.index(one)))
    parts = []
    for one in sorted(by_answer, key=ORDER.index):
        names = by_answer[one] - (set() if one != widest else inside[one])
        if names:
            parts.append(f"{one} {' '.join(_short(names, set(answers)))}")
    return f"{key[0]:<28} {key[1]:<4} {' ; '.join([*parts, f'{widest} {REST}'])}"


def _short(names: Collection[str], asked: Collection[str]) -> Iterator[str]:
    """These askers by as few words as the groups allow, the largest group first."""
    left = set(names)
    inside = {name: set(found) & set(asked) for name, found in groups().items()}
    for name in sorted(inside, key=lambda one: (-len(inside[one]), one)):
        if len(inside[name]) > 1 and inside[name] <= left:
            left -= inside[name]
            yield name
    yield from (name for name in BY_NAME if name in left)


def missing() -> list[Key]:
    """Methods of addresses that have no line."""
    return [(name, method) for name in addresses() for method in METHODS if (name, method) not in table()]


def left_over() -> list[Key]:
    """Lines of addresses that are gone."""
    return sorted(key for key in table() if key[0] not in addresses())


@cache
def _sees() -> Mapping[tuple[str, str], frozenset[str]]:
    """The pages that may show a kind of canary, by kind and asker; no page named: all."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for head, told in _lines():
        if head == "sees":
            who, _, pages = told.partition(" on ")
            kind, *words = who.split()
            for one in (one for word in words for one in members(word)):
                found[kind, one] = found.get((kind, one), frozenset()) | frozenset(pages.split() or [""])
    return found


def may_show(kind: str, who: str, page: str) -> bool:
    """Whether this page may show this asker a canary of this kind of the own municipality."""
    return bool(_sees().get((kind, who), frozenset()) & {"", page})
