"""The files in a PDF and a zip come out whole, or the whole is kept back (target T44)."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from intake import mails, wrapped
from meldroute.domain.bombs import ARCHIVE, BROKEN, LARGE, NESTED
from meldroute.domain.locked import LOCKED
from meldroute.vault import inside
from meldroute.vault.inside import Shut, files_of, is_pdf, members_of

BODY = b"Vier matrassen op de vloer"


def saved(document: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_stream(stream_filter: str, body: bytes) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    stream = made.make_stream(b"")
    stream.write(body, filter=pikepdf.Name(stream_filter))
    stream.Type = pikepdf.Name.EmbeddedFile
    made.Root.Kept = stream
    return saved(made)


def test_every_file_of_a_pdf_comes_out_once() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    for number in range(5):
        made.attachments[f"{number}.txt"] = pikepdf.AttachedFileSpec(made, BODY + b"%d" % number)
    assert sorted(files_of(saved(made))) == [BODY + b"%d" % number for number in range(5)]
    assert files_of(b"rommel ervoor" + saved(made)) != []
    assert files_of(wrapped.pdf_note(BODY)) == [BODY]
    assert files_of(wrapped.pdf(b"")) == [b""]


@pytest.mark.parametrize("body", [b"", BODY, mails.pdf(), b"%PDF-1.7 verder niets", bytes(1024) + wrapped.pdf(BODY)])
def test_what_is_no_pdf_or_opens_nowhere_has_none(body: bytes) -> None:
    assert files_of(body) == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (wrapped.pdf(BODY, password="geheim"), LOCKED),
        (with_stream("/JBIG2Decode", BODY), inside.UNREAD),
        (with_stream("/Onbekend", BODY), inside.UNREAD),
    ],
    ids=["password", "a packing for pictures", "an unknown packing"],
)
def test_a_file_that_cannot_be_read_keeps_the_pdf_back(body: bytes, why: str) -> None:
    with pytest.raises(Shut, match=why):
        files_of(body)


def test_a_file_that_unpacks_to_more_than_the_limit_keeps_the_pdf_back() -> None:
    body = wrapped.pdf(bytes(101 * 1024 * 1024))
    assert len(body) < 1024 * 1024
    with pytest.raises(Shut, match=inside.HEAVY):
        files_of(body)


def test_members_are_known_by_their_bytes() -> None:
    one = wrapped.pdf(BODY)
    packed = wrapped.zipped({"a.txt": one, "b.pdf": BODY, "map/": b""})
    assert list(members_of(packed, is_pdf)) == [one]
    assert list(members_of(BODY, is_pdf)) == []


def imploded() -> bytes:
    """A zip that says that it is packed as programmes did before 1993."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", BODY)
    return packed.getvalue().replace(b"\x14\0\0\0\0\0", b"\x14\0\0\0\x06\0")


def damaged() -> bytes:
    packed = bytearray(wrapped.zipped({"a": b"%PDF-" + bytes(range(256)) * 9}))
    packed[60] ^= 255
    return bytes(packed)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (wrapped.zipped({"a.jpg": wrapped.rar(BODY)}), NESTED),
        (wrapped.zipped({"a": b"%PDF-" + bytes(51 * 1024 * 1024)}), LARGE),
        (damaged(), BROKEN),
        (imploded(), ARCHIVE),
        (b"PK\x03\x04" + BODY, BROKEN),
    ],
    ids=["RAR", "large", "damaged", "unusual", "no list"],
)
def test_a_zip_that_cannot_be_looked_through_is_kept_back(body: bytes, why: str) -> None:
    with pytest.raises(Shut, match=why):
        list(members_of(body, is_pdf))
