"""What is locked is known by its own words; what is not locked is never called so (target T44)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import old_office_files as old
from intake import wrapped
from meldroute.domain.locked import LOCKED, locked

BODY = b"Vier matrassen op de vloer"


def second_with_password() -> bytes:
    raw = bytearray(wrapped.zipped({"a": BODY, "b": BODY}))
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


SHUT: dict[str, bytes] = {
    "zip": wrapped.with_password(wrapped.zipped({"a": BODY})),
    "second file of a zip": second_with_password(),
    "Office of 2007 and later": wrapped.wrapped_office(BODY),
    "Word of 97": old.compound(old.word(0x0300)),
    "Excel of 97": old.compound(old.sheets(old.record(0x2F, bytes(54)))),
    "PowerPoint of 97": old.compound(
        {**old.slides(), "Current User": old.slides()["Current User"].replace(b"\x5f\xc0\x91\xe3", b"\xdf\xc4\xd1\xf3")}
    ),
    "Word inside another document": old.compound(
        {"Workbook": old.sheets()["Workbook"]} | {f"MBD01/{name}": body for name, body in old.word(0x0300).items()}
    ),
    "OpenDocument": wrapped.odt(BODY, b"<manifest:encryption-data/>"),
    "PGP": wrapped.armoured(BODY),
    "PGP behind a blank line": b"\r\n" + wrapped.armoured(BODY),
    "PGP for a key": b"\x85\x01\x0c\x03" + b"\x11" * 8 + b"\x01" + bytes(256),
    "PGP for a key, newer": b"\xc1\x5e\x03" + b"\x11" * 8 + b"\x12" + bytes(90),
    "PGP by a password": b"\x8c\x0d\x04\x09\x03\x02" + bytes(60),
    "S/MIME": wrapped.enveloped(BODY),
}
OPEN: dict[str, bytes] = {
    "nothing": b"",
    "text about it": b"Zie -----BEGIN PGP MESSAGE----- en EncryptedPackage en encryption-data",
    "zip": wrapped.zipped({"EncryptedPackage": b"<encryption-data/>"}),
    "zip of nothing": wrapped.zipped({}),
    "damaged zip": wrapped.zipped({"a": BODY})[:40],
    "docx": wrapped.docx(BODY),
    "odt": wrapped.odt(BODY),
    "doc": old.compound(old.word()),
    "xls": old.compound(old.sheets()),
    "a sheet whose own password is further on": old.compound(
        {"Workbook": old.sheets()["Workbook"] + old.record(0x2F, bytes(6))}
    ),
    "ppt": old.compound(old.slides()),
    "damaged doc": old.compound(old.word(0x0300))[:1800],
    "signed": b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(90),
    "PDF": wrapped.pdf(BODY),
}


@pytest.mark.parametrize("body", SHUT.values(), ids=SHUT.keys())
def test_it_is_locked(body: bytes) -> None:
    assert locked(body) == LOCKED


@pytest.mark.parametrize("body", OPEN.values(), ids=OPEN.keys())
def test_it_is_not(body: bytes) -> None:
    assert locked(body) == ""


@given(st.sampled_from([*SHUT.values(), *OPEN.values()]), st.data())
@settings(deadline=None, max_examples=200)
def test_damage_never_stops_it(body: bytes, data: st.DataObject) -> None:
    cut = bytearray(body[: data.draw(st.integers(0, len(body)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if cut:
            cut[data.draw(st.integers(0, len(cut) - 1))] = data.draw(st.integers(0, 255))
    assert locked(bytes(cut)) in {"", LOCKED}
