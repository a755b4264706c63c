"""Takes out of a PDF what it says of its maker: `python -m meldroute.vault.bare_pdf < old > new`.

A process of its own with limits, because a PDF of a stranger may unpack to anything; 1 when it cannot be done.
"""

from __future__ import annotations

import io
import resource
import sys

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from meldroute.domain.bare import NotBare, jpeg

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
HIDDEN = (Name.Metadata, Name.PieceInfo, Name.LastModified)


def bare(body: bytes) -> bytes:
    """The same pages without properties, XMP, private data of programmes and EXIF of pictures. Raises PdfError."""
    with Pdf.open(io.BytesIO(body)) as document:
        for key in (Name.Info, Name.ID):
            if key in document.trailer:
                del document.trailer[key]
        for one in document.objects:
            if isinstance(one, Dictionary | Stream):
                _clean(one)
        made = io.BytesIO()
        document.save(made, deterministic_id=True)
    return made.getvalue()


def _clean(one: Dictionary | Stream) -> None:
    for key in HIDDEN:
        if key in one:
            del one[key]
    if one.get(Name.Subtype) == Name.Text or Name.Popup in one:  # a note in the margin: who wrote it
        for key in (Name.T, Name.M, Name.CreationDate):
            if key in one:
                del one[key]
    if isinstance(one, Stream) and one.get(Name.Filter) == Name.DCTDecode:
        one.write(jpeg(one.read_raw_bytes()), filter=Name.DCTDecode)


def main() -> int:
    """Read, clean and write, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.buffer.write(bare(sys.stdin.buffer.read()))
    except (pikepdf.PdfError, NotBare, MemoryError, ValueError, RuntimeError):
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
