"""Exactly one entry per look, list, export and refusal: every address, asked for by every role (T30)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import objects_here
from meldroute.journal.actions import Result
from meldroute.journal.models import Entry
from meldroute.people.models import Membership
from meldroute.people.unit import system
from people_here import MONDAY, here, user
from rounds_here import rounds

PEOPLE = {
    "melder": "HS", "zorgcoordinator": "HS", "meldpunt": "HS", "handhaver": "HS", "bwt": "HS", "politie": "HS",
    "privacy": "HS", "proceseigenaar": "HS", "fg": "HS", "archief": "HS", "burgemeester": "HS", "integriteit": "HS",
    "analist": "HS", "beheer": "HS", "bloemendaal": "BD",
}  # fmt: skip
WHOLE = ("meldpunt", "bloemendaal")
"""Who asks for every address in the suite; the others for what their role lets them in to. prove/: everybody."""

NO_ACCOUNT = "shows nothing of a case or an account: open without an account"
FORM = "an empty form: shows nothing of a case or an account"
SILENT = {
    "add-passkey": "a question made for this page, to the own device of whoever asks",
    "alive": NO_ACCOUNT,
    "bind-app": "the own secret of whoever asks, made for this page",
    "change-password": FORM,
    "figures:grid": FORM,
    "figures:template": "an empty table to fill in, the same for everybody",
    "figures:upload": FORM,
    "gallery": "the parts of the screens with invented data, practice only",
    "gallery-page": "the parts of the screens with invented data, practice only",
    "intake:desk": FORM,
    "intake:mma": FORM,
    "intake:partner": NO_ACCOUNT,
    "intake:partner-form": NO_ACCOUNT,
    "intake:partner-check": NO_ACCOUNT,
    "intake:partner-received": NO_ACCOUNT,
    "intake:report": FORM,
    "intake:report-check": "sends on to the question about urgency while there is no draft",
    "intake:report-form": "sends on to the question about urgency while there is no draft",
    "login": NO_ACCOUNT,
    "meetings:make-series": FORM,
    "people:call-line-add": FORM,
    "people:make-account": FORM,
    "plan:bring": FORM,
    "people:partner-add": FORM,
    "people:welcome": NO_ACCOUNT,
    "route:break-glass": FORM,
    "route:search": FORM,
    "route:search-person": FORM,
    "route:supervise": FORM,
    "second-factor": "sends on to the setting up while there is no factor",
    "second-factor-setup": "the own secret of whoever asks, made for this page",
    "security-txt": NO_ACCOUNT,
    "where-to-report": NO_ACCOUNT,
}
"""Addresses whose good answer is no look: they show nothing of a case or of somebody's account. A refusal is told."""


@dataclass(frozen=True)
class Asked:
    """One request that was answered."""

    page: str
    name: str
    status: int
    ids: frozenset[UUID]


def lets_in(callback: Any, name: str) -> bool:
    """Whether the gate of a view opens for one of the roles of this person."""
    wanted = callback.__dict__["lets_in"]
    held = set(Membership.objects.filter(user=user(name), confirmed_at__isnull=False).values_list("role", flat=True))
    return wanted is None or bool(wanted & held)


def walked(client: Client, name: str, code: str) -> tuple[dict[str, Asked], dict[str, list[Entry]]]:
    """Every request of one person, and the entries that each made, by an origin of its own."""
    made = objects_here.make_all()
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here(code).id)
    session.save()
    asked: dict[str, Asked] = {}
    whole = name in WHOLE or rounds(0, 1)
    for page, pattern in objects_here.patterns():
        if not whole and not lets_in(pattern.callback, name):
            continue
        told = made.arguments(page, pattern)
        origin = f"walk-{len(asked)}"
        answer = client.get(objects_here.reverse(page, kwargs=told), REMOTE_ADDR=origin)
        ids = frozenset(value for value in told.values() if isinstance(value, UUID))
        asked[origin] = Asked(page, name, answer.status_code, ids)
    entries: dict[str, list[Entry]] = defaultdict(list)
    with system(here(code).id, MONDAY):
        for entry in Entry.objects.filter(origin__startswith="walk-"):
            entries[entry.origin].append(entry)
    return asked, entries


@pytest.mark.django_db
@pytest.mark.parametrize("name", PEOPLE)
def test_each_request_is_told_exactly_once(client: Client, name: str) -> None:
    asked, entries = walked(client, name, PEOPLE[name])
    assert set(SILENT) <= {page for page, _ in objects_here.patterns()}
    assert len(asked) > 15
    wrong = [
        (one.page, one.status, [(entry.act, entry.on) for entry in entries[origin]])
        for origin, one in asked.items()
        if len(entries[origin]) != expected(one)
    ]
    assert not wrong
    who = user(name).id
    for origin, one in asked.items():
        for entry in entries[origin]:
            assert entry.actor == who
            assert_six_fields(entry, one)


def expected(one: Asked) -> int:
    """How many entries an answer makes: one, but for a good answer of a silent page."""
    return 0 if one.page in SILENT and one.status < 400 else 1


def assert_six_fields(entry: Entry, one: Asked) -> None:
    """BIO2 8.15.01: act, object, result, origin, actor and time; and a refusal is told as what it is."""
    assert entry.act
    assert entry.on
    assert entry.origin.startswith("walk-")
    assert entry.at is not None
    assert entry.roles == sorted(entry.roles)
    refused = {403: Result.REFUSED, 404: Result.ABSENT}
    told = refused.get(one.status, Result.FAILED if one.status >= 400 else Result.DONE)
    assert entry.result == told.value, one
    if one.status in (403, 404):
        assert set(entry.ids) == one.ids, one


@pytest.mark.django_db
def test_an_object_that_nobody_has_is_told_like_one_of_another_municipality(client: Client) -> None:
    """Same act, same result, in the chain of who asked."""
    made = objects_here.make_all()
    client.force_login(user("bloemendaal"))
    theirs, nobodys = {}, {}
    known = objects_here.addresses(made)
    for number, (page, address) in enumerate(objects_here.absent(made).items()):
        foreign = known[page]
        for kind, asked in (("foreign", foreign), ("absent", address)):
            client.get(asked, REMOTE_ADDR=f"{kind}-{number}")
    with system(here("BD").id, MONDAY):
        for entry in Entry.objects.filter(chain=here("BD").id):
            kind, _, number = entry.origin.partition("-")
            if kind in ("foreign", "absent"):
                (theirs if kind == "foreign" else nobodys)[number] = (entry.act, entry.on, entry.result)
    assert len(theirs) > 60
    assert theirs == nobodys
