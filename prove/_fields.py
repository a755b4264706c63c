"""The proof that `prove/fields.py` tells of."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path as address

import objects_here
from meldroute.people.models import User
from prove._scanners import ENDS, TOKEN, kinds

BAD = {
    "more digits than Python reads": "9" * 5_000,
    "no number": "twaalf",
    "a digit that is none": "\u00b2",
    "many digits": "9" * 40,
    "less than nothing": "-1",
    "a number with a point": "1.5",
    "not a number": "NaN",
    "a NUL": "oe\0fen",
    "an id that nobody has": "00000000-0000-0000-0000-000000000000",
    "a day that is none": "2026-02-30",
    "a year that is none": "99999-01-01",
    "nothing": "",
    "a long text": "x" * 70_000,
    "markup": "<script>1</script>'\"--",
    "marks of writing direction": "\u202eoefen\u200b",
}


SOURCES = Path(__file__).resolve().parents[1] / "src" / "meldroute"
ASKED = re.compile(r"""request\.GET(?:\.get|\.getlist)?[(\[]"(\w+)\"""")
"""How a view reads what stands behind the question mark of an address."""


class Undone(Exception):
    """Ends a block whose changes are not wanted."""


def asked(client: Client, method: str, path: str, data: dict[str, str] | None = None) -> Any:
    """The answer; what it changed is undone."""
    try:
        with transaction.atomic():
            answer = getattr(client, method.lower())(path, data)
            raise Undone
    except Undone:
        return answer


@pytest.fixture
def pages(committed: str) -> Iterator[list[tuple[Client, str, str]]]:
    """Every page, as everybody who sees it: who asks, the address and what it showed."""
    assert committed
    logging.disable(logging.CRITICAL)
    made = objects_here.make_all()
    paths = [path for path in objects_here.addresses(made).values() if not path.startswith(ENDS)]
    clients = [Client(raise_request_exception=False)]
    for person in User.objects.order_by("email"):
        clients.append(Client(raise_request_exception=False))
        clients[-1].force_login(person)
    answers = [(client, path, asked(client, "get", path)) for client in clients for path in paths]
    yield [
        (client, path, answer.content.decode())
        for client, path, answer in answers
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]
    ]
    logging.disable(logging.NOTSET)


def test_no_field_and_no_question_in_an_address_makes_the_server_fail(pages: list[tuple[Client, str, str]]) -> None:
    told = [*_of_forms(pages), *_of_addresses(pages)]
    answers: Counter[int] = Counter()
    wrong = []
    for client, method, path, data, what in told:
        status = asked(client, method, path, data).status_code
        answers[status] += 1
        if status >= 500:
            wrong.append(f"{method} {path}: {what}: {status}")
    print(f"\n{len(told)} times asked: {dict(answers)}")
    print("\n".join(wrong) or "no failure of the server")
    assert not wrong


CONDITIONS = (
    ("1' AND 6771=6771 AND 'a'='a", "1' AND 6771=6772 AND 'a'='a"),
    ("1 AND 6771=6771", "1 AND 6771=6772"),
    ("1') AND 6771=6771 AND ('a'='a", "1') AND 6771=6772 AND ('a'='a"),
)
"""True and false, for whatever reads them as SQL; for everything else the same kind of nonsense."""
CHANGING = re.compile(r"6771(?:=|%3D)677[12]|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{32,}|ey\w+|\d\d:\d\d")
"""What differs between two equal answers: the condition itself, new ids, tokens, the time."""

DRAWN = ("/tweede-factor/instellen/", "/mijn-account/app/", "/mijn-account/passkey/")
"""Pages that draw a new key at each look: of these the status counts."""


def told_apart(client: Client, method: str, path: str, sent: dict[str, str], name: str) -> bool:
    """Whether some condition changes the answer, when what each changes is undone. sqlmap asks one after the other
    and takes a file that has changed meanwhile for an answer."""
    for pair in CONDITIONS:
        answers = [asked(client, method, path, {**sent, name: condition}) for condition in pair]
        first, other = ((one.status_code, CHANGING.sub("", one.content.decode("utf-8", "replace"))) for one in answers)
        if first[0] != other[0] or (first != other and path not in DRAWN):
            return True
    return False


def test_a_condition_in_sql_changes_no_answer(pages: list[tuple[Client, str, str]]) -> None:
    fields = [(client, form, name) for client, form in kinds(pages) for name in dict(form.fields).keys() - {TOKEN}]
    wrong = [
        f"{form.method} {form.action} {name}"
        for client, form, name in fields
        if told_apart(client, form.method, form.action, dict(form.fields), name)
    ]
    print(f"\n{len(fields)} fields, {len(CONDITIONS)} conditions true and false")
    print("\n".join(wrong) or "no answer differs")
    assert not wrong


def sick(request: HttpRequest) -> HttpResponse:
    """What somebody sends goes into SQL as it came."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 WHERE '1' = '" + request.GET["naam"] + "'")
        return HttpResponse(str(cursor.fetchall()))


urlpatterns = [address("ziek/", sick)]


@pytest.mark.usefixtures("committed")
@override_settings(ROOT_URLCONF="prove._fields", MIDDLEWARE=[])
def test_a_view_that_puts_words_into_sql_is_found() -> None:
    assert told_apart(Client(), "get", "/ziek/", {}, "naam")


Question = tuple[Client, str, str, dict[str, str], str]


def _of_forms(pages: list[tuple[Client, str, str]]) -> Iterator[Question]:
    """Each field of each kind of form."""
    found = kinds(pages)
    print(f"\n{len(found)} forms")
    for client, form in found:
        for name in dict(form.fields).keys() - {TOKEN}:
            for what, value in BAD.items():
                yield client, form.method, form.action, {**dict(form.fields), name: value}, f"{name} is {what}"


def _of_addresses(pages: list[tuple[Client, str, str]]) -> Iterator[Question]:
    """Each page once, by whoever sees it first, with everything that any view reads from an address."""
    names = sorted({name for path in SOURCES.rglob("*.py") for name in ASKED.findall(path.read_text("utf-8"))})
    print(f"in addresses: {', '.join(names)}")
    once = {path: client for client, path, _ in reversed(pages)}
    for path, client in once.items():
        for what, value in BAD.items():
            yield client, "GET", path, dict.fromkeys(names, value), f"everything is {what}"
