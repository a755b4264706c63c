"""Files through clamd: nothing leaves unscanned, whatever is wrong with the scanner (targets T5, T7, T44)."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from intake import mails
from intake.clamd import FakeScanner, RealClamd, require_clamd
from intake.test_intake_triage import a_mail, entered
from meldroute.domain.verdict import Refused
from meldroute.intake.scanning import scan_due
from meldroute.people.unit import system, unit
from meldroute.route.actions import attaching
from meldroute.route.models import Attachment
from meldroute.vault import keys, scans
from meldroute.vault.models import Blob
from meldroute.vault.scanner import EICAR, Clamd, Scan, Scanned, Scanner, outcome, works
from people_here import MONDAY, acting, here
from route.files import new

MIB = 1024 * 1024


def zip_of(files: dict[str, bytes], level: int = 9) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packed.getvalue()


def encrypted_zip() -> bytes:
    """A zip whose member says that it is encrypted."""
    raw = bytearray(zip_of({"geheim.txt": b"x" * 100}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def nested(depth: int, body: bytes) -> bytes:
    for _ in range(depth):
        body = zip_of({"binnen.zip": body})
    return body


KINDS: dict[str, tuple[Callable[[], bytes], Scan]] = {
    "nothing": (lambda: b"", Scan.CLEAN),
    "text": (lambda: b"gewone tekst", Scan.CLEAN),
    "PDF": (mails.pdf, Scan.CLEAN),
    "25 MB": (lambda: bytes(range(256)) * (100 * 1024), Scan.CLEAN),
    "larger than the scanner takes": (lambda: b"\x01" * (31 * MIB), Scan.UNSCANNABLE),
    "EICAR": (lambda: EICAR, Scan.HARMFUL),
}
ARCHIVES: dict[str, tuple[Callable[[], bytes], Scan]] = {
    "EICAR in a zip": (lambda: zip_of({"proef.com": EICAR}), Scan.HARMFUL),
    "EICAR in a zip in a zip": (lambda: nested(3, zip_of({"proef.com": EICAR})), Scan.HARMFUL),
    "EICAR in a mail": (lambda: mails.raw(with_file(EICAR, "proef.com")), Scan.HARMFUL),
    "EICAR behind a path out of the folder": (lambda: zip_of({"../../../etc/proef": EICAR}), Scan.HARMFUL),
    "a zip": (lambda: zip_of({"../../notitie.txt": b"gewone tekst"}), Scan.CLEAN),
    "a zip with a password": (encrypted_zip, Scan.UNSCANNABLE),
    "40 zips in each other": (lambda: nested(40, b"tekst"), Scan.UNSCANNABLE),
    "160 MB": (lambda: zip_of({f"{n}": (b"%d tekst " % n) * MIB for n in range(20)}, 1), Scan.UNSCANNABLE),
    "10,001 files": (lambda: zip_of({f"{n}": b"%d" % n for n in range(10_001)}, 1), Scan.UNSCANNABLE),
}


def with_file(body: bytes, name: str) -> mails.EmailMessage:
    message = mails.mail("Bijlage", "Zie de bijlage")
    message.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    return message


@pytest.mark.parametrize(("build", "state"), KINDS.values(), ids=KINDS.keys())
def test_the_pretended_scanner_says_what_the_real_one_says(
    clamd: RealClamd, build: Callable[[], bytes], state: Scan
) -> None:
    body = build()
    pieces = [body[at : at + MIB] for at in range(0, len(body), MIB)]
    real, pretended = clamd.client.scan(pieces), FakeScanner().scan(pieces)
    assert real.state == pretended.state == state
    assert (real.said == pretended.said) or state is Scan.UNSCANNABLE


@pytest.mark.parametrize(("build", "state"), ARCHIVES.values(), ids=ARCHIVES.keys())
def test_the_real_one_looks_inside_and_what_it_cannot_look_through_is_refused(
    clamd: RealClamd, build: Callable[[], bytes], state: Scan
) -> None:
    assert clamd.client.scan([build()]).state == state


def test_a_scanner_that_is_gone_or_never_was_is_not_reached(tmp_path: Path) -> None:
    require_clamd()
    with RealClamd.made() as server:
        assert works(server.client)
        server.stop()
        assert server.client.scan([b"x"]) == Scanned(Scan.UNREACHED, "FileNotFoundError")
        assert FakeScanner(down=True).scan([b"x"]).state is Scan.UNREACHED
        server.start()
        assert works(server.client)
    assert Clamd(path=str(tmp_path / "weg")).scan([b"x"]).state is Scan.UNREACHED


@contextmanager
def answering(answer: bytes) -> Iterator[Clamd]:
    """Somebody on a port who says `answer` to whatever comes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                while not line.recv(65536).endswith(b"\0\0\0\0"):
                    pass
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield Clamd(host="127.0.0.1", port=server.getsockname()[1], seconds=5)
        thread.join(10)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"stream: OK\0", Scan.CLEAN),
        (b"stream: Iets.Ergs FOUND\0", Scan.HARMFUL),
        (b"stream: Heuristics.Limits.Exceeded.MaxFiles FOUND\0", Scan.UNSCANNABLE),
        (b"stream: Heuristics.Encrypted.Zip FOUND\0", Scan.UNSCANNABLE),
        (b"INSTREAM size limit exceeded. ERROR\0", Scan.UNSCANNABLE),
        (b"stream: Can't allocate memory ERROR\0", Scan.UNREACHED),
        (b"stream: OK", Scan.UNREACHED),
        (b"stream: NOT OK\0", Scan.UNREACHED),
        (b"OK FOUND OK\0", Scan.UNREACHED),
        (b"HTTP/1.1 200 OK\r\n\r\n", Scan.UNREACHED),
        (b"", Scan.UNREACHED),
        (b"\xff" * 9000, Scan.UNREACHED),
    ],
)
def test_only_a_whole_clear_ok_is_clean(answer: bytes, state: Scan) -> None:
    assert outcome(answer[:4096].decode("ascii", "replace")).state is state
    with answering(answer) as scanner:
        assert scanner.scan([b"x"]).state is state


