"""The start page offers each role what it is for."""

from __future__ import annotations

import pytest
from django.test import Client

from people_here import user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("melder", True),
        ("zorgcoordinator", True),
        ("handhaver", True),
        ("meldpunt", False),
        ("burgemeester", False),
        ("beheer", False),
    ],
)
def test_who_reports_finds_it_on_the_start_page(client: Client, name: str, offered: bool) -> None:
    client.force_login(user(name))
    page = client.get("/").content.decode()
    assert ("Zag of hoorde u iets?" in page) is offered


def test_the_journal_is_read_in_words(client: Client) -> None:
    client.force_login(user("privacy"))
    client.get("/logboek/")
    page = client.get("/logboek/?uitkomst=done").content.decode()
    assert '<option value="done" selected>gedaan</option>' in page
    assert 'data-label="Uitkomst">gedaan<' in page
    assert ">done<" not in page
    assert client.get("/logboek/?wie=a%00b&wat=%00&uitkomst=%00").status_code == 200
