"""docs/route.md is what the tables say."""

from __future__ import annotations

from pathlib import Path

from meldroute.domain import route_diagram
from meldroute.domain.route import TRANSITIONS, Event

PAGE = Path(__file__).resolve().parents[3] / "docs" / "route.md"


def test_the_page_is_not_stale() -> None:
    made = route_diagram.render()
    assert PAGE.read_text(encoding="utf-8") == made, "run python -m meldroute.domain.route_diagram > docs/route.md"


def test_the_page_names_every_way_and_event() -> None:
    made = route_diagram.render()
    for _, decision in TRANSITIONS:
        assert f"(`{decision.value}`)" in made
    for event in Event:
        assert f"(`{event.value}`)" in made
