"""The pages of figures in a real browser: no axe violations, no sideways scroll, and a figure made without script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import DESK, PHONE, Site, aside, site, violations, wider_than_screen
from figures import numbers_here as numbers
from intake.commands_here import environment
from meldroute.figures import ticking
from meldroute.figures.actions import carrying, runs
from meldroute.figures.models import Figure, Run
from meldroute.people.unit import system, unit
from people_here import acting, here

PICTURES = os.environ.get("TESTPICTURES", "")
ANALYST, BOARD = "analist@oefen.example", "burgemeester@oefen.example"


@pytest.fixture
def served(committed: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application on a fresh database; processes begun here use it too."""
    for name, value in environment(committed).items():
        monkeypatch.setenv(name, value)
    with site() as running:
        yield running
    for child in ticking._busy.values():
        child.wait(60)
    ticking._busy.clear()


def prepared() -> dict[str, tuple[str, str]]:
    """Everything there is to see, with who looks."""
    at = numbers.now()
    good, bad = numbers.finished(numbers.estimable(), 100), numbers.finished(numbers.sparse())
    with unit(acting("analist", at=at)) as by:
        runs.share(by=by, run=Run.objects.get(id=good.id))
        bare = numbers.brought(by, numbers.sparse(), described=False, title="Nog zonder definities")
        figure = Figure.objects.get()
    busy = numbers.asked(numbers.heavy(), at=at)
    with system(here().id, at) as by:
        taken = carrying.claim(by=by)
        assert taken is not None
        assert taken.fence is not None
        carrying.beat(by=by, run_id=busy.id, fence=taken.fence, work="bootstrap", done=400, total=1000)
    return {
        "lijst": (ANALYST, "/cijfers/"),
        "nieuw": (ANALYST, "/cijfers/tabel/nieuw/"),
        "namen": (ANALYST, "/cijfers/tabel/invullen/"),
        "raster": (ANALYST, "/cijfers/tabel/invullen/?list0=Politie&list1=Opvang&list2=Zorg&list3=Arbeidsinspectie"),
        "tabel": (ANALYST, f"/cijfers/tabel/{good.overlap_id}/"),
        "zonder": (ANALYST, f"/cijfers/tabel/{bare.id}/"),
        "definities": (ANALYST, f"/cijfers/tabel/{good.overlap_id}/definities/"),
        "weg": (ANALYST, f"/cijfers/tabel/{good.overlap_id}/voorgoed/"),
        "bezig": (ANALYST, f"/cijfers/schatting/{busy.id}/"),
        "schatting": (ANALYST, f"/cijfers/schatting/{good.id}/"),
        "geen": (ANALYST, f"/cijfers/schatting/{bad.id}/"),
        "buiten": (ANALYST, f"/cijfers/schatting/{bad.id}/?voor=openbaar"),
        "vergelijk": (ANALYST, f"/cijfers/vergelijken/?run={good.id}&run={bad.id}"),
        "bestuur": (BOARD, "/cijfers/"),
        "beeld": (BOARD, f"/cijfers/beeld/{figure.id}/"),
    }


def test_every_page_is_right_for_axe_and_fits(served: Site) -> None:
    pages, wrong = aside(prepared), []
    for size in (DESK, PHONE):
        for who in (ANALYST, BOARD):
            with served.page(who, size=size) as page:
                for name, (_, path) in ((name, told) for name, told in pages.items() if told[0] == who):
                    page.goto(served.url(path))
                    looked_at = size == PHONE or name in ("schatting", "raster")
                    wrong += [f"{name} {size[0]}: {one}" for one in violations(page)] if looked_at else []
                    wide = wider_than_screen(page)
                    wrong += [f"{name} {size[0]}: {wide} px too wide"] if wide else []
                    if PICTURES:
                        page.screenshot(path=Path(PICTURES) / f"cijfers-{name}-{size[0]}.png", full_page=True)
    assert wrong == []


def test_a_figure_is_made_without_script(served: Site) -> None:
    with served.page(ANALYST, size=PHONE, javascript=False) as page:
        page.goto(served.url("/cijfers/"))
        page.get_by_role("link", name="Kies een bestand").click()
        page.get_by_label("Naam van de tabel").fill("Regio 2025")
        page.get_by_label("Periode: van").fill("2025-01-01")
        page.get_by_label("Periode: tot en met").fill("2025-12-31")
        page.get_by_label("Of de tabel als tekst").fill(numbers.GOOD.replace("1,1,1,9", "1,1,1,-9"))
        page.get_by_role("button", name="Bewaar de tabel").click()
        assert page.get_by_role("cell", name="-9 Een aantal kan niet negatief zijn.").count() == 1
        page.get_by_label("Of de tabel als tekst").fill(numbers.GOOD)
        page.get_by_role("button", name="Bewaar de tabel").click()
        page.get_by_label("Gezamenlijke definitie", exact=False).first.fill(numbers.COMMON)
        for name in ("Politie", "Opvang", "Zorg"):
            page.get_by_label(f"{name}: wie staat op deze lijst?").fill("bekend bij hen")
            page.get_by_label(f"{name} telt volgens de gezamenlijke definitie").check()
        page.get_by_role("button", name="Bewaar").click()
        page.get_by_label("Herhalingen").fill("100")
        page.get_by_role("button", name="Begin de schatting").click()
        assert page.get_by_role("link", name="Nu verversen").count() == 1
        aside(lambda: ticking.estimate_next(here().id, numbers.now()))
        for child in ticking._busy.values():
            child.wait(60)
        page.get_by_role("link", name="Nu verversen").click()
        assert page.get_by_role("heading", name="Stapsgewijs").count() == 1
        assert "vermoedelijke slachtoffers" in page.inner_text("main")
        page.get_by_role("button", name="Deel met het bestuur").click()
        assert page.get_by_role("button", name="Niet meer delen").count() == 1
