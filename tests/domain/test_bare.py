"""Hidden data leaves a file and the picture stays; Pillow, pikepdf and zipfile are the independent readers (T44)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from domain import bare_files
from domain.bare_files import CANARY, RAW, XMP, drawing, exif
from meldroute.domain.bare import NotBare, bare, way_for
from meldroute.domain.bare.office import Room
from meldroute.domain.verdict import Refused
from meldroute.vault.copies import bare_copy


def saved(kind: str, **more: Any) -> bytes:
    made = io.BytesIO()
    drawing().save(made, kind, **more)
    return made.getvalue()


def with_texts() -> bytes:
    told = PngInfo()
    told.add_text("Author", CANARY)
    told.add_itxt("Comment", CANARY, zip=True)
    return saved("PNG", pnginfo=told, exif=exif())


def with_everything(progressive: bool = False) -> bytes:
    body = saved("JPEG", exif=exif(), xmp=XMP, comment=RAW, progressive=progressive, icc_profile=b"kleur" * 40)
    iptc = b"Photoshop 3.0\0" + RAW
    return body[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + body[2:] + b"MotionPhoto" + RAW


PICTURES: dict[str, Callable[[], bytes]] = {
    "JPEG": with_everything,
    "progressive JPEG": lambda: with_everything(progressive=True),
    "PNG": with_texts,
    "WebP": lambda: saved("WEBP", lossless=True, exif=exif(), xmp=XMP, icc_profile=b"kleur" * 40),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_keeps_every_point_and_says_nothing_of_its_maker(name: str) -> None:
    old = PICTURES[name]()
    new = bare_copy(old)
    assert RAW in b"".join([old, *_unpacked_texts(old)])
    assert RAW not in b"".join([new, *_unpacked_texts(new)])
    before, after = Image.open(io.BytesIO(old)), Image.open(io.BytesIO(new))
    assert before.tobytes() == after.tobytes()
    assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert dict(after.getexif()) in ({}, {0x0112: 6})
    assert not after.getexif().get_ifd(0x8825)
    assert not {"xmp", "comment", "photoshop", "Author", "Comment"} & set(after.info)
    assert bare_copy(new) == new


def _unpacked_texts(body: bytes) -> list[bytes]:
    shown = Image.open(io.BytesIO(body))
    shown.load()
    return [str(value).encode() for value in shown.info.values()] + [str(dict(shown.getexif())).encode()]


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stays_the_right_way_up(turned: int) -> None:
    told = Image.Exif()
    told[0x0112] = turned
    new = Image.open(io.BytesIO(bare_copy(saved("JPEG", exif=told))))
    assert new.getexif().get(0x0112, 1) == turned


def document(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return packed.getvalue()


HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
CORE = HEAD + b'<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>' + RAW + b"</dc:creator></cp:coreProperties>"
TYPES = {"[Content_Types].xml": b"<Types/>"}
DOCUMENTS: dict[str, dict[str, bytes]] = {
    "docx": {
        **TYPES,
        "docProps/core.xml": CORE,
        "docProps/app.xml": HEAD + b"<Properties><Company>" + RAW + b"</Company></Properties>",
        "docProps/custom.xml": b"<Properties xmlns='p'><a>" + RAW + b"</a></Properties>",
        "word/document.xml": b'<w:ins w:id="1" w:author="' + RAW + b'"><w:t name="blijft">Vier matrassen</w:t></w:ins>',
        "word/comments.xml": b"<w:comment w:author='" + RAW + b'\' w:initials="KO"><w:t>Zie foto</w:t></w:comment>',
        "word/media/image1.jpeg": with_everything(),
    },
    "xlsx": {
        **TYPES,
        "xl/comments1.xml": b"<comments><authors><author>" + RAW + b"</author></authors></comments>",
        "xl/persons/person.xml": b'<person displayName="' + RAW + b'" id="{1}" userId="' + RAW + b'"/>',
    },
    "pptx": {**TYPES, "ppt/commentAuthors.xml": b'<p:cmAuthor id="0" name="' + RAW + b'" initials="KO"/>'},
    "odt": {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "meta.xml": b'<office:document-meta xmlns:office="o"><office:meta>'
        + RAW
        + b"</office:meta></office:document-meta>",
        "content.xml": b"<office:annotation><dc:creator>" + RAW + b"</dc:creator><p>Vier</p></office:annotation>",
    },
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_its_text_and_loses_its_makers(name: str) -> None:
    old = document(DOCUMENTS[name])
    with zipfile.ZipFile(io.BytesIO(bare_copy(old))) as new:
        assert new.namelist() == list(DOCUMENTS[name])
        assert not [one for one in new.namelist() if RAW in new.read(one)]
        assert {one.date_time for one in new.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        if name == "docx":
            assert b'<w:t name="blijft">Vier matrassen</w:t>' in new.read("word/document.xml")
            assert b"Zie foto" in new.read("word/comments.xml")
            assert new.read("docProps/core.xml").endswith(b'<cp:coreProperties xmlns:cp="c" xmlns:dc="d"/>')
        if name == "odt":
            assert b"<p>Vier</p>" in new.read("content.xml")
            assert new.infolist()[0].compress_type == zipfile.ZIP_STORED


def pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        document.docinfo["/Author"] = CANARY
        document.Root.Metadata = document.make_stream(XMP)
        page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String(CANARY))
        photo = pikepdf.Stream(document, with_everything())
        photo.Type, photo.Subtype, photo.Width, photo.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 64, 48
        photo.ColorSpace, photo.BitsPerComponent, photo.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(photo)))
        page.Contents = document.make_stream(b"200 0 0 200 0 0 cm /Im0 Do")
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=pikepdf.String(CANARY))
        note.Rect, note.Contents = pikepdf.Array([0, 0, 9, 9]), pikepdf.String("Zie foto")
        page.Annots = pikepdf.Array([document.make_indirect(note)])
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


def test_a_pdf_keeps_its_pages_and_says_nothing_of_its_maker() -> None:
    old = pdf()
    new = bare_copy(old)
    with pikepdf.open(io.BytesIO(old)) as before, pikepdf.open(io.BytesIO(new)) as after:
        assert str(before.docinfo["/Author"]) == CANARY
        assert "/Info" not in after.trailer
        assert "/Metadata" not in after.Root
        assert len(before.pages) == len(after.pages)
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()
        assert str(after.pages[0].Annots[0].Contents) == "Zie foto"
        shown = [Image.open(io.BytesIO(one.pages[0].Resources.XObject.Im0.read_raw_bytes())) for one in (before, after)]
        assert shown[0].tobytes() == shown[1].tobytes()
        after.save(plain := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    assert RAW in old
    assert RAW not in plain.getvalue()


BROKEN = {
    "JPEG that ends early": lambda: with_everything()[:900],
    "JPEG of nothing": lambda: b"\xff\xd8\xff",
    "PNG that ends early": lambda: with_texts()[:-20],
    "WebP that ends early": lambda: PICTURES["WebP"]()[:-20],
    "PDF of nothing": lambda: b"%PDF-1.7 kapot",
    "document that ends early": lambda: document(DOCUMENTS["docx"])[:-30],
    "document that lies": lambda: document(DOCUMENTS["docx"]).replace(
        zlib.crc32(CORE).to_bytes(4, "little"), b"\0" * 4
    ),
    "document with an unreadable property": lambda: document(
        {**TYPES, "docProps/core.xml": CORE.decode().encode("utf-16")}
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_cleaned_is_refused_and_says_who_can_help(name: str) -> None:
    with pytest.raises(Refused) as refused:
        bare_copy(BROKEN[name]())
    assert refused.value.verdict.code == "attachment.not_bare"
    assert refused.value.verdict.helpers


def test_what_is_no_text_of_a_document_is_cleaned_as_a_file_of_its_own() -> None:
    sheet = document({**TYPES, "docProps/core.xml": CORE})
    old = document(
        {
            **TYPES,
            "word/embeddings/blad.xlsx": sheet,
            "word/media/image1.gif": bare_files.gif(),
            "word/_rels/settings.xml.rels": b'<R Target="file:///C:\\Users\\' + RAW + b'\\x.dotm" Id="r1"/>',
            "xl/workbook.xml": b'<workbook><x15ac:absPath url="C:\\' + RAW + b'\\" a="b"/></workbook>',
            "xl/printerSettings/printerSettings1.bin": RAW,
            "customXml/item1.xml": b'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties">'
            + RAW
            + b"</p:properties>",
            "settings.xml": b'<a><config:config-item config:name="PrinterName" config:type="string">'
            + RAW
            + b'</config:config-item><config:config-item config:name="Zoom">90</config:config-item></a>',
        }
    )
    with zipfile.ZipFile(io.BytesIO(bare_copy(old))) as new:
        members = {one: new.read(one) for one in new.namelist()}
    with zipfile.ZipFile(io.BytesIO(members["word/embeddings/blad.xlsx"])) as inside:
        members |= {f"blad/{one}": inside.read(one) for one in inside.namelist()}
    assert not [name for name, body in members.items() if RAW in body]
    assert b">90<" in members["settings.xml"]
    assert b'Id="r1"' in members["word/_rels/settings.xml.rels"]


def test_files_in_an_archive_are_cleaned_one_by_one() -> None:
    old = document({"map/foto.jpg": with_everything(), "map/lees.txt": b"Vier matrassen"})
    with zipfile.ZipFile(io.BytesIO(bare_copy(old))) as new:
        assert new.namelist() == ["map/foto.jpg", "map/lees.txt"]
        assert RAW not in new.read("map/foto.jpg")
        assert new.read("map/lees.txt") == b"Vier matrassen"


def test_a_flood_inside_what_is_inside_is_refused() -> None:
    inner = document({**TYPES, "word/document.xml": bytes(3_000)})
    old = document({**TYPES, **{f"word/embeddings/{one}.docx": inner for one in range(4)}})
    assert bare(old, Room(20_000))
    with pytest.raises(NotBare):
        bare(old, Room(10_000))


TEXTS = [b"", b"gewone tekst", "één regel\r\n".encode(), "één".encode("cp1252"), "één".encode("utf-16"), b"a;b\n1;2\n"]


@pytest.mark.parametrize("body", TEXTS)
def test_plain_text_goes_as_it_is(body: bytes) -> None:
    assert bare_copy(body) == body


UNKNOWN = {
    "HTML": b"<!DOCTYPE html><meta name=author content=x>",
    "XML": b"<?xml version='1.0'?><x/>",
    "PostScript": b"%!PS-Adobe\n%%Creator: x",
    "a stored mail": b"From: a@b.example\r\nMIME-Version: 1.0\r\n\r\nhallo",
    "an archive that we do not open": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "AVI": b"RIFF\x20\0\0\0AVI LIST" + bytes(20),
    "WMV": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(40),
    "JPEG 2000": bytes.fromhex("0000000c6a5020200d0a870a") + bytes(40),
    "nothing known": bytes(range(256)),
    "a page in an archive": document({"bijlage.pdf": b"%PDF-1.7"}),
    "a drawing with a file in it": b"<svg><image href='data:image/jpeg;base64,/9j'/></svg>",
    "a raw photo": b"II*\0\x10\0\0\0CR\x02\0" + bytes(40),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_kind_that_cannot_surely_be_cleaned_is_refused_and_says_what_to_do(name: str) -> None:
    with pytest.raises(Refused) as refused:
        bare_copy(UNKNOWN[name])
    assert refused.value.verdict.code == "attachment.kind_not_bare"
    assert "PDF" in str(refused.value.verdict.reason)


@given(st.sampled_from([PICTURES[one]() for one in PICTURES]), st.data())
@settings(deadline=None, max_examples=200)
def test_damage_never_surprises(body: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    hurt = body[:at] + data.draw(st.binary(max_size=8)) + body[at + data.draw(st.integers(0, 9)) :]
    way = way_for(hurt)
    if way:
        try:
            way(hurt)
        except NotBare:
            return
