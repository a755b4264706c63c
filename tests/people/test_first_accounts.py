"""An empty installation: two people make the first two accounts, and after that roles need a second person."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from meldroute.domain.vocabulary import Role
from meldroute.people.first import FIRST
from meldroute.people.models import Membership, Municipality, User

pytestmark = pytest.mark.django_db
PASSWORD = "vier woorden zijn genoeg"


@pytest.fixture
def state(settings: Any, tmp_path: Path) -> Path:
    """Nobody counts any more, as in an empty installation."""
    settings.MELDROUTE_STATE = tmp_path
    User.objects.update(is_active=False)
    return tmp_path


def codes(state: Path) -> list[str]:
    return [first.code(state) for first in FIRST]


def make(client: Client, code: str, mail: str) -> int:
    told = {"name": "Iemand", "mail": mail, "password": PASSWORD, "again": PASSWORD}
    return client.post(f"/eerste-account/{code}/", told).status_code


def held(mail: str) -> set[str]:
    return set(Membership.objects.filter(user__email=mail).values_list("municipality__code", "role"))


def test_two_people_make_two_accounts_and_each_address_works_once(client: Client, state: Path) -> None:
    assert client.get("/eerste-account/raad-maar/").status_code == 404
    administrator, owner = codes(state)
    assert make(client, administrator, "een@oefen.example") == 302
    assert make(client, owner, "een@oefen.example") == 200, "one person is not two"
    assert make(client, owner, "Twee@oefen.example") == 302
    assert held("een@oefen.example") == {(code, Role.ADMINISTRATOR.value) for code in ("HS", "BD", "ZV")}
    assert held("twee@oefen.example") == {(code, Role.PROCESS_OWNER.value) for code in ("HS", "BD", "ZV")}
    for code in (administrator, owner, *codes(state)):
        assert make(client, code, "drie@oefen.example") == 404


def test_the_first_role_with_cases_is_proposed_and_confirmed(client: Client, state: Path, settings: Any) -> None:
    administrator, owner = codes(state)
    make(client, administrator, "een@oefen.example")
    make(client, owner, "twee@oefen.example")
    client.force_login(User.objects.get(email="een@oefen.example"))
    client.post(reverse("people:make-account"), {"name": "Mila", "mail": "mila@oefen.example"})
    made = User.objects.get(email="mila@oefen.example")
    form = {"role": "meldpunt", "starts": "2026-11-01", "organisation": "", "stands_in_for": ""}
    client.post(reverse("people:account", args=[made.id]), form)
    membership = Membership.objects.get(user=made)
    assert membership.confirmed_at is None
    client.force_login(User.objects.get(email="twee@oefen.example"))
    assert client.post(reverse("people:confirm-role", args=[membership.id])).status_code == 302
    assert Membership.objects.get(user=made).confirmed_at


def test_a_vacant_role_opens_a_new_code(client: Client, state: Path) -> None:
    administrator, owner = codes(state)
    make(client, administrator, "een@oefen.example")
    make(client, owner, "twee@oefen.example")
    User.objects.filter(email="twee@oefen.example").update(is_active=False)
    assert make(client, owner, "drie@oefen.example") == 404
    assert make(client, codes(state)[1], "drie@oefen.example") == 302


def test_a_stand_in_with_an_end_waits_for_confirmation_on_screen(client: Client) -> None:
    person = User.objects.create(email="stand-in@oefen.example", name="Vera Vervanger")
    client.force_login(User.objects.get(email="beheer@oefen.example"))
    stood_in_for = User.objects.get(email="meldpunt@oefen.example").id
    form = {"role": "meldpunt", "starts": "2026-11-01", "ends": "2030-01-01", "stands_in_for": str(stood_in_for)}
    client.post(reverse("people:account", args=[person.id]), form)
    client.force_login(User.objects.get(email="proceseigenaar@oefen.example"))
    page = client.get(reverse("people:accounts")).content.decode()
    assert "Bevestig: Vera Vervanger wordt meldpunt" in page
    assert "waarnemer van Mila de Vries" in page
    membership = Membership.objects.get(user=person)
    assert client.post(reverse("people:confirm-role", args=[membership.id])).status_code == 302
    assert "Bevestig: Vera Vervanger" not in client.get(reverse("people:accounts")).content.decode()


ELSEWHERE = """
[[municipality]]
code = "OD"
slug = "oefendam"
name = "Oefendam"
meldpunt_mail = "meldpunt@oefendam.oefen.example"

[[partner]]
name = "Zorgpartij van Oefendam"
source = "care"
"""


def test_another_municipality_sets_up_its_own(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "organisatie.toml"
    file.write_text(ELSEWHERE)
    told = StringIO()
    for _ in range(2):
        call_command("setup_empty", "--organisation", str(file), stdout=told)
    assert Municipality.objects.filter(code="OD").count() == 1
    assert told.getvalue().count("/eerste-account/") == 4
    assert f"proceseigenaar  http://localhost:8000/eerste-account/{codes(state)[1]}/" in told.getvalue()


@pytest.mark.parametrize("text", ["[[municipality]\n", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "organisatie.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(CommandError, match=r"organisatie\.toml"):
        call_command("setup_empty", "--organisation", str(file))
