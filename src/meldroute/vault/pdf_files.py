"""Takes the files out of a PDF: `python -m meldroute.vault.pdf_files < pdf > files`, each behind its length.

A process of its own with limits, because a PDF of a stranger may unpack to anything; how it ends: `inside.py`.
"""

from __future__ import annotations

import io
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from .inside import NOT_READ, NOT_TO_BE_OPENED, WITH_PASSWORD

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
MOST = 100 * 1024 * 1024
"""Bytes of all files together, as of a document."""


def files(body: bytes) -> Iterator[bytes]:
    """Every file, named by a list of files or by its own type. Raises PdfError, and RuntimeError for a packing that
    is not known."""
    with Pdf.open(io.BytesIO(body)) as document:
        seen: set[tuple[int, int]] = set()
        for one in document.objects:
            for stream in _streams(one):
                if stream.objgen not in seen:
                    seen.add(stream.objgen)
                    yield stream.read_bytes()


def _streams(one: Object) -> Iterator[Stream]:
    if isinstance(one, Stream) and one.get(Name.Type) == Name.EmbeddedFile:
        yield one
    for each in _with_what_is_in_it(one):
        if isinstance(named := each.get(Name.EF), Dictionary):
            yield from (stream for _, stream in named.items() if isinstance(stream, Stream))


def _with_what_is_in_it(one: Object) -> Iterator[Dictionary | Stream]:
    """Every list of names written at this place, not behind a number of its own."""
    waiting = [one]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Dictionary | Stream):
            yield here
            waiting += [each for _, each in here.items() if _holds(each)]
        elif isinstance(here, Array):
            waiting += [each for each in here if _holds(each)]


def _holds(one: Any) -> bool:
    return isinstance(one, Dictionary | Array) and not one.is_indirect


def _written(body: bytes) -> int:
    left = MOST
    for one in files(body):
        left -= len(one)
        if left < 0:
            return 1
        sys.stdout.buffer.write(struct.pack(">Q", len(one)) + one)
    return 0


def main() -> int:
    """Read and write, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    body = sys.stdin.buffer.read()
    try:
        Pdf.open(io.BytesIO(body)).close()
    except pikepdf.PasswordError:
        return WITH_PASSWORD
    except pikepdf.PdfError:
        return NOT_TO_BE_OPENED
    try:
        return _written(body)
    except MemoryError:
        return 1
    except (pikepdf.PdfError, ValueError, RuntimeError, NotImplementedError):
        return NOT_READ


if __name__ == "__main__":
    raise SystemExit(main())
