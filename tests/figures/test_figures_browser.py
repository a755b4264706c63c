"""The pages of figures in a real browser: no axe violations, no sideways scroll, and a figure made without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser import PHONE, Site, aside, site, surveyed
from figures import numbers_here as numbers
from intake.commands_here import environment
from meldroute.figures import ticking
from meldroute.figures.actions import carrying, runs
from meldroute.figures.models import Figure, Run
from meldroute.people.unit import system, unit
from people_here import acting, here

ANALYST, BOARD = "analist", "burgemeester"


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


def prepared() -> dict[str, str]:
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
        "lijst": f"{ANALYST} /cijfers/",
        "nieuw": f"{ANALYST} /cijfers/tabel/nieuw/",
        "namen": f"{ANALYST} /cijfers/tabel/invullen/",
        "raster": f"{ANALYST} /cijfers/tabel/invullen/?list0=Politie&list1=Opvang&list2=Zorg&list3=Arbeidsinspectie",
        "tabel": f"{ANALYST} /cijfers/tabel/{good.overlap_id}/",
        "zonder": f"{ANALYST} /cijfers/tabel/{bare.id}/",
        "definities": f"{ANALYST} /cijfers/tabel/{good.overlap_id}/definities/",
        "weg": f"{ANALYST} /cijfers/tabel/{good.overlap_id}/voorgoed/",
        "bezig": f"{ANALYST} /cijfers/schatting/{busy.id}/",
        "schatting": f"{ANALYST} /cijfers/schatting/{good.id}/",
        "geen": f"{ANALYST} /cijfers/schatting/{bad.id}/",
        "buiten": f"{ANALYST} /cijfers/schatting/{bad.id}/?voor=openbaar",
        "vergelijk": f"{ANALYST} /cijfers/vergelijken/?run={good.id}&run={bad.id}",
        "bestuur": f"{BOARD} /cijfers/",
        "beeld": f"{BOARD} /cijfers/beeld/{figure.id}/",
    }


def test_every_page_is_right_for_axe_and_fits(served: Site) -> None:
    assert surveyed(served, aside(prepared)) == {}


def test_a_figure_is_made_without_script(served: Site) -> None:
    with served.page(f"{ANALYST}@oefen.example", size=PHONE, javascript=False) as page:
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
