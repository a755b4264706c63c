"""The pages of meetings in a real browser: no axe violations, no sideways scroll, and a meeting held without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from browser import PHONE, Site, aside, site, surveyed
from meetings import tables
from meldroute.meetings.actions import attending, holding, settling
from meldroute.meetings.models import Meeting
from meldroute.people.unit import unit
from meldroute.route.models import Signal
from people_here import acting, here, user


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def prepared() -> dict[str, str]:
    """A meeting that runs with a released, a carried and a restricted item; one that comes; the pages to look at."""
    now = datetime.now(UTC) - timedelta(minutes=50)
    signals = [tables.ripe(now + timedelta(minutes=n * 5)) for n in range(3)]
    row = tables.meeting(at=now)
    moment = now + timedelta(minutes=30)
    with unit(acting(at=moment)) as by:
        Meeting.objects.filter(id=row.id).update(starts_at=moment)
        settling.add_topic(by=by, meeting=tables.fresh(row), title="Jaarplanning van de controles")
        holding.open_meeting(by=by, meeting=tables.fresh(row))
        items = [tables.item_of(row, signal) for signal in signals]
        for item in items:
            settling.release_for(by=by, item=item)
        tables.files_weigh(signals[0], by)
        for name in ("bwt", "handhaver"):
            attending.present(by=by, meeting=tables.fresh(row), user_id=user(name).id, there=True)
        settling.carry(by=by, item=items[1])
        attending.restrict(by=by, item=items[2], restricted=True)
        coming = Meeting.objects.filter(series=row.series, starts_at__gt=by.at).exclude(id=row.id).first()
        assert coming is not None
    waiting = tables.new_signal(now)
    with unit(acting(at=now)):
        Signal.objects.filter(id=waiting.id).update(state="enriching")
    item, last = f"/overleg/punt/{items[0].id}/", f"/overleg/punt/{items[2].id}/"
    return {
        "lijst": "meldpunt /overleg/",
        "lijst-lid": "bwt /overleg/",
        "komt": f"meldpunt /overleg/{coming.id}/",
        "bezig": f"meldpunt /overleg/{row.id}/",
        "lid": f"bwt /overleg/{row.id}/",
        "punt": f"meldpunt {item}",
        "punt-kring": f"meldpunt {last}",
        "punt-lid": f"bwt {item}",
        "vraag": f"meldpunt {item}vraag/strong_enough/",
        "scherm": f"meldpunt /overleg/{row.id}/scherm/",
        "scherm-punt": f"meldpunt {item}scherm/",
        "verplaatsen": f"meldpunt /overleg/{coming.id}/verplaatsen/",
        "vervalt": f"meldpunt /overleg/{coming.id}/vervalt/",
        "deelnemer": f"meldpunt /overleg/{row.id}/deelnemer/",
        "blad": f"meldpunt /overleg/{row.id}/informatieblad/",
        "reeksen": "beheer /overleg/reeksen/",
        "reeks-nieuw": "beheer /overleg/reeksen/nieuw/",
        "reeks": f"beheer /overleg/reeksen/{row.series_id}/",
        "reeks-einde": f"beheer /overleg/reeksen/{row.series_id}/beeindigen/",
    }


def heemstede() -> str:
    return str(here().id)


def test_every_page_of_a_meeting_is_clean(served: Site) -> None:
    place = aside(heemstede)
    assert surveyed(served, aside(prepared), municipality=place) == {}


def waiting_meeting() -> str:
    """A meeting of now with two signals, not begun."""
    now = datetime.now(UTC) - timedelta(minutes=50)
    for n in range(2):
        tables.ripe(now + timedelta(minutes=n * 5))
    row = tables.meeting(at=now)
    with unit(acting(at=now)):
        Meeting.objects.filter(id=row.id).update(starts_at=now + timedelta(minutes=30))
    return f"/overleg/{row.id}/"


def test_a_meeting_is_held_without_script(served: Site) -> None:
    path, place = aside(waiting_meeting), aside(heemstede)
    with served.page("meldpunt@oefen.example", javascript=False, municipality=place, size=PHONE) as page:
        page.goto(served.url(path))
        page.get_by_role("button", name="Begin het overleg").click()
        page.get_by_label("Sanne Mulder").check()
        page.get_by_role("button", name="Leg vast wie er is").click()
        page.get_by_role("link", name="Ga naar punt 1").click()
        page.get_by_role("button", name="Geef vrij wat toets 2A toestaat").click()
        assert page.get_by_text(tables.RELEASED).is_visible()
        page.get_by_role("radio", name="Niet bevestigd").check()
        page.get_by_role("textbox", name="Waarom (verplicht)", exact=True).fill("Geen mensenhandel te zien")
        page.get_by_role("button", name="Leg vast en ga naar punt 2").click()
        assert "Punt 2 van 2" in page.locator("h1").inner_text()
        page.get_by_role("button", name="Geen tijd: schuif door naar het volgende overleg").click()
        page.get_by_role("button", name="Sluit het overleg").click()
        with page.expect_download() as told:
            page.get_by_role("button", name="Besluitenlijst (PDF)").click()
        assert Path(told.value.path()).read_bytes().startswith(b"%PDF")
