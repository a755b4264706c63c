"""A real browser on the real application: a small server on a free port, a session by cookie, axe, screenshots.

The server shares this process and its database; use it with the fixture `committed`, because a browser sees only what
was committed. `Site` starts and stops it, `Site.page(...)` gives a page of Chromium that is logged in; `wrong_with`
looks at the page as it stands, `surveyed` at many pages.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from left_out import chromium
from meldroute.people.models import User
from meldroute.people.sessions import SessionStore

CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--single-threaded",
]
"""The browser asks nothing of the network but our own pages; scripts compile in one thread, for a quarter less CPU."""
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESK, PHONE = (1280, 900), (360, 780)
T = TypeVar("T")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false})
    .then(told => told.violations)"""
"""Every rule of TAGS; `preload` reads style sheets again for a rule that is not among them, and sound, of which there
is none."""
PICTURES = os.environ.get("MELDROUTE_PICTURES", "")
"""A folder for screenshots of every page that is looked at; empty for none."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Site:
    """The application on a free port of this machine, against the current database."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address

    @contextmanager
    def page(
        self, email: str = "", *, size: tuple[int, int] = DESK, javascript: bool = True, municipality: str = ""
    ) -> Iterator[Page]:
        """A page of a fresh browser, logged in as the account with this mail address (empty: nobody)."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="nl-NL"
        )
        if email:
            key = aside(lambda: cookie(email, municipality))
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        try:
            yield page
        finally:
            context.close()

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self.address + path


@contextmanager
def site() -> Iterator[Site]:
    """Serve the application and open Chromium; both stop at the end."""
    server = make_server("127.0.0.1", 0, _application(), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            try:
                yield Site(browser, f"http://localhost:{server.server_port}")
            finally:
                browser.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _application() -> Any:
    """The application; each request closes its own connections, so that the clone can be dropped."""
    inner = get_wsgi_application()

    def outer(environ: dict[str, Any], start_response: Any) -> Any:
        try:
            body = inner(environ, start_response)
            whole = b"".join(body)
            body.close()
            return [whole]
        finally:
            connections.close_all()

    return outer


def aside(act: Callable[[], T]) -> T:
    """Run something on the database in a thread of its own: Playwright keeps this thread's event loop busy."""

    def run() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def cookie(email: str, municipality: str = "") -> str:
    """A session of this account, as after logging in; the value of its cookie."""
    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if municipality:
        session["municipality"] = municipality
    session.create()
    return str(session.session_key)


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page: rule, and the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in page.evaluate(ASK_AXE, TAGS)]


def wider_than_screen(page: Page) -> int:
    """Pixels by which the page scrolls sideways; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def wrong_with(
    page: Page, name: str, *, javascript: bool = True, axe_at: Sequence[tuple[int, int]] = (DESK, PHONE)
) -> list[str]:
    """What is wrong with the page as it stands, at a desk and on a phone: axe (which needs script; at these sizes), one
    first heading, sideways scroll. Its pictures under `name` when pictures are asked for.
    """
    page.wait_for_load_state("load")
    was, found = page.viewport_size, [] if page.locator("h1").count() == 1 else ["not one h1"]
    assert was is not None
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        wrong = violations(page) if javascript and (width, height) in axe_at else []
        wrong += ["scrolls sideways"] if wider_than_screen(page) > 0 else []
        found += [f"{width}: {one}" for one in wrong]
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{PICTURES}/{name}-{width}{'' if javascript else '-plain'}.png", full_page=True)
    page.set_viewport_size(was)
    return found


def surveyed(site: Site, pages: Mapping[str, str], *, municipality: str = "") -> dict[str, list[str]]:
    """Open every page and look at it; `pages` are "account path" by name, the account "-" for nobody. What is wrong
    by name: nothing is right.
    """
    by_account: dict[str, list[tuple[str, str]]] = {}
    for name, told in pages.items():
        account, path = told.split(" ", 1)
        by_account.setdefault(account, []).append((name, path))
    found: dict[str, list[str]] = {}
    for account, rows in by_account.items():
        known = {"email": f"{account}@oefen.example", "municipality": municipality} if account != "-" else {}
        with site.page(**known) as page:
            for name, path in rows:
                answer = page.goto(site.url(path))
                wrong = [] if answer and answer.status == 200 else [f"answers {answer and answer.status}"]
                found |= {name: wrong} if (wrong := wrong + wrong_with(page, name)) else {}
    return found
