"""The proof that `prove/attachments.py` tells of."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake import mails, wrapped
from intake.clamd import BINARY, FakeScanner, RealClamd
from intake.test_intake_triage import FILLED, a_mail, entered
from meldroute.intake.models import Mail
from meldroute.intake.scanning import scan_due
from meldroute.people.unit import system, unit
from meldroute.route.models import Attachment
from meldroute.vault.models import Blob
from meldroute.vault.scanner import EICAR, Clamd, Scan, Scanner, works
from people_here import MONDAY, acting, here
from prove._debian import need
from route.files import new

FOLDER = Path("/usr/share/clamav-testfiles")
PROGRAM = "clam.exe"
LEFT_OUT = ("clam-v2.rar", "clam-v3.rar")
"""Of the 46 files of ClamAV, those that Debian leaves out with the code that opens them: made here, without packing."""
MADE_HERE = dict.fromkeys(LEFT_OUT, " - made here")
DANGEROUS = {
    "pagina.html": b"<html><script>alert(1)</script></html>",
    "plaatje.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "naar.url": b"[InternetShortcut]\r\nURL=http://oefen.example/\r\n",
    "snel.lnk": b"\x4c\0\0\0\x01\x14\x02\0" + bytes(72),
    "verslag.docm": wrapped.zipped({"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"macro"}),
    "foto.jpg": b"MZ" + bytes(600),
    "verslag\u202efdp.exe": b"MZ" + bytes(600),
    "pdf-en-html.pdf": b"%PDF-1.4\n<html><script>alert(1)</script></html>",
}
"""Kinds that start something, or pretend to be another; a scanner without a signature for it calls these clean."""


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    """A real clamd that knows EICAR and the program in ClamAV's files."""
    need(BINARY, "clamav-daemon")
    body = program()
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
    server = RealClamd.made()
    (server.folder / "clam.hdb").write_text(f"{digest}:{len(body)}:Oefen.ClamAV\n")
    with server:
        assert works(server.client)
        yield server.client


def program() -> bytes:
    return need(FOLDER / PROGRAM, "clamav-testfiles").read_bytes()


def files() -> dict[str, bytes]:
    """Debian's, and those that it leaves out."""
    rar = wrapped.rar(program(), PROGRAM)
    there = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
    return there | {name: rar for name in LEFT_OUT if name not in there}


@dataclass(frozen=True)
class Given:
    """What a user asked for and got of one file, along one way in."""

    way: str
    state: Scan
    said: str
    answers: tuple[HttpResponse, ...]
    linked: bool


def given(client: Client, scanner: Scanner, name: str, body: bytes) -> list[Given]:
    """Mailed, registered from that mail, and added by hand; scanned; then every address where it could be had."""
    client = entered(client)
    raw = mails.raw(wrapped.message(body, name))
    mail, added = a_mail(raw), _added(client, name, body)
    kept = _registered(client, raw)
    while scan_due(here().id, MONDAY, scanner):
        pass
    return [_of_mail(client, mail), _of_file(client, "registered", kept), _of_file(client, "added", added)]


def _added(client: Client, name: str, body: bytes) -> Attachment:
    with unit(acting()) as by:
        signal = new(by=by)
    file = SimpleUploadedFile(name, body)
    assert client.post(reverse("route:attach", args=[signal.id]), {"file": file}).status_code == 302
    with unit(acting()):
        return Attachment.objects.get(signal_id=signal.id)


def _registered(client: Client, raw: bytes) -> Attachment:
    mail = a_mail(raw.replace(b"Message-ID: <oefening-1@", b"Message-ID: <oefening-2@"))
    address = reverse("intake:mail", args=[mail.id])
    assert client.post(address, FILLED | {"version": mail.version}).status_code == 302
    with unit(acting()):
        return Attachment.objects.get(signal_id=Mail.objects.get(id=mail.id).signal_id)


def _of_mail(client: Client, mail: Mail) -> Given:
    part, source = reverse("intake:part", args=[mail.id, 1]), reverse("intake:source", args=[mail.id])
    page = client.get(reverse("intake:mail", args=[mail.id])).content.decode()
    answers = (client.get(part), client.get(source))
    return Given("mailed", *_said(mail.blob_id), answers, part in page or source in page)


