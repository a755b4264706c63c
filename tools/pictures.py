"""Maakt de afbeeldingen van README en handleidingen opnieuw, uit de oefengegevens.

`./meldroute pictures [--only NAAM]` fills a throw-away database with the practice installation, opens it in Chromium
and writes `docs/pictures/NAME.png`, each a palette picture of at most 150 KB.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page

django.setup()
from tests.browser import site  # noqa: E402 (needs the applications)

NAME = "meldroute_pictures"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MOST = 150_000
DESK, PHONE = (1280, 860), (360, 760)
TELLS = "Beste collega,\n\nWij keken op de Oefensingel 20. Bel 06 12 34 56 78.\n"
"""Feedback as nobody should write it: an address from the file, and a telephone."""


def fill() -> None:
    """A fresh practice installation in a database of its own."""
    told = settings.DATABASES["owner"]
    where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
    with psycopg.connect(**where, dbname=told["NAME"], autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{NAME}"')
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = NAME
    call_command("migrate", database="owner", verbosity=0)
    call_command("setup_practice", stdout=io.StringIO())


def today(page: Page) -> None:
    """The start page of the meldpunt."""


def triage(page: Page) -> None:
    """A mail beside its form."""
    page.get_by_role("link", name="Naar de postbus").click()
    page.locator("#wacht ~ table a").last.click()


def signal(page: Page) -> None:
    """A file in step 3."""
    page.get_by_role("link", name="HS-").filter(has_text=re.compile("0002$")).first.click()


def meeting(page: Page) -> None:
    """The first item of a running signalenoverleg."""
    page.goto(page.url.rstrip("/") + "/overleg/")
    page.get_by_role("link", name=re.compile("^Signalenoverleg, ")).first.click()
    page.get_by_role("link", name="Verplaats dit overleg").click()
    moment = timezone.localtime() + timedelta(minutes=5)
    page.get_by_label("Nieuwe dag").fill(moment.date().isoformat())
    page.get_by_label("Begintijd").fill(moment.strftime("%H:%M"))
    page.get_by_role("button", name="Verplaats").click()
    page.get_by_role("button", name="Begin het overleg").click()
    for name in ("Kees Jansen", "Sanne Mulder"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Leg vast wie er is").click()
    page.get_by_role("link", name="Ga naar punt 1").click()
    page.get_by_role("button", name="Geef vrij wat toets 2A toestaat").click()
    page.get_by_role("radio", name="Meer informatie nodig").check()


def report(page: Page) -> None:
    """The form of a colleague, on a phone."""
    page.goto(page.url.rstrip("/") + "/melden/formulier/?spoed=none")


def plan(page: Page) -> None:
    """The plan by quarter, below what is due now."""
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.goto(page.url.rstrip("/") + "/plan/")
    page.locator("section[aria-labelledby=nu]").evaluate("one => one.remove()")


def feedback(page: Page) -> None:
    """A text that reveals something."""
    page.goto(page.url.rstrip("/") + "/terugkoppeling/")
    page.locator("#te-geven").locator("..").get_by_role("link").first.click()
    page.get_by_label("Tekst").fill(TELLS)
    page.get_by_label("Per mail").check()
    page.get_by_role("button", name="Controleer").click()


PICTURES: dict[str, tuple[str, tuple[int, int], Callable[[Page], None]]] = {
    "vandaag": ("meldpunt", DESK, today),
    "triage": ("meldpunt", DESK, triage),
    "signaal": ("meldpunt", DESK, signal),
    "signaal-telefoon": ("meldpunt", PHONE, signal),
    "melden-telefoon": ("melder", PHONE, report),
    "terugkoppeling": ("meldpunt", DESK, feedback),
    "overleg": ("meldpunt", DESK, meeting),
    "plan": ("meldpunt", DESK, plan),
}
"""Name, who looks, at what size, and how to come there from the start page."""


def small(raw: bytes) -> bytes:
    """The same picture with a palette. Raises ValueError when it is still too large for the repository."""
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    if out.tell() > MOST:
        raise ValueError(f"a picture of {out.tell()} bytes; at most {MOST}")
    return out.getvalue()


def make(only: str = "") -> None:
    """Every picture, or one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with site() as running:
        for name, (who, size, come) in PICTURES.items():
            if only in ("", name):
                with running.page(f"{who}@oefen.example", size=size) as page:
                    page.goto(running.url("/"))
                    come(page)
                    page.evaluate("window.scrollTo(0, 0)")
                    body = small(page.screenshot())
                (FOLDER / f"{name}.png").write_bytes(body)
                print(f"docs/pictures/{name}.png  {len(body):>7} bytes")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", choices=["", *PICTURES], help="maak alleen deze")
    told = parser.parse_args()
    fill()
    make(told.only)


if __name__ == "__main__":
    main()
