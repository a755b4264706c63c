"""Every address × method × asker answers as `addresses.txt` says (T20); what an answer shows, writes and tells.

Adding an address: run this file, it prints the line of the table; judge it before you paste it. Its object comes from
`municipality.py`. The suite asks everything that the table lets in, finds absent or knows no form for, and a fixed
sixth of what it refuses by role (403, login); `./meldroute prove addresses` asks everything.

Of each answer is asked besides: words of another municipality, or of a kind that the head of the table does not give
this asker, are nowhere in it (T22, T24); no such word is in the log (T34); it carries the headers (T40); a GET writes
outside journal and session nothing (T41); the journal has one entry of it, or says why not (T30), also of a form that
is shown again with what is wrong in it (T36).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zlib import crc32

import pytest
from django.http import HttpResponse
from django.urls import resolve

from authorisation import expected
from authorisation.asking import METHODS, WHO, Address, Scene, Who, addresses, standing
from authorisation.expected import REFUSED, Key, asks, may_show
from authorisation.municipality import CASE, PEOPLE, REPORTER, SEALED
from authorisation.watching import entries, found_in, headers_wrong, quiet, shown, statements, written
from journal.test_one_entry import SILENT
from meldroute.journal.actions import Result
from meldroute.journal.models import Entry
from rounds_here import rounds

PART = rounds(6, 1)
"""One of so many requests that the table refuses by role is asked."""
GET_WRITES = {
    "bind-app": {"otp_totp_totpdevice"},  # the own secret, shown once and kept until it is confirmed
    "first-account": {"people_attempt"},  # a wrong link counts, so that nobody tries them all
    "plan:feed": {"people_attempt"},
}
WRONG = (b"mr-form__errors", b"utrecht-form-field-error-message")
"""What a page shows where something in a form is wrong."""
EMPTY = {"data": b"csrfmiddlewaretoken=x", "content_type": "application/x-www-form-urlencoded"}
"""A form that was sent with nothing in it but what every form of ours has."""
NAMES = {CASE: "CASE", REPORTER: "REPORTER", SEALED: "SEALED", PEOPLE: "PEOPLE"}
RESULTS = {403: Result.REFUSED, 404: Result.ABSENT}


@dataclass(frozen=True)
class Seen:
    """One answer, with what was run and told for it."""

    key: Key
    who: Who
    ids: frozenset[UUID]
    answer: HttpResponse
    ran: list[str]
    told: list[Entry]
    logged: str

    @property
    def word(self) -> str:
        """The answer as the table writes it."""
        return expected.answered(self.answer, self.changed if self.key[1] == "POST" else ())

    @property
    def changed(self) -> set[str]:
        """The tables that were written in, journal and session apart."""
        return written(self.ran)

    def wrong(self) -> Iterator[str]:
        """What is not as it should be, in words."""
        wanted = expected.table()[self.key][self.who.name]
        if self.word != wanted:
            yield f"answers {self.word}, the table says {wanted}"
        yield from (f"shows {kind} of {code}" for kind, code in sorted(shown(self.answer)) if not self._may(kind, code))
        yield from (f"logs {kind} of {code}" for kind, code in sorted(found_in(self.logged)))
        yield from (f"has no right {header}" for header in headers_wrong(self.answer))
        if self.key[1] == "GET" and self.changed - GET_WRITES.get(self.key[0], set()):
            yield f"a GET that writes {self.changed}"
        yield from self._untold()

    def _may(self, kind: str, code: str) -> bool:
        own = code == self.who.code or self.key[0] in expected.SECRET
        return own and may_show(NAMES[kind], self.who.name, self.key[0])

    def _untold(self) -> Iterator[str]:
        """The journal: one entry of a look and of a refusal, also of a form; at least one of a change; else none."""
        status = self.answer.status_code
        if not self.who.account or self.who.disabled:
            return
        least = 1 if self.key[1] == "GET" or status >= 400 or self.changed else 0
        if self.key[0] in SILENT and status < 400:
            least = 0
        most = least if self.key[1] == "GET" or status >= 400 else len(self.told)
        if not least <= len(self.told) <= most:
            yield f"has {len(self.told)} entries in the journal: {[(one.act, one.on) for one in self.told]}"
        by_account = "token" not in addresses()[self.key[0]].arguments  # with a link nobody's account acts
        if by_account and self.key[1] == "POST" and status < 400 and any(one in self.answer.content for one in WRONG):
            failed = [one for one in self.told if one.result in (Result.FAILED, Result.REFUSED)]
            if len(failed) != 1:
                yield f"shows what is wrong in a form and tells the journal {len(failed)} times"
        yield from (fault for one in self.told for fault in self._six_fields(one, status))

    def _six_fields(self, entry: Entry, status: int) -> Iterator[str]:
        """BIO2 8.15.01: act, object, result, origin, actor and time; a refusal is told as what it is."""
        result = RESULTS.get(status, Result.FAILED if status >= 400 else Result.DONE)
        actor = entry.actor or "token" in addresses()[self.key[0]].arguments  # with a link nobody's account acts
        if not (entry.act and entry.on and entry.origin and entry.at and actor):
            yield f"an entry without all of act, object, origin, actor and time: {entry.act}"
        if self.key[1] == "GET" and entry.result != result.value:
            yield f"is told as {entry.result}"
        if status in RESULTS and set(entry.ids) != self.ids:
            yield "a refusal that does not name what was asked for"


def walked(made: Scene, who: Who, keys: list[Key]) -> Iterator[Seen]:
    """The answers to one asker."""
    known = addresses()
    with standing(made, who), quiet() as log:
        for name, method in keys:
            url = known[name].url(made.ids(who))
            with statements() as ran, entries() as told:
                answer = made.ask(who, method, url, **(EMPTY if method == "POST" else {}))
            ids = frozenset(one for one in resolve(url).kwargs.values() if isinstance(one, UUID))
            yield Seen((name, method), who, ids, answer, ran, told, log.take())


def chosen(who: Who) -> list[Key]:
    """What the suite asks of the table for this asker."""
    found = []
    for name, address in addresses().items():
        for method in METHODS if asks(who, address) else ():
            wanted = expected.table().get((name, method), {}).get(who.name)
            seldom = wanted in REFUSED and crc32(f"{name} {method} {who.name}".encode()) % PART
            found += [] if wanted is None or seldom else [(name, method)]
    return found


@pytest.mark.parametrize("who", WHO, ids=lambda who: who.name)
def test_every_address_answers_as_the_table_says(made: Scene, who: Who) -> None:
    seen = list(walked(made, who, chosen(who)))
    assert seen
    wrong = [f"{one.key[0]} {one.key[1]} as {who.name}: {fault}" for one in seen for fault in one.wrong()]
    assert not wrong, "\n".join(wrong)


def test_every_address_stands_in_the_table(made: Scene) -> None:
    new = expected.missing()
    found: dict[Key, dict[str, str]] = {key: {} for key in new}
    for who in WHO if new else ():
        for one in walked(made, who, [key for key in new if asks(who, addresses()[key[0]])]):
            found[one.key][who.name] = one.word
    add = [expected.line(key, answers) for key, answers in found.items()]
    assert not add, "add to tests/authorisation/addresses.txt, after a look at every answer:\n" + "\n".join(add)
    assert not expected.left_over(), "gone; remove from tests/authorisation/addresses.txt"


def in_a_file(address: Address) -> bool:
    """Whether it names something of a signal or of the mailbox."""
    return address.has_object and address.name.startswith(("route:", "intake:"))


RULES = {
    "another municipality opens and changes no object": (("bd",), lambda one: one.has_object),
    "who works in no file opens none": (("adm", "ana", "rep", "par", "loo", "arc"), in_a_file),
    "a role without access opens no file": (("enf", "mee", "pri", "own", "fg", "boa"), in_a_file),
    "a sealed signal opens for its trusted readers": (("mel#", "sub#"), lambda one: "signal_id" in one.arguments),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_table_itself_keeps_the_rules_of_the_roles(rule: str) -> None:
    names, about = RULES[rule]
    known = {name: one for name, one in addresses().items() if about(one)}
    found = [
        (key, who)
        for key, answers in expected.table().items()
        for who in names
        if key[0] in known and answers.get(who) in ("200", "done")
    ]
    assert len(known) > 30
    assert not found
