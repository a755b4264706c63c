"""Files that become more than they are: refused by what they say, within 1 s of CPU and 64 MB (target T5)."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldroute.domain import bombs

SOURCE = Path(__file__).parents[2] / "src"
GB = 1024**3


def zipped(files: dict[str, bytes], level: int = 9) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packed.getvalue()


def claiming(size: int) -> bytes:
    """A small zip whose list says that its file unpacks to `size`."""
    raw = bytearray(zipped({"z.bin": b"\0" * 1000}))
    struct.pack_into("<I", raw, raw.index(b"PK\x01\x02") + 24, min(size, 0xFFFFFFFF))
    return bytes(raw)


def forty_two() -> bytes:
    inner = claiming(4 * GB)
    for _ in range(5):
        inner = zipped({f"lib {number}.zip": inner for number in range(16)})
    return inner


def quine() -> bytes:
    """An archive that holds a file of its own name."""
    return zipped({"r/r.zip": b"x"})


def image(kind: str, width: int, height: int) -> bytes:
    frame = b"\xff\xc2\0\x11\x08" + struct.pack(">HH", height % 65536, width % 65536)
    head = {
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height),
        "gif": b"GIF89a" + struct.pack("<HH", width % 65536, height % 65536),
        "bmp": b"BM" + b"\0" * 16 + struct.pack("<ii", width, -height),
        "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 10 + frame,
    }[kind]
    return head + b"\0" * 40


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "42.zip": (forty_two, bombs.NESTED),
    "a zip in a zip": (lambda: zipped({"a.ZIP": zipped({"b": b"b"})}), bombs.NESTED),
    "a zip that holds itself": (quine, bombs.NESTED),
    "10 GB": (lambda: claiming(10 * GB), bombs.LARGE),
    "251 MB": (lambda: claiming(251 * 1024 * 1024), bombs.LARGE),
    "10,001 files": (lambda: zipped({str(n): b"" for n in range(10_001)}), bombs.MANY),
    "a cut zip": (lambda: zipped({"a": b"tekst" * 100})[:60], bombs.BROKEN),
    "a zip without a list": (lambda: zipped({"a": b"x"}).replace(b"PK\x01\x02", b"PK\x01\x03"), bombs.BROKEN),
    "gzip of 1 GB": (lambda: b"\x1f\x8b" + zlib.compress(b"\0" * 1024), bombs.ARCHIVE),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, bombs.ARCHIVE),
    "rar": (lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 40, bombs.ARCHIVE),
    "rar behind a photo": (lambda: image("jpeg", 40, 40) + b"Rar!\x1a\x07\0" + b"\0" * 40, bombs.ARCHIVE),
    "tar": (lambda: b"a".ljust(257, b"\0") + b"ustar\0" + b"00".ljust(249, b"\0"), bombs.ARCHIVE),
    "old tar.Z": (lambda: b"\x1f\x9d\x90" + b"\0" * 40, bombs.ARCHIVE),
    "lzma": (lambda: b"\x5d\0\0\x80\0" + b"\xff" * 8 + b"\0" * 40, bombs.ARCHIVE),
    "cpio": (lambda: b"070701" + b"0" * 104 + b"a\0", bombs.ARCHIVE),
    "LHA": (lambda: b"\x22\x5a-lh5-" + b"\0" * 40, bombs.ARCHIVE),
    "a disc": (lambda: b"\0" * 0x8001 + b"CD001\x01" + b"\0" * 40, bombs.ARCHIVE),
    "a disk of a virtual machine": (lambda: b"vhdxfile" + b"\0" * 600, bombs.ARCHIVE),
    "a disk that says so at its end": (lambda: b"\0" * 2048 + b"conectix".ljust(512, b"\0"), bombs.ARCHIVE),
    "a rar in a zip": (lambda: zipped({"a.RAR": b"x"}), bombs.NESTED),
    "PNG flood": (lambda: image("png", 50_000, 50_000), bombs.PIXELS),
    "JPEG flood": (lambda: image("jpeg", 65_535, 65_535), bombs.PIXELS),
    "GIF flood": (lambda: image("gif", 65_535, 65_535), bombs.PIXELS),
    "BMP flood": (lambda: image("bmp", 100_000, 100_000), bombs.PIXELS),
}
GOOD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"gewone tekst",
    "text that begins with a number": lambda: b"070701 2345 gebeld; Rar! ustar CD001 koly conectix",
    "a mail": lambda: b"From: a@b.example\r\nSubject: x-lh5-\r\n\r\ntekst",
    "an empty zip": lambda: zipped({}),
    "a zip with names that climb": lambda: zipped({"../../../etc/x": b"tekst", "C:\\x.txt": b"tekst"}),
    "a document": lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>" * 1000}),
    "10,000 files": lambda: zipped({str(n): b"" for n in range(10_000)}),
    "250 MB": lambda: claiming(250 * 1024 * 1024),
    "a photo of 200 megapixels": lambda: image("jpeg", 16_320, 12_240),
    "a screenshot": lambda: image("png", 3840, 2160),
    "half a JPEG": lambda: b"\xff\xd8\xff\xe1",
}


@pytest.mark.parametrize(("build", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bomb_is_refused_with_its_reason(build: Callable[[], bytes], why: str) -> None:
    assert bombs.too_much(build()) == why


@pytest.mark.parametrize("build", GOOD.values(), ids=GOOD.keys())
def test_an_ordinary_file_is_not(build: Callable[[], bytes]) -> None:
    assert bombs.too_much(build()) == ""


STARTS = [b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"GIF89a"]


@given(st.sampled_from(STARTS), st.data())
@settings(deadline=None)
def test_any_bytes_have_an_answer(start: bytes, data: st.DataObject) -> None:
    bits = st.one_of(st.binary(max_size=40), st.sampled_from([b"PK\x01\x02", b"PK\x05\x06", b"\xff\xc0", b"\0" * 30]))
    bombs.too_much(start + b"".join(data.draw(st.lists(bits, max_size=12))))


WORST = """
import resource, struct
from meldroute.domain.bombs import too_much
size = 25 * 1024 * 1024
bodies = [
    b"PK\\x03\\x04" + b"PK\\x01\\x02" * (size // 4),
    b"PK\\x03\\x04" + b"PK\\x05\\x06" * (size // 4),
    b"\\xff\\xd8" + b"\\xff\\xe0\\0\\2" * (size // 4),
    b"\\xff\\xd8" + b"\\xff\\xe0\\0\\0" * (size // 4),
]
before = resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_CPU, (int(before.ru_utime + before.ru_stime) + 5, resource.RLIM_INFINITY))
held = sum(map(len, bodies))
for body in bodies:
    too_much(body)
after = resource.getrusage(resource.RUSAGE_SELF)
assert (after.ru_maxrss - before.ru_maxrss) * 1024 < 64 * 1024 * 1024
"""


def test_the_worst_files_of_25_mb_cost_little() -> None:
    """Each within about a second (RLIMIT_CPU over all four), and no memory beyond the file itself."""
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", WORST], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
