"""Which looks the journal is not told, and that an absent object is told like a foreign one (T30).

That every other answer has its one entry is asked with the table: tests/authorisation/test_every_address.py.
"""

from __future__ import annotations

import pytest
from django.test import Client

import objects_here
from meldroute.journal.models import Entry
from meldroute.people.unit import system
from people_here import MONDAY, here, user

NO_ACCOUNT = "shows nothing of a case or an account: open without an account"
FORM = "an empty form: shows nothing of a case or an account"
SILENT = {
    "add-passkey": "a question made for this page, to the own device of whoever asks",
    "alive": NO_ACCOUNT,
    "awareness:choose": "a list of forms, the same for everybody",
    "awareness:group-add": FORM,
    "awareness:make": FORM,
    "awareness:own": NO_ACCOUNT,
    "awareness:own-calendar": NO_ACCOUNT,
    "awareness:own-certificate": NO_ACCOUNT,
    "awareness:sign-up": NO_ACCOUNT,
    "awareness:spar": FORM,
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
    "reports:make": FORM,
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


def test_every_silent_page_is_an_address() -> None:
    assert set(SILENT) <= {page for page, _ in objects_here.patterns()}
