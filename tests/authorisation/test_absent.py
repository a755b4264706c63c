"""What may not be seen looks like what does not exist: same status, body, headers and statements (T20)."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from authorisation.asking import BY_NAME, METHODS, Scene, Who, addresses
from authorisation.municipality import CASE, PEOPLE, REPORTER, SEALED
from authorisation.watching import shown, statements

COLUMNS = ("bd", "mel#")
"""The meldpunt of another municipality, and the own meldpunt for a sealed signal."""
TOKEN, CLOCK = rb'name="csrfmiddlewaretoken" value="\w+"', rb"u om \d\d:\d\d"
CHANGES = re.compile(rb"|".join((TOKEN, CLOCK, rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")))
SAVEPOINT = re.compile(r'"s\d+_x\d+"')
"""Savepoints are numbered on through a connection."""
MUST_NOT_SHOW = {
    "bd": {(kind, "HS") for kind in (CASE, SEALED, PEOPLE, REPORTER)},
    "mel#": {(SEALED, "HS")},
}


def seen(answer: HttpResponse, ran: list[str]) -> tuple[int, bytes, dict[str, str], list[str]]:
    """Everything that an asker could tell two answers apart by, without the id that was asked for."""
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    return answer.status_code, CHANGES.sub(b"", answer.content), headers, [SAVEPOINT.sub("", one) for one in ran]


def asked(made: Scene, who: Who, method: str, url: str) -> tuple[HttpResponse, list[str]]:
    with statements() as ran:
        return made.ask(who, method, url), ran


@pytest.mark.parametrize("column", COLUMNS)
def test_what_may_not_be_seen_looks_absent(made: Scene, column: str) -> None:
    who, compared, wrong = BY_NAME[column], 0, []
    for name, address in addresses().items():
        for method in METHODS if address.has_object else ():
            foreign = asked(made, who, method, address.url(made.ids(who)))
            if shown(foreign[0]) & MUST_NOT_SHOW[column]:
                wrong.append(f"{name} {method}: shows what this asker may not see")
            if foreign[0].status_code != 404:
                continue
            compared += 1
            absent = asked(made, who, method, address.url(made.ids(who), absent=True))
            if seen(*foreign) != seen(*absent):
                wrong.append(f"{name} {method}: differs from an object that does not exist")
    assert compared > 50
    assert not wrong, "\n".join(wrong)