def _of_file(client: Client, way: str, row: Attachment) -> Given:
    address = reverse("route:attachment", args=[row.signal_id, row.id])
    page = client.get(reverse("route:file", args=[row.signal_id])).content.decode()
    answers = (client.get(address), client.get(address + "?origineel"))
    return Given(way, *_said(row.blob_id), answers, address in page)


def _said(blob_id: object) -> tuple[Scan, str]:
    with system(here().id, MONDAY):
        row = Blob.objects.get(id=blob_id)
        return Scan(row.scan), row.scan_said


@pytest.fixture(autouse=True)
def real(settings: object) -> None:
    """As a real installation: nothing leaves unscanned."""
    settings.MELDROUTE_UNSCANNED, settings.MELDROUTE_CLAMD = False, Clamd(path="/nergens")
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a line for each refusal


def nothing_was_given(rows: list[Given], body: bytes) -> None:
    for row in rows:
        assert row.state in {Scan.HARMFUL, Scan.UNSCANNABLE}, row
        assert not row.linked, row
        for answer in row.answers:
            assert answer.status_code == 403, row
            assert len(body) < 32 or body not in answer.content


@pytest.mark.usefixtures("committed")
def test_the_files_of_clamav_are_found_or_kept_back(client: Client, scanner: Clamd) -> None:
    all_files, asked, kept = files(), Counter[Scan](), Counter[Scan]()
    print(f"\n{len(all_files)} files, {len(all_files) - len(LEFT_OUT)} of them Debian's")
    for name, body in all_files.items():
        bare = scanner.scan([body])
        rows = given(client, scanner, name, body)
        asked[bare.state] += 1
        kept.update(row.state for row in rows)
        print(f"  {name:<22}clamd alone {bare.state.value}; {_told(rows)}{MADE_HERE.get(name, '')}")
        nothing_was_given(rows, body)
    print(f"clamd alone: {_counted(asked)}; along three ways in: {_counted(kept)}; given to a user: 0")
    assert asked[Scan.CLEAN] <= len(LEFT_OUT)
    assert set(all_files) >= {*LEFT_OUT, PROGRAM}
    assert len(all_files) >= 46


@pytest.mark.usefixtures("committed")
def test_eicar_is_found_or_kept_back_in_whatever_it_lies(client: Client, scanner: Clamd) -> None:
    asked, kept = Counter[Scan](), Counter[Scan]()
    print()
    for name, build in {**wrapped.LOOKED_INTO, **wrapped.KEPT_BACK}.items():
        body = build(EICAR)
        bare = scanner.scan([body])
        rows = given(client, scanner, "bijlage.bin", body)
        asked[bare.state] += 1
        kept.update(row.state for row in rows)
        if bare.state is Scan.CLEAN:
            print(f"  {name}: clamd alone calls it clean; here {rows[0].state.value} ({rows[0].said})")
        nothing_was_given(rows, body)
    count = sum(asked.values())
    print(f"EICAR in {count} ways: clamd alone {_counted(asked)}; along three ways in: {_counted(kept)}; given: 0")


@pytest.mark.usefixtures("committed")
def test_what_a_scanner_misses_is_still_given_as_a_download_only(client: Client) -> None:
    """Every file of ClamAV and the kinds that start something, with a scanner that knows none of them."""
    got = Counter[str]()
    for name, body in {**files(), **DANGEROUS}.items():
        for row in given(client, FakeScanner(), name, body):
            for answer in row.answers:
                got[str(answer.status_code)] += 1
                if answer.status_code == 200:
                    _only_a_download(answer)
    print(f"\nanswers with a scanner that knows nothing: {_counted(got)}; shown in the page: 0")
    assert got["200"] > 0
    assert set(got) == {"200", "403"}


def _told(rows: list[Given]) -> str:
    """Each outcome with the ways that have it."""
    ways: dict[str, list[str]] = {}
    for row in rows:
        ways.setdefault(f"{row.state.value} ({row.said})", []).append(row.way)
    return "; ".join(f"{', '.join(names)}: {end}" for end, names in ways.items())


def _only_a_download(answer: HttpResponse) -> None:
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def _counted(counter: Counter[object]) -> str:
    return ", ".join(f"{getattr(key, 'value', key)} {count}" for key, count in sorted(counter.items(), key=str))
