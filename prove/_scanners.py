"""The proof that `prove/scanners.py` tells of."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
import venv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest

import objects_here
from meldroute.people.models import User
from meldroute.web.practice import PASSWORD
from prove import _forgotten
from prove._pytest import rounds
from web.serving import Visitor, database_url, served

Who = TypeVar("Who")
ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".state" / "scanners"
TOOLS = ["wapiti3", "sqlmap"]
SECONDS = rounds(10) * 60
PEOPLE = ("meldpunt", "beheer", "melder")
ENDS = ("/uitloggen/", "/inloggen/", "/static/")
"""Not asked while logged in: they end the session, or show nothing of it. Logging in is scanned as nobody."""
LOGIN = "/inloggen/"
TOKEN = "csrfmiddlewaretoken"
MODULES = (
    "backup,cookieflags,crlf,csrf,exec,file,htaccess,http_headers,ldap,methods,permanentxss,redirect,sql,timesql,"
    "upload,xss"
)
"""Those of wapiti that need no server of theirs and no list from elsewhere."""
EXPECTED = {"Secure Flag cookie": "practice speaks http on loopback", "HTTP Strict Transport Security (HSTS)": "same"}
"""What wapiti says of any server without TLS; with TLS the settings give both (tests/web/test_addresses.py)."""


@dataclass(frozen=True)
class Form:
    """A form that a page shows, with something filled in."""

    page: str
    method: str
    action: str
    fields: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two forms the same for a scanner: ids in the address do not count."""
        path = re.sub(r"[0-9a-f-]{36}", "ID", urlsplit(self.action).path)
        return self.method, path, tuple(sorted({name for name, _ in self.fields}))


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.open: tuple[str, str] | None = None
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or a field of it."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = (told.get("method", "get").upper(), urljoin(self.page, told.get("action", "")))
            self.fields = []
        elif self.open and tag in {"input", "select", "textarea", "button"} and told.get("name"):
            self.fields.append((told["name"], told.get("value", "") or "1"))

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form" and self.open:
            self.found.append(Form(self.page, *self.open, tuple(dict(self.fields).items())))
            self.open = None


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder with the programs; installed when they are not there."""
    programs = HOME / "bin"
    if not (programs / "sqlmap").exists() or not (programs / "wapiti").exists():
        venv.create(HOME, with_pip=True)
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        subprocess.run([programs / "pip", "install", "--quiet", *TOOLS], env=environ, check=True)
    return programs


@dataclass(frozen=True)
class Target:
    """The practice server, and one of everything in it."""

    port: int
    paths: tuple[str, ...]

    def visitor(self, name: str) -> Visitor:
        """Somebody who is logged in."""
        visitor = Visitor(self.port)
        visitor.login(name, PASSWORD)
        return visitor

    def url(self, path: str) -> str:
        """The whole address."""
        return f"http://localhost:{self.port}{path}"


@pytest.fixture
def target(committed: str) -> Iterator[Target]:
    """gunicorn on a practice database of its own."""
    assert User.objects.count() > 10
    made = objects_here.make_all()
    paths = tuple(path for path in objects_here.addresses(made).values() if not path.startswith(ENDS))
    with served(database_url(committed), workers=2) as port:
        yield Target(port, paths)


SUSPECTED = re.compile(r"^.*(?:is vulnerable|identified the following).*$", re.MULTILINE)
REMARK = re.compile(r"^.*appears to be .* injectable.*$", re.MULTILINE)
"""What sqlmap thinks before it has looked again: a post that succeeds once and is stale after it looks so too."""


JUDGED = ("/aanmelden/", "/bewustwording/even-sparren/")
"""Each post that succeeds changes what the next one meets (a place is taken, a call counted), and sqlmap takes that for
an answer. `prove fields` asks the same with each change undone: a condition changes no answer."""


class Sick(BaseHTTPRequestHandler):
    """A page with two mistakes: what was typed is shown as it came, and goes into SQL as it came."""

    def do_GET(self) -> None:
        """A person by name."""
        name = dict(parse_qsl(urlsplit(self.path).query)).get("naam", "")
        rows = sqlite3.connect(":memory:")
        rows.execute("CREATE TABLE people AS SELECT 'Jansen' AS name")
        try:
            found = rows.execute(f"SELECT name FROM people WHERE name = '{name}'").fetchall()
        except sqlite3.Error as error:
            found = [f"sqlite3.OperationalError: {error}"]
        form = '<form action="/"><input name="naam" value="Jansen"></form>'
        body = f"<!doctype html><title>x</title>{form}<p>{name}<p>{found}<a href='/?naam=Jansen'>x</a>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_a_page_that_is_sick_is_found_by_both(tools: Path, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Sick) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sick = Target(server.server_port, ())
        report = tmp_path / "sick.json"
        _run(_wapiti(tools, sick, Visitor(0), report, 60), tmp_path, 180)
        found = json.loads(report.read_text(encoding="utf-8"))["vulnerabilities"]
        said = _run([*_sqlmap(tools, "", tmp_path), "-u", sick.url("/?naam=Jansen")], tmp_path, 120)
        server.shutdown()
    kinds = {kind for kind, ones in found.items() if ones}
    print(f"\na sick page: wapiti says {sorted(kinds)}, sqlmap {_findings(said)[:1]}")
    assert "Reflected Cross Site Scripting" in kinds
    assert any("identified the following" in one for one in _findings(said))


class Forgetful(BaseHTTPRequestHandler):
    """A server on which two things were left behind."""

    def do_GET(self) -> None:
        """What was left behind, else nothing."""
        self.send_response(200 if self.path in {"/.git/config", "/backup.zip"} else 404)
        self.send_header("Content-Length", "1")
        self.end_headers()
        self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_what_is_left_behind_is_found(tmp_path: Path) -> None:
    names, _ = _forgotten.words()
    with ThreadingHTTPServer(("127.0.0.1", 0), Forgetful) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = _forgotten.asked(Visitor(server.server_port), names, tmp_path, most=300)
        server.shutdown()
    wrong = sorted(one.path for one in found if _forgotten.wrong(one))
    print(f"\na forgetful server: {_forgotten.version()} finds {wrong}")
    assert wrong == ["/.git/config", "/backup.zip"]


def test_nothing_is_left_behind(target: Target, tmp_path: Path) -> None:
    names, whence = _forgotten.words()
    print(f"\n{_forgotten.version()}, {len(names)} names: {whence}")
    for who in ("", "meldpunt"):
        visitor = target.visitor(who) if who else Visitor(target.port)
        folder = tmp_path / (who or "nobody")
        folder.mkdir()
        found = _forgotten.asked(visitor, names, folder, most=1800)
        assert not who or visitor.get("/").status == 200, "the session was lost: the rest was not seen"
        wrong = [one for one in found if _forgotten.wrong(one)]
        counted = ", ".join(
            f"{count} × {status}" for status, count in Counter(one.status for one in found).most_common()
        )
        print(f"  {who or 'nobody'}: {counted}; where nothing of ours is: {len(wrong)}")
        assert not wrong, "\n".join(map(str, wrong))


def test_wapiti_finds_nothing(tools: Path, target: Target, tmp_path: Path) -> None:
    print(
        f"\nwapiti {_version(tools, 'wapiti3')}, {SECONDS // 60} minutes, {len(target.paths)} addresses to begin with"
    )
    wrong: list[str] = []
    for who in PEOPLE:
        report = tmp_path / f"{who}.json"
        visitor = target.visitor(who)
        _run(_wapiti(tools, target, visitor, report, SECONDS // len(PEOPLE)), tmp_path, SECONDS + 120)
        assert visitor.get("/").status == 200, f"{who} lost the session: most pages were not seen"
        told = json.loads(report.read_text(encoding="utf-8"))
        found = {**told["vulnerabilities"], **told["anomalies"]}
        for kind, ones in found.items():
            wrong += [f"{who}: {kind}: {one['method']} {one['path']}: {one['info']}" for one in ones]
        print(f"  {who}: {told['infos']['crawled_pages_nbr']} pages crawled")
    wrong = [one for one in wrong if one.split(": ")[1] not in EXPECTED]
    print("\n".join(wrong) or "  nothing found")
    assert not wrong


def _wapiti(tools: Path, target: Target, visitor: Visitor, report: Path, seconds: int) -> list[str]:
    crawl, attack = seconds // 3, seconds // 3 * 2
    command = [str(tools / "wapiti"), "-u", target.url("/"), "--scope", "domain", "-d", "3", "-m", MODULES]
    command += ["--max-scan-time", str(crawl), "--max-attack-time", str(max(2, attack // len(MODULES.split(","))))]
    command += ["--max-links-per-page", "60", "--max-files-per-dir", "60", "--flush-session", "--no-bugreport"]
    command += [
        "-H",
        "Cookie: " + (_cookies(visitor) or "none=1"),
        "-f",
        "json",
        "-o",
        str(report),
        "-v",
        "0",
        "-S",
        "normal",
    ]
    command += ["--store-session", str(report.parent / "kept"), "--store-config", str(report.parent / "config")]
    for path in target.paths:
        command += ["-s", target.url(path)]
    for end in ENDS:
        command += ["-x", target.url(end) + "*"]
    return command


def test_sqlmap_finds_nothing(tools: Path, target: Target, tmp_path: Path) -> None:
    print(f"\nsqlmap {_version(tools, 'sqlmap')}, {SECONDS // 60} minutes")
    forms = _forms(target)
    until = time.monotonic() + SECONDS

    def said(number: int) -> tuple[bool, list[str], str] | None:
        if time.monotonic() > until:
            return None
        who, form = forms[number]
        folder = tmp_path / str(number)
        folder.mkdir()
        visitor = target.visitor(who) if who else Visitor(target.port)  # anew for each: some forms end a session
        whole, found = _sqlmap_said(tools, target, visitor, form, folder)
        lost = bool(who) and visitor.get("/").status != 200
        at = f"{form.method} {form.action}"
        return whole, [f"{at}: {one}" for one in found], at if lost else ""

    # one after another: two at once change what the other sees, and a stale version then looks like an answer to SQL
    done = [told for told in map(said, range(len(forms))) if told is not None]
    wrong = [one for _, found, _ in done for one in found]
    cut = sum(not whole for whole, _, _ in done)
    print(f"  {len(done)} of {len(forms)} forms, {cut} of them not to their end within a minute")
    print("  the session ended during: " + (", ".join(lost for _, _, lost in done if lost) or "none"))
    print("\n".join(wrong) or "  nothing found")
    assert done
    assert [one for one in wrong if not _judged(one)] == []


def _judged(told: str) -> bool:
    """A suspicion of an injection that is known to be none; never an answer of 5xx or a line that broke."""
    return urlsplit(told.split()[1]).path.startswith(JUDGED) and SUSPECTED.search(told) is not None


def _forms(target: Target) -> list[tuple[str, Form]]:
    """Every form once, by whoever sees it first; a page that takes a question in its address is a form too."""
    people = [mail.partition("@")[0] for mail in User.objects.order_by("email").values_list("email", flat=True)]
    known = [*PEOPLE, *(name for name in people if name not in PEOPLE)]
    visits = [*((name, visitor, target.paths) for name in known if (visitor := _in(target, name)))]
    asked = [*visits, ("", Visitor(target.port), (LOGIN,))]
    answers = ((who, path, visitor.get(path)) for who, visitor, paths in asked for path in paths)
    found = kinds((who, path, answer.text) for who, path, answer in answers if answer.status == 200)
    return sorted(found, key=lambda one: (one[1].page == LOGIN, one[1].method))


def kinds(shown: Iterable[tuple[Who, str, str]]) -> list[tuple[Who, Form]]:
    """Each kind of form once, of pages as (who sees it, address, HTML), with whoever sees it first."""
    seen: dict[tuple[str, str, tuple[str, ...]], tuple[Who, Form]] = {}
    for who, path, page in shown:
        reader = Forms(path)
        reader.feed(page)
        for form in reader.found:
            if form.fields and not form.action.startswith(ENDS[0]):
                seen.setdefault(form.kind, (who, form))
    return list(seen.values())


def _in(target: Target, name: str) -> Visitor | None:
    """Somebody who can log in with the word of practice; who was made by hand has no such word."""
    with suppress(AssertionError):
        return target.visitor(name)
    return None


def _sqlmap_said(tools: Path, target: Target, who: Visitor, form: Form, folder: Path) -> tuple[bool, list[str]]:
    """Whether it came to its end; what is no silence: an injection, an answer of 5xx with its request, an error."""
    traffic = folder / "traffic"
    command = [*_sqlmap(tools, _cookies(who), folder), "--dbms", "PostgreSQL", "-t", str(traffic)]
    own = {TOKEN: who.cookies["csrf"]} if TOKEN in dict(form.fields) and "csrf" in who.cookies else {}
    fields = urlencode(dict(form.fields) | own)
    if form.method == "GET":
        command += ["-u", target.url(form.action.partition("?")[0]) + "?" + fields]
    else:
        command += ["-u", target.url(form.action), "--data", fields, "--skip", TOKEN]
    said = _run(command, folder, 60)
    if REMARK.search(said) and not _ended(said):
        said = _run(command, folder, 600)
    found = _findings(said) + ([] if _ended(said) else REMARK.findall(said))
    sent = traffic.read_text(encoding="utf-8", errors="replace") if traffic.exists() else ""
    failed = re.search(r"HTTP request \[#\d+\]:\n((?:(?!HTTP request \[).)*?)\nHTTP response \[#\d+\] \(5", sent, re.S)
    if failed:
        lines = [line for line in failed[1].splitlines() if line]
        found.append(f"first 5xx: {lines[0]} … {lines[-1]}"[:400])
    return _ended(said), found


def _ended(said: str) -> bool:
    return "[*] ending @" in said


def _sqlmap(tools: Path, cookies: str, folder: Path) -> list[str]:
    command = [
        str(tools / "sqlmap"),
        "--batch",
        "--flush-session",
        "--level",
        "1",
        "--risk",
        "1",
        "--technique",
        "BEUT",
    ]
    command += ["--output-dir", str(folder / "sqlmap"), "--disable-coloring", "--ignore-code", "*"]
    command += ["--ignore-redirects", "--drop-set-cookie", "--timeout", "30"]
    return [*command, "--cookie", cookies] if cookies else command


def _findings(said: str) -> list[str]:
    found = SUSPECTED.findall(said)
    found += re.findall(r"\b5\d\d \([^)]*\) - \d+ times", said)
    found += re.findall(r"^.*\[CRITICAL\] (?:unable to connect|connection|host ).*$", said, re.M)
    return [one.strip() for one in found]


def _cookies(visitor: Visitor) -> str:
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())


def _version(tools: Path, package: str) -> str:
    command = [str(tools / "python"), "-c", f"import importlib.metadata as m; print(m.version({package!r}))"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environ()).stdout.strip()


def _environ(folder: Path | None = None) -> Mapping[str, str]:
    """Nothing of ours: no database, no keys; the hook that keeps the program on this machine."""
    told = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT / "prove" / "_loopback")}
    return told | ({"HOME": str(folder)} if folder else {})


def _run(command: list[str], folder: Path, most: int) -> str:
    """Both outputs of a scanner; it ends after `most` seconds, whatever it is doing."""
    process = subprocess.run(
        ["timeout", str(most), *command],
        env=_environ(folder), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = process.stdout + process.stderr
    if process.returncode not in {0, 1}:
        print(said[-2000:], file=sys.stderr)
    return said
