"""Pictures, film and sound of telephones and programmes: the words are gone, what is seen and heard is the same (T44).

FFmpeg, libheif, libtiff and Pillow write the files and read the copies.
"""

from __future__ import annotations

import io
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from domain import bare_files
from domain.bare_files import CANARY, RAW, RECORDED, decoded, drawing, exif, recorded
from meldroute.domain.bare import KindNotBare, NotBare, bare
from meldroute.domain.filetype import type_of, word_for

pillow_heif.register_heif_opener()
HIDDEN = (RAW, CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be"), RAW.hex().encode())


def saved(kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    drawing().save(made, kind, **more)
    return made.getvalue()


def one_bit() -> bytes:
    made = io.BytesIO()
    drawing().convert("1").save(made, "TIFF", compression="group4", exif=exif())
    return made.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "GIF": bare_files.gif,
    "TIFF": bare_files.tiff,
    "TIFF, LZW": lambda: bare_files.tiff(compression="tiff_lzw"),
    "TIFF, deflate": lambda: bare_files.tiff(compression="tiff_adobe_deflate"),
    "TIFF, JPEG": lambda: bare_files.tiff(compression="jpeg", quality=90),
    "TIFF, fax": one_bit,
    "HEIC": lambda: bare_files.heif("HEIF"),
    "AVIF": lambda: bare_files.heif("AVIF"),
    "BMP": lambda: saved("BMP") + RAW,
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_keeps_every_point_of_every_page(name: str) -> None:
    old = PICTURES[name]()
    new = bare(old)
    assert RAW in old
    assert not [one for one in HIDDEN if one in new]
    assert points(new) == points(old)
    shown = Image.open(io.BytesIO(new))
    assert shown.getexif().get(0x0112, 1) == Image.open(io.BytesIO(old)).getexif().get(0x0112, 1)
    assert not shown.getexif().get_ifd(0x8825)
    assert not shown.getexif().get_ifd(0x8769)
    assert shown.info.get("loop") == Image.open(io.BytesIO(old)).info.get("loop")
    assert bare(new) == new


def points(body: bytes) -> list[tuple[bytes, object]]:
    shown = ImageSequence.Iterator(Image.open(io.BytesIO(body)))
    return [(one.convert("RGBA").tobytes(), one.info.get("duration")) for one in shown]


@cache
def film(name: str) -> bytes:
    form, codecs, options = RECORDED[name]
    return recorded(form, codecs, **options)


@pytest.mark.parametrize("name", RECORDED)
def test_film_and_sound_keep_every_point_and_sample(name: str) -> None:
    old = film(name)
    new = bare(old)
    assert name == "AMR" or RAW in old
    assert not [one for one in HIDDEN if one in new]
    assert decoded(new) == decoded(old)
    assert not [
        key for key, value in bare_files.told(new).items() if CANARY in value or "2026" in value or "Lav" in value
    ]
    assert bare(new) == new


def test_where_a_film_was_made_leaves_with_its_track() -> None:
    old = bare_files.with_places(film("MOV"))
    new = bare(old)
    assert old.count(RAW) > film("MOV").count(RAW) + 4
    assert RAW not in new
    assert len(new) == len(old)
    assert b"mebx" not in new
    assert decoded(new) == decoded(film("MOV"))


WORDS = {
    "afbeelding": "HEIC AVIF GIF TIFF BMP",
    "video": "MP4 MOV 3GP WebM Matroska",
    "geluid": "M4A MP3 AAC AMR WAV AIFF FLAC Opus Vorbis",
    "document": "RTF",
}


@pytest.mark.parametrize("word", WORDS)
def test_a_kind_has_its_word_before_and_after(word: str) -> None:
    told = [(name, word_for(type_of(body))) for name in WORDS[word].split() for body in (made(name), bare(made(name)))]
    assert told == [(name, word) for name in WORDS[word].split() for _ in range(2)]


def test_tags_of_every_sort_leave_a_song() -> None:
    new = bare(bare_files.tagged_mp3(film("MP3")))
    assert RAW not in new
    assert new == bare(film("MP3"))


def test_a_text_in_rtf_keeps_its_words_and_its_photo() -> None:
    photo = saved("JPEG", exif=exif())
    old = bare_files.rtf(photo)
    new = bare(old)
    assert old.count(RAW) > 6
    assert RAW not in new
    assert b"KO" not in new
    for kept in (rb"Vier \{matrassen\} in \'e9\'e9n kamer", b"Zie foto", b"erbij", rb"{\*\bkmkstart a}", b"{-;}{-;}"):
        assert kept in new
    shown = bytes.fromhex(new[new.index(b"jpegblip") + 8 : new.rindex(rb"}\par")].decode())
    assert shown == bare(photo)
    assert bare(new) == new


def test_a_drawing_loses_what_its_programme_added() -> None:
    old = (
        b"<?xml version='1.0'?><!-- "
        + RAW
        + b" --><svg inkscape:export-filename='C:\\"
        + RAW
        + b"'><metadata>"
        + RAW
        + b"</metadata><sodipodi:namedview a='"
        + RAW
        + b"'/><path d='M0 0'/></svg>"
    )
    assert bare(old) == b"<?xml version='1.0'?><svg><path d='M0 0'/></svg>"


EVERY = {**PICTURES, **{name: (lambda name=name: film(name)) for name in RECORDED}}
EVERY["MOV with places"] = lambda: bare_files.with_places(film("MOV"))
EVERY["RTF"] = lambda: bare_files.rtf(saved("JPEG", exif=exif()))


@cache
def made(name: str) -> bytes:
    return EVERY[name]()


@given(st.sampled_from(list(EVERY)), st.data())
@settings(deadline=None, max_examples=600)
def test_damage_never_surprises(name: str, data: st.DataObject) -> None:
    body = made(name)
    at = data.draw(st.integers(0, min(len(body), 6000) - 1))
    at = len(body) - 1 - at if data.draw(st.booleans()) else at
    hurt = body[:at] + data.draw(st.binary(max_size=8)) + body[at + data.draw(st.integers(0, 9)) :]
    hurt = hurt[: data.draw(st.integers(1, len(hurt)))] if data.draw(st.booleans()) else hurt
    try:
        new = bare(hurt)
    except NotBare:
        return
    assert len(new) <= 2 * len(hurt)


MANY = 4_000_000
FLOODS = {
    "GIF of empty comments": b"GIF89a" + bytes(7) + b"\x21\xfe\0" * (MANY // 3),
    "TIFF of one page again and again": b"II*\0\x08\0\0\0" + (b"\xf4\1" + bytes(6)) * (MANY // 8),
    "boxes without anything": b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * (MANY // 8),
    "tables that say they are large": struct.pack(">I4s", MANY, b"moov")
    + b"\0\0\0\x10stco\0\0\0\0\xff\xff\xff\xff" * 9,
    "WebM of clusters": b"\x1a\x45\xdf\xa3\x80" + b"\xae\x80" * (MANY // 2),
    "RTF of groups": b"{\\rtf1 " + b"{}" * (MANY // 2),
    "RTF that goes down": b"{\\rtf1 " + b"{" * MANY,
    "MP3 of beginnings": b"\xff\xfb\x90\0" * (MANY // 4),
    "tags in front of tags": b"ID3\4\0\0\0\0\0\0" * (MANY // 10),
    "AMR of silence": b"#!AMR\n" + b"\x7c" * MANY,
    "FLAC of nothing": b"fLaC" + b"\1\0\0\0" * (MANY // 4),
    "Ogg of empty pages": b"OggS" + bytes(10) + b"abcd" + bytes(9),
    "comments of a drawing that do not end": b"<svg>" + b"<!--" * (MANY // 4),
    "text of spaces": b" " * MANY,
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_costs_little(name: str) -> None:
    begin = time.process_time()
    with suppress(NotBare):
        bare(FLOODS[name])
    assert time.process_time() - begin < 4  # on a busy machine; most take a tenth of a second


def test_a_film_that_hides_its_tracks_in_pieces_is_refused() -> None:
    body = film("MP4 in pieces")
    at = body.index(b"soun")
    with pytest.raises(KindNotBare):
        bare(body[:at] + b"meta" + body[at + 4 :])
