"""Something harmful in whatever it may be wrapped: found, or kept back; what is ordinary goes out (target T44)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from intake.clamd import NAME, FakeScanner, RealClamd
from intake.test_intake_triage import a_mail, entered
from intake.test_scanning import attached, scan, state_of
from intake.wrapped import KEPT_BACK, LOOKED_INTO, ORDINARY, Build, in_mail_in_mail, pdf, rar
from meldroute.intake.scanning import Look
from meldroute.vault.scanner import EICAR, Scan, Scanned


@pytest.mark.parametrize("build", LOOKED_INTO.values(), ids=LOOKED_INTO.keys())
def test_the_real_scanner_finds_it(clamd: RealClamd, build: Build) -> None:
    """Found, not kept back for its kind: with something else in it the same goes out."""
    assert Look(clamd.client).through(build(EICAR)) == Scanned(Scan.HARMFUL, NAME)
    assert Look(clamd.client).through(build(b"gewone tekst")) == Scanned(Scan.CLEAN)


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("name", KEPT_BACK)
def test_what_nobody_can_look_into_is_kept_back_whatever_the_scanner_says(name: str) -> None:
    row = attached(KEPT_BACK[name](b"iets ergs"), "bijlage.bin")
    assert scan(FakeScanner()) == 1
    assert state_of(row.blob_id) is Scan.UNSCANNABLE


@pytest.mark.parametrize("build", ORDINARY.values(), ids=ORDINARY.keys())
def test_what_is_ordinary_is_not_kept_back(clamd: RealClamd, build: Callable[[], bytes]) -> None:
    assert Look(clamd.client).through(build()).state is Scan.CLEAN


@pytest.mark.django_db
@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (in_mail_in_mail(rar(EICAR)), Scan.UNSCANNABLE),
        (in_mail_in_mail(pdf(EICAR)), Scan.HARMFUL),
        (in_mail_in_mail(pdf(b"gewoon")), Scan.CLEAN),
    ],
    ids=["RAR", "PDF", "ordinary"],
)
def test_the_files_of_a_mail_in_a_mail_are_looked_through_too(client: Client, raw: bytes, state: Scan) -> None:
    """Also when that mail was kept as a file with a signal; the pretended scanner opens nothing by itself."""
    mail, file = a_mail(raw), attached(raw, "bericht.eml")
    assert scan(FakeScanner()) == 2
    assert [state_of(one.blob_id) for one in (mail, file)] == [state] * 2
    entered(client)
    addresses = [
        reverse("intake:part", args=[mail.id, 1]),
        reverse("intake:source", args=[mail.id]),
        reverse("route:attachment", args=[file.signal_id, file.id]) + "?origineel",
    ]
    answers = [client.get(one) for one in addresses]
    assert {answer.status_code for answer in answers} == {200 if state is Scan.CLEAN else 403}
    pages = [reverse("intake:mail", args=[mail.id]), reverse("route:file", args=[file.signal_id])]
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert (addresses[0] in shown) is (state is Scan.CLEAN)
