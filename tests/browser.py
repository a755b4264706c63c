"""A real browser on the real application: a small server on a free port, a session by cookie, axe, screenshots.

The server shares this process and its database; use it with the fixture `committed`, because a browser sees only what
was committed. `Site` starts and stops it, `Site.page(...)` gives a page of Chromium that is logged in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
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

from meldroute.people.models import User
from meldroute.people.sessions import SessionStore

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""The browser asks nothing of the network but our own pages."""
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESK, PHONE = (1280, 900), (360, 780)
T = TypeVar("T")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
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
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", TAGS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def wider_than_screen(page: Page) -> int:
    """Pixels by which the page scrolls sideways; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
