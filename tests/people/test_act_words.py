"""Every code that the program writes in the journal has words, and a person finds entries by them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.awareness.models import Offer
from meldroute.domain.plan.keeping import Status
from meldroute.domain.route.decisions import Decision, Event
from meldroute.domain.vocabulary import Triage
from meldroute.meetings.papers.making import LABELS
from meldroute.people.act_words import about, codes_of, said
from meldroute.post.models import Delivery
from meldroute.routine.models import Standing
from people_here import user

SOURCE = Path(__file__).parents[2] / "src/meldroute"
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
COMPUTED = [
    *(f"awareness.{one.value}" for one in Offer),
    *(f"mail.{one.value}" for one in (*Triage, *Delivery)),
    *(f"paper.{one}" for one in LABELS),
    *(f"plan.{one.value}" for one in Status),
    *(f"signal.{one.value}" for one in (*Decision, *Event)),
    *(f"routine.{one.value}" for one in Standing),
    "user.first_administrator",
    "refused.stale",
    "GET people:journal",
]


def written(*names: str) -> Iterator[str]:
    """The texts that the program gives to these parameters, also one of two (`x if y else z`)."""
    for file in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for told in call.keywords if isinstance(call, ast.Call) else ():
                if told.arg in names:
                    parts = (told.value.body, told.value.orelse) if isinstance(told.value, ast.IfExp) else (told.value,)
                    yield from (str(one.value) for one in parts if isinstance(one, ast.Constant))


def test_every_act_has_words() -> None:
    whole = ("look", "print", "export", "search")
    acts = {*COMPUTED, *whole, *(one for one in written("act", "kind") if CODE.fullmatch(one))}
    assert len(acts) > 250
    assert sorted(act for act in acts if said(act) == act) == []


def test_everything_that_an_act_is_about_has_a_word() -> None:
    things = {one for one in written("on") if re.fullmatch(r"[a-z]+\.[A-Za-z]+", one)}
    things |= set(re.findall(r'\b(?:ON|AT|LIST) = "([a-z]+\.[A-Za-z]+)"', all_sources()))
    things |= set(re.findall(r'looked(?:_at)?\([^)]*"([a-z]+\.[A-Za-z]+)"', all_sources()))
    assert len(things) > 40
    assert sorted(one for one in things if about(one) == one) == []


def all_sources() -> str:
    return "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert (said("plan.unheard_of"), said("unheard.of"), about("x.Y")) == ("plan.unheard_of", "unheard.of", "x.Y")


def test_part_of_the_words_or_of_the_code_finds_it() -> None:
    used = ["plan.remind", "mail.queue", "look"]
    assert codes_of("Herinnering", used) == ["plan.remind"]
    assert codes_of("remind", used) == ["plan.remind"]
    assert codes_of("bekeken", used) == ["look"]


@pytest.mark.django_db
def test_the_page_says_it_in_words_and_finds_by_them(client: Client) -> None:
    client.force_login(user("privacy"))
    client.get(reverse("today"))
    shown = client.get(reverse("people:journal"), {"wat": "bekeken"}).content.decode()
    assert '<span title="look">bekeken</span>' in shown
    assert "Niets gevonden" in client.get(reverse("people:journal"), {"wat": "bestaat niet"}).content.decode()
