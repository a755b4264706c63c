"""A policy officer plans a quarter, at a desk and on a phone without script; every page passes axe in both widths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page

from browser import DESK, PHONE, Site, aside, site, wrong_with
from meldroute.domain.plan.keeping import Status
from meldroute.people.unit import unit
from meldroute.plan.actions import versions
from meldroute.plan.models import Action
from people_here import acting, user
from plan.plans_here import body, time

MAIL = "meldpunt@oefen.example"


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application with the plan of Heemstede, followed since this quarter."""
    aside(prepared)
    with site() as running:
        yield running


def prepared() -> None:
    with unit(acting(at=datetime.now(UTC))) as by:
        versions.bring(by=by, body=body(), followed_from=date(2026, 10, 1))


def seen(page: Page, wrong: list[str], *, script: bool) -> None:
    """Look at a page in both widths."""
    name = f"plan-{page.url.split('/plan/')[-1].replace('/', '-')}"
    wrong += [f"{page.url}: {one}" for one in wrong_with(page, name, javascript=script)]


def owned_by(code: str) -> tuple[object, object]:
    with unit(acting(at=datetime.now(UTC))):
        row = Action.objects.get(code=code)
        return row.owner, row.stand_in


def status(code: str, key: str) -> str:
    with unit(acting(at=datetime.now(UTC))):
        return time(code, key).status


def chosen(page: Page, code: str) -> None:
    """Give an action an owner and a stand-in, from the grid."""
    page.goto(page.url.split("/plan/")[0] + "/plan/")
    page.get_by_role("link", name="Toezicht in de horeca" if code == "R4.15" else code, exact=True).last.click()
    page.get_by_role("link", name="Eigenaar en waarnemer kiezen").click()
    page.get_by_label("Eigenaar").select_option(label="Kees Jansen")
    page.get_by_label("Waarnemer").select_option(label="Sanne Mulder")
    page.get_by_role("button", name="Bewaren").click()


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without script"])
def test_a_policy_officer_plans_a_quarter(served: Site, size: tuple[int, int], script: bool) -> None:
    wrong: list[str] = []
    with served.page(MAIL, size=size, javascript=script) as page:
        page.goto(served.url("/plan/"))
        seen(page, wrong, script=script)
        assert "Nu aan de beurt" in page.inner_text("main")
        chosen(page, "R4.15")
        seen(page, wrong, script=script)
        assert aside(lambda: owned_by("R4.15")) == aside(lambda: (user("handhaver").id, user("bwt").id))

        page.get_by_role("link", name="2026-Q4").click()
        page.get_by_label("bezig").check()
        page.get_by_role("button", name="Bewaren").click()
        assert aside(lambda: status("R4.15", "2026-Q4")) == Status.UNDER_WAY
        page.get_by_label("gedaan", exact=True).check()
        page.get_by_label("Waaruit blijkt het?").first.fill("Tien zaken bezocht (oefening)")
        page.get_by_role("button", name="Bewaren").click()
        assert "Tien zaken bezocht" in page.inner_text("main")
        seen(page, wrong, script=script)
        page.get_by_role("button", name="Laatste stap terugdraaien").click()
        assert aside(lambda: status("R4.15", "2026-Q4")) == Status.UNDER_WAY

        for path in ("inlezen/", "versies/", "agenda/", "actie/nieuw/", "zelfscan/", "zelfscan/bibob/"):
            page.goto(served.url(f"/plan/{path}"))
            seen(page, wrong, script=script)
    assert not wrong, "\n".join(wrong)
