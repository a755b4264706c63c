"""The look: every page of the gallery in a real browser, at two widths, under the real content policy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import get_template, render_to_string
from django.urls import clear_url_caches, set_urlconf
from django.utils import translation
from pages_here import WEB, Pages, Served
from playwright.sync_api import Browser, Page, sync_playwright

from browser import QUIET
from left_out import chromium
from meldroute.web import gallery

pytestmark = pytest.mark.urls("look_urls")
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
WIDTHS = (1280, 360)
LIMIT = 250_000
GALLERY = [f"/{name}" for name in gallery.PAGES]
ERRORS = ["400", "403", "403_csrf", "404", "409", "429", "500", "503"]
OTHERS = ["login", "second_factor", "second_factor_setup", "second_factor_codes", "confirm", "plain"]
ALL = [*GALLERY, *(f"/{name}" for name in [*ERRORS, *OTHERS])]
TEMPLATES = WEB / "templates"


class CodeForm(forms.Form):
    code = forms.CharField(label="Code")


def other_pages() -> dict[str, str]:
    """Pages that are no part of the gallery: errors, logging in, confirming."""
    data = gallery.frame("Signalen") | {
        "theirs": {"text": "Controle op 8 december.", "who": "K. Jansen"},
        "mine": {"text": "Controle op 9 december."},
        "refusal": {"reason": "Niet met u gedeeld.", "ground": "uitvoeringsplan, stap 3", "helper": "het meldpunt"},
        "form": CodeForm({}),
        "secret": "ABCD EFGH",
        "codes": ["1234-5678", "2345-6789"],
        "question": "Signaal sluiten?",
        "consequences": ["De melder krijgt bericht."],
        "label": "Sluiten",
        "cancel_url": "#",
    }
    pages = {f"/{name}": render_to_string(f"{name}.html", data) for name in ERRORS}
    for name in OTHERS[:4]:
        pages[f"/{name}"] = render_to_string(f"web/{name}.html", gallery.frame("", navigation=False) | data)
    pages["/confirm"] = render_to_string("components/confirm.html", data)
    pages["/plain"] = render_to_string("base_plain.html", {"practice": True}).replace("></h1>", ">Punt 2</h1>")
    return pages


@pytest.fixture(scope="module")
def pages(django_db_blocker: object) -> Iterator[Pages]:
    """All pages, rendered once and served."""
    set_urlconf("look_urls")
    clear_url_caches()
    with translation.override("nl"):
        html = {f"/{name}": render_to_string(*told(name)) for name in gallery.PAGES} | other_pages()
    set_urlconf(None)
    clear_url_caches()
    with Served(Pages(html)) as served:
        yield served


def told(name: str) -> tuple[str, gallery.Data]:
    template, data = gallery.PAGES[name]
    return template, data()


@pytest.fixture(scope="module")
def browser(pages: Pages) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, pages: Pages) -> Iterator[SimpleNamespace]:
    """`opened.at(path, width)` gives a page; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    context = browser.new_context()

    def at(path: str, width: int = 1280) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(pages.address + path)
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page

    yield SimpleNamespace(at=at, complaints=complaints)
    context.close()


@pytest.mark.parametrize("path", ALL)
def test_page_is_accessible_and_never_scrolls_sideways(opened: SimpleNamespace, path: str) -> None:
    page = opened.at(path)
    assert opened.complaints == []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert len(found["passes"]) > 10
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []


FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const ring = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const box = at.closest(".mr-option");
  return { where: at.outerHTML.slice(0, 80), visible: ring(at) || (box !== null && ring(box)) };
}"""


@pytest.mark.parametrize("path", GALLERY)
@pytest.mark.parametrize("width", WIDTHS)
def test_keyboard_focus_is_visible_everywhere(opened: SimpleNamespace, path: str, width: int) -> None:
    page = opened.at(path, width)
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        seen.append(focused)
    assert seen[0]["where"].startswith('<a class="utrecht-skip-link')
    assert len(seen) > 5
    assert [one["where"] for one in seen if not one["visible"]] == []


@pytest.mark.parametrize("path", GALLERY)
def test_first_visit_weighs_less_than_a_quarter_megabyte(browser: Browser, pages: Pages, path: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    pages.sent = 0
    page.goto(pages.address + path)
    page.evaluate("document.fonts.ready.then(() => 0)")
    context.close()
    assert 100_000 < pages.sent < LIMIT


def test_theme_of_a_municipality_restyles_the_page(opened: SimpleNamespace, pages: Pages) -> None:
    pages.html["/thema.css"] = ":root { --basis-color-action-1-inverse-bg-default: rgb(1, 80, 40) }"
    name, data = gallery.PAGES["signaal"]
    pages.html["/eigen"] = render_to_string(name, data() | {"theme_css": "/thema.css"})
    colour = "e => getComputedStyle(e).backgroundColor"
    own, neutral = opened.at("/eigen"), opened.at("/signaal")
    for selector in (".utrecht-button--primary-action", ".mr-steps__step--current .mr-steps__mark"):
        assert own.eval_on_selector(selector, colour) == "rgb(1, 80, 40)"
        assert neutral.eval_on_selector(selector, colour) == "rgb(11, 92, 120)"


def test_menus_work_without_a_script(browser: Browser, pages: Pages) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(pages.address + "/signaal")
    assert not page.get_by_role("link", name="Overleg").is_visible()
    page.get_by_text("Menu", exact=True).click()
    assert page.get_by_role("link", name="Overleg").is_visible()
    page.get_by_text("M. de Vries", exact=True).click()
    assert page.get_by_role("button", name="Uitloggen").is_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_open_menus_are_accessible_too(opened: SimpleNamespace, width: int) -> None:
    page = opened.at("/signaal", width)
    if width == 360:
        page.get_by_text("Menu", exact=True).click()
    page.get_by_text("M. de Vries", exact=True).click()
    assert page.get_by_role("button", name="Bloemendaal").is_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_now_to_do_comes_first_on_a_phone(opened: SimpleNamespace) -> None:
    top = "e => e.getBoundingClientRect().top"
    page = opened.at("/signaal", 360)
    assert page.eval_on_selector(".mr-now", top) < page.eval_on_selector("#weten", top)


def test_paper_shows_the_matter_only(opened: SimpleNamespace) -> None:
    page = opened.at("/signaal")
    page.emulate_media(media="print")
    assert page.locator("#weten").is_visible()
    for selector in (".mr-nav--desk", ".mr-search", ".mr-menu", ".mr-footer", ".mr-now .utrecht-button"):
        assert not page.locator(selector).first.is_visible()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((200, '{"saved_at": "09:42"}'), "Concept bewaard om 09:42"),
        ((500, ""), "Concept niet bewaard. Wat u typte staat nog hier."),
    ],
)
def test_draft_is_kept_while_typing(opened: SimpleNamespace, pages: Pages, answer: tuple[int, str], says: str) -> None:
    pages.answers["/concept/"] = answer
    pages.posted.clear()
    page = opened.at("/melden", 360)
    page.get_by_label("Waar was dat?").fill("Voorbeeldstraat 1")
    page.get_by_text(says).wait_for(timeout=10_000)
    assert len(pages.posted) == 1
    assert b"Voorbeeldstraat 1" in pages.posted[0]


def test_closed_option_stays_visible_and_cannot_be_chosen(opened: SimpleNamespace) -> None:
    page = opened.at("/overleg")
    closed = page.get_by_role("radio", name="Naar het LOO kan nog niet: is er een integraal belang?")
    assert closed.is_visible()
    assert closed.is_disabled()
    assert page.get_by_role("radio", name="Controle").is_checked()


def test_vendored_files_are_unchanged() -> None:
    vendor = WEB / "static" / "vendor"
    lines = (vendor / "CHECKSUMS.sha256").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {str(file.relative_to(vendor)) for file in vendor.rglob("*") if file.is_file() and file.parent != vendor}
    assert set(listed) == there
    wrong = [name for name, told in listed.items() if digest(vendor / name) != told]
    assert wrong == []


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_no_proprietary_house_style_is_shipped() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (WEB / "static").rglob("*.css"))
    assert re.findall(r"@utrecht/design-tokens|rijkshuisstijl|nl-rvo|--rhc-|--rvo-", text, re.I) == []


def test_every_component_class_that_templates_use_has_its_rules() -> None:
    rules = (WEB / "static" / "vendor" / "utrecht" / "components.css").read_text(encoding="utf-8")
    used = {
        name
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\butrecht-[a-z0-9_-]*[a-z0-9](?![a-z0-9_{-])", file.read_text(encoding="utf-8"))
    }
    assert {name for name in used if f".{name}" not in rules} == set()


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_templates_compile_and_hold_no_inline_style_or_script(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text) == []
    assert get_template(str(file.relative_to(TEMPLATES)))
