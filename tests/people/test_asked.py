"""Numbers that an address or a button carries along: whatever somebody sends, the server does not fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.people.asked import whole
from meldroute.people.unit import unit
from people_here import acting, user
from signals_here import opened

SOURCES = Path(__file__).parents[2] / "src" / "meldroute"
BY_HAND = re.compile(r"\.isdigit\(\)|\.isdecimal\(\)|\bint\(request\.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("99999999", 99999999),
        ("100000000", -1),
        ("9" * 5000, -1),
        ("", -1),
        ("-1", -1),
        ("1.5", -1),
        ("²", -1),
        ("twaalf", -1),
        ("1\0", -1),
    ],
)
def test_what_is_no_number_is_one_that_nothing_has(text: str, number: int) -> None:
    assert whole(text) == number
    assert whole(text, 1) == (1 if number < 0 else number)


def test_no_view_reads_a_number_in_its_own_way() -> None:
    views = [path for path in SOURCES.rglob("*.py") if "views" in path.relative_to(SOURCES).as_posix()]
    assert len(views) > 50
    assert [path.name for path in views if BY_HAND.search(path.read_text("utf-8"))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["twaalf", "²", "9" * 40, ""])
def test_a_version_that_is_none_is_a_conflict_that_changes_nothing(client: Client, version: str) -> None:
    with unit(acting()) as by:
        signal = opened(by)
    client.force_login(user("meldpunt"))
    answer = client.post(reverse("route:handler-take", args=[signal.id]), {"version": version})
    assert answer.status_code == 409
