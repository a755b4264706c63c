"""What a scanner may pass over in a PDF and in a zip: each to be looked at as a file of its own.

clamd (1.4.6) does not unpack a file in a PDF when its list of properties has another list in it, as every usual
programme writes it: what is harmful in there it calls clean.
"""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator

from meldroute.domain.bombs import ARCHIVE, BROKEN, LARGE, NESTED, unopened
from meldroute.domain.locked import LOCKED
from meldroute.domain.term import gettext_noop

PDF = b"%PDF-"
WITHIN = 1024
"""Bytes; readers take a PDF that begins so far behind the beginning."""
NOT_TO_BE_OPENED, NOT_READ, WITH_PASSWORD = 4, 3, 2
"""How the process ends; anything else but 0 is a limit that it met."""
PATIENCE = 30.0
"""Seconds; the process stops itself after 20 of CPU."""
LARGEST = 50 * 1024 * 1024
"""Bytes of one member that is opened."""
HEAVY = gettext_noop("een PDF die te groot uitpakt")
UNREAD = gettext_noop("een PDF met een bestand erin dat niet te lezen is")


class Shut(Exception):
    """The files cannot be had; its first argument says why, as a message id."""


def is_pdf(body: bytes) -> bool:
    """Whether a programme would open it as a PDF."""
    return PDF in body[:WITHIN]


def files_of(body: bytes) -> list[bytes]:
    """The files inside; none when this is no PDF, or one that no programme opens. Raises Shut."""
    if not is_pdf(body):
        return []
    command = [sys.executable, "-m", "meldroute.vault.pdf_files"]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.SubprocessError as error:
        raise Shut(HEAVY) from error
    if done.returncode == NOT_TO_BE_OPENED:
        return []
    if done.returncode:
        raise Shut({WITH_PASSWORD: LOCKED, NOT_READ: UNREAD}.get(done.returncode, HEAVY))
    return _parted(done.stdout)


def members_of(body: bytes, wanted: Callable[[bytes], bool]) -> Iterator[bytes]:
    """The members of a zip whose first bytes are `wanted`, by their content; none of what is no zip.

    Raises Shut for a damaged or unusual one, and for a member that clamd does not open, whatever its name.
    """
    if not body.startswith(b"PK\x03\x04"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for one in archive.infolist():
                with archive.open(one) as member:
                    head = member.read(WITHIN)
                if unopened(head):
                    raise Shut(NESTED)
                if wanted(head):
                    yield _member(archive, one)
    except (NotImplementedError, RuntimeError) as error:  # packed in a way that Python does not know
        raise Shut(ARCHIVE) from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, struct.error, zlib.error) as error:
        raise Shut(BROKEN) from error


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    if one.file_size > LARGEST:
        raise Shut(LARGE)
    return archive.read(one)


def _parted(told: bytes) -> list[bytes]:
    """Each file stands behind its length (8 bytes, big-endian)."""
    found, at = [], 0
    while at < len(told):
        (size,) = struct.unpack_from(">Q", told, at)
        found.append(told[at + 8 : at + 8 + size])
        at += 8 + size
    return found