@pytest.mark.parametrize("told", ["clamd", "8.8.8.8:3310", "0.0.0.0:3310", "scanner.example:3310", "127.0.0.1", "::1"])
def test_a_file_never_goes_to_a_public_address(told: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Clamd.parse(told)


def test_a_socket_and_a_private_address_are_good() -> None:
    assert Clamd.parse("/run/clamd.ctl") == Clamd(path="/run/clamd.ctl")
    assert Clamd.parse("localhost:3310") == Clamd(host="127.0.0.1", port=3310)
    assert Clamd.parse("10.0.0.7:33") == Clamd(host="10.0.0.7", port=33)
    assert Clamd.parse("[::1]:33") == Clamd(host="::1", port=33)


def attached(body: bytes, name: str = "foto.bin") -> Attachment:
    with unit(acting()) as by:
        return attaching.attach(by=by, signal=new(by=by), name=name, body=body)


def state_of(blob_id: UUID) -> Scan:
    with system(here().id, MONDAY):
        return Scan(Blob.objects.values_list("scan", flat=True).get(id=blob_id))


def scan(scanner: Scanner | None) -> int:
    return scan_due(here().id, MONDAY, scanner)


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_a_file_goes_out_once_scanned_and_not_before(client: Client) -> None:
    row = attached(b"gewoon")
    address = reverse("route:attachment", args=[row.signal_id, row.id])
    page = reverse("route:file", args=[row.signal_id])
    entered(client)
    refused = client.get(address)
    assert refused.status_code == 403
    assert "nog niet op virussen nagekeken" in refused.content.decode()
    shown = client.get(page).content.decode()
    assert "nog niet gescand" in shown
    assert address not in shown
    assert scan(FakeScanner()) == 1
    assert client.get(address).content == b"gewoon"
    assert address in client.get(page).content.decode()
    assert scan(FakeScanner()) == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_a_harmful_file_is_kept_and_never_given(client: Client) -> None:
    row = attached(EICAR, "proef.com")
    scan(FakeScanner())
    assert state_of(row.blob_id) is Scan.HARMFUL
    refused = entered(client).get(reverse("route:attachment", args=[row.signal_id, row.id]))
    assert refused.status_code == 403
    assert "iets schadelijks" in refused.content.decode()
    assert "geweigerd: schadelijk" in client.get(reverse("route:file", args=[row.signal_id])).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_a_bomb_is_refused_though_a_scanner_calls_what_it_saw_of_it_clean() -> None:
    body = nested(2, b"tekst")
    row, mail = attached(body, "bom.zip"), a_mail(mails.raw(with_file(body, "bom.zip")))
    assert scan(FakeScanner()) == 2
    assert [state_of(one.blob_id) for one in (row, mail)] == [Scan.UNSCANNABLE] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_a_scanner_that_is_down_keeps_all_closed_and_it_opens_by_itself_after(client: Client) -> None:
    row = attached(b"gewoon")
    assert scan(FakeScanner(down=True)) == 0
    assert state_of(row.blob_id) is Scan.UNREACHED
    refused = entered(client).get(reverse("route:attachment", args=[row.signal_id, row.id]))
    assert refused.status_code == 403
    assert "De virusscanner is niet bereikbaar" in refused.content.decode()
    assert "Wie kan helpen:" in refused.content.decode()
    assert "scanner niet bereikbaar" in client.get(reverse("route:file", args=[row.signal_id])).content.decode()
    assert scan(FakeScanner()) == 1
    assert state_of(row.blob_id) is Scan.CLEAN


@pytest.mark.django_db
def test_a_scanner_that_does_not_know_the_test_file_is_not_believed() -> None:
    class Blind:
        def scan(self, pieces: object) -> Scanned:
            return Scanned(Scan.CLEAN)

    row = attached(b"gewoon")
    assert scan(Blind()) == 0
    assert state_of(row.blob_id) is Scan.UNREACHED


@pytest.mark.django_db
def test_without_a_scanner_a_real_installation_stays_closed_and_says_who_can_help(
    client: Client, settings: object
) -> None:
    settings.MELDROUTE_UNSCANNED, settings.MELDROUTE_CLAMD = False, None
    row = attached(b"gewoon")
    assert scan(None) == 0
    refused = entered(client).get(reverse("route:attachment", args=[row.signal_id, row.id]))
    assert refused.status_code == 403
    assert "Er is geen virusscanner ingesteld" in refused.content.decode()
    assert "beheerder" in refused.content.decode()


@pytest.mark.django_db
def test_practice_without_a_scanner_gives_the_file_and_says_that_it_was_not_scanned(client: Client) -> None:
    row = attached(b"gewoon")
    assert entered(client).get(reverse("route:attachment", args=[row.signal_id, row.id])).content == b"gewoon"
    assert "niet gescand (oefening)" in client.get(reverse("route:file", args=[row.signal_id])).content.decode()
    scan(FakeScanner())
    assert "niet gescand" not in client.get(reverse("route:file", args=[row.signal_id])).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_a_mail_opens_as_text_and_its_files_and_source_wait_for_the_scan(client: Client) -> None:
    mail = a_mail(mails.raw(with_file(b"%PDF-1.4 gewoon", "verslag.pdf")))
    page = reverse("intake:mail", args=[mail.id])
    part, source = reverse("intake:part", args=[mail.id, 1]), reverse("intake:source", args=[mail.id])
    shown = entered(client).get(page).content.decode()
    assert "Zie de bijlage" in shown
    assert "nog niet gescand" in shown
    assert part not in shown
    assert source not in shown
    assert [client.get(one).status_code for one in (part, source)] == [403, 403]
    scan(FakeScanner())
    assert [client.get(one).status_code for one in (part, source)] == [200, 200]


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
def test_every_file_in_a_mail_is_scanned_as_our_reader_cuts_it(client: Client) -> None:
    """The pretended scanner does not unpack mails: what it finds here it found in the part that we cut."""
    mail = a_mail(mails.raw(with_file(EICAR, "proef.com")))
    scan(scanner := FakeScanner())
    assert EICAR in scanner.seen[1:]
    assert state_of(mail.blob_id) is Scan.HARMFUL
    entered(client)
    for name, args in (("part", [mail.id, 1]), ("source", [mail.id])):
        assert client.get(reverse(f"intake:{name}", args=args)).status_code == 403


@pytest.mark.django_db
def test_the_real_scanner_through_the_worker(clamd: RealClamd, real: object) -> None:
    real.MELDROUTE_CLAMD = clamd.client
    good, bad = attached(b"gewoon"), attached(zip_of({"proef.com": EICAR}), "a.zip")
    assert scan(clamd.client) == 2
    assert [state_of(row.blob_id) for row in (good, bad)] == [Scan.CLEAN, Scan.HARMFUL]
    with unit(acting()) as by:
        assert attaching.fetch(by=by, attachment=good) == b"gewoon"
        with pytest.raises(Refused):
            attaching.fetch(by=by, attachment=bad)


@pytest.mark.django_db
def test_what_fails_goes_behind_what_was_never_tried_and_a_destroyed_file_is_left_alone() -> None:
    first, gone = attached(b"een"), attached(b"weg")
    scan(FakeScanner(down=True))
    second = attached(b"twee")
    with system(here().id, MONDAY):
        keys.destroy(gone.key_id, at=MONDAY)
        assert scans.waiting(10) == [second.blob_id, first.blob_id]
    assert scan(FakeScanner()) == 2


@pytest.mark.django_db
def test_another_municipality_scans_nothing_of_it() -> None:
    attached(b"gewoon")
    assert scan_due(here("BD").id, MONDAY, FakeScanner()) == 0
