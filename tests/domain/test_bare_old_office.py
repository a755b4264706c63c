"""Old Office files: the names are gone from every stream and from between them, what is read stays (olefile reads)."""

from __future__ import annotations

import io

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.bare_files import RAW
from domain.old_office_files import WIDE, compound, record, sheets, slides, word
from meldroute.domain.bare import KindNotBare, NotBare, bare

FILES = {
    "doc": compound(word()),
    "xls": compound(sheets()),
    "ppt": compound(slides()),
    "doc with a sheet in it": compound({**word(), **{f"ObjectPool/{name}": body for name, body in sheets().items()}}),
}
SEEN = {"doc": "Vier matrassen".encode("utf-16-le"), "doc with a sheet in it": b"stuktabel blijft"}


def opened(body: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(body)) as held:
        assert not [one for one in held.direntries if one and (one.createTime or one.modifyTime)]
        return {"/".join(name): held.openstream(name).read() for name in held.listdir()}


@pytest.mark.parametrize("name", FILES)
def test_names_leave_and_what_is_read_stays(name: str) -> None:
    old, new = FILES[name], bare(FILES[name])
    assert old.count(RAW) + old.count(WIDE) > 3
    assert not [one for one in (RAW, WIDE, "KvO".encode("utf-16-le"), b"dagtijd!maak") if one in new]
    held = opened(new)
    assert SEEN.get(name, b"Vier matrassen") in b"".join(held.values())
    assert len(new) == len(old)
    assert bare(new) == new
    with olefile.OleFileIO(io.BytesIO(new)) as shown:
        told = shown.get_metadata()
        assert (told.author, told.company) == (None, None)


def test_a_note_keeps_its_words() -> None:
    assert "Zie foto".encode("utf-16-le") in bare(FILES["ppt"])
    assert b"van een ander" in bare(FILES["ppt"])
    assert b"stuktabel blijft" in opened(bare(FILES["doc"]))["1Table"]
    assert "Unknown".encode("utf-16-le") in opened(bare(FILES["doc"]))["1Table"]


REFUSED = {
    "macros": {**word(), "Macros/VBA": b"x"},
    "a file inside": {**word(), "ObjectPool/\x01Ole10Native": b"C:\\x"},
    "encrypted": word(0x0300),
    "saved in pieces": word(0x0204),
    "a photo with its place": {**word(), "Data": b"\xff\xd8\xff\xe1\0\x20Exif\0\0"},
    "a sheet with a password": sheets(record(0x2F, bytes(6))),
    "a sheet that reads another file": sheets(record(0x1AE, b"\2\0\x09\0\0C:\\jan.xls")),
    "slides with a file inside": slides(b"\0\0\x11\x10\4\0\0\0abcd"),
    "a mail of Outlook": {"__properties_version1.0": bytes(32), "__substg1.0_0C1A001F": WIDE},
    "nothing known": {"Iets": b"x"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_surely_be_cleaned_is_refused(name: str) -> None:
    with pytest.raises(KindNotBare):
        bare(compound(REFUSED[name]))


def test_a_name_that_stays_somewhere_else_is_refused() -> None:
    held = word()
    held["1Table"] += WIDE
    with pytest.raises(KindNotBare):
        bare(compound(held))


@given(st.sampled_from(list(FILES)), st.data())
@settings(deadline=None, max_examples=400)
def test_damage_never_surprises(name: str, data: st.DataObject) -> None:
    body = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    hurt = bytes(body[: data.draw(st.integers(1, len(body)))]) if data.draw(st.booleans()) else bytes(body)
    try:
        assert len(bare(hurt)) == len(hurt)
    except NotBare:
        return
