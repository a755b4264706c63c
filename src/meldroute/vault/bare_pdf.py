"""Takes out of a PDF what it says of its maker: `python -m meldroute.vault.bare_pdf < old > new`.

A process of its own with limits, because a PDF of a stranger may unpack to anything. It ends with 1 when it cannot be
done, with 3 when a file inside is of a kind that we cannot clean.
"""

from __future__ import annotations

import io
import resource
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from meldroute.domain.bare import KindNotBare, NotBare, bare, jpeg

from .copies import UNKNOWN_KIND

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
HIDDEN = (Name.Metadata, Name.PieceInfo, Name.LastModified)
_NOTE_KINDS = (
    "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup"
    " FileAttachment Sound Redact"
)
NOTES = frozenset(f"/{kind}" for kind in _NOTE_KINDS.split())


def cleaned(body: bytes) -> bytes:
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
    if str(one.get(Name.Subtype)) in NOTES or Name.Popup in one:  # a note in the margin: who wrote it
        for key in (Name.T, Name.M, Name.CreationDate):
            if key in one:
                del one[key]
    if isinstance(one, Stream):
        _clean_stream(one)


def _clean_stream(one: Stream) -> None:
    """A photo loses its EXIF, a file inside is cleaned as one of its own."""
    packed = _filters(one)
    if one.get(Name.Type) == Name.EmbeddedFile:
        if Name.Params in one:
            del one[Name.Params]
        one.write(bare(one.read_bytes()))
    elif packed == ["/DCTDecode"]:
        one.write(jpeg(one.read_raw_bytes()), filter=Name.DCTDecode)
    elif "/DCTDecode" in packed:
        raise NotBare


def _filters(one: Stream) -> list[str]:
    told = one.get(Name.Filter)
    return [str(name) for name in told] if isinstance(told, Array) else [str(told)]


def main() -> int:
    """Read, clean and write, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.buffer.write(cleaned(sys.stdin.buffer.read()))
    except KindNotBare:
        return UNKNOWN_KIND
    except (pikepdf.PdfError, NotBare, MemoryError, ValueError, RuntimeError):
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
