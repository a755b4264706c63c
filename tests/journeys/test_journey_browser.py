"""The whole journey at a desk: every page on the way, at 1280 and 360 pixels, by axe, width and weight."""

from __future__ import annotations

from browser import DESK, aside
from journeys.whole import World, walked
from meldroute.journal.chain import verify
from meldroute.people.unit import unit
from people_here import acting, here


def test_a_mail_becomes_an_answer_at_a_desk(world: World) -> None:
    walk = walked(world, DESK, javascript=True)
    assert len(walk.seen) > 50
    assert walk.found == {}

    def sound() -> int | None:
        with unit(acting()):
            return verify(here().id)[1]

    assert aside(sound) is None
