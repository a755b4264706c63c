"""The whole journey on a phone, 360 pixels wide and without one script."""

from __future__ import annotations

from browser import PHONE
from journeys.whole import World, walked


def test_a_mail_becomes_an_answer_on_a_phone_without_javascript(world: World) -> None:
    assert walked(world, PHONE, javascript=False).found == {}
