"""Files in the database, in encrypted chunks of one mebibyte."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from .fields import Plain
from .models import Blob, Chunk

CHUNK = 1 << 20


def store(body: bytes, *, municipality_id: UUID, key_id: UUID) -> Blob:
    """Keep `body` under the data key `key_id`."""
    blob = Blob.objects.create(municipality_id=municipality_id, key_id=key_id, size=len(body))
    for number, start in enumerate(range(0, len(body), CHUNK)):
        Chunk.objects.create(
            municipality_id=municipality_id,
            key_id=key_id,
            blob=blob,
            number=number,
            body=Plain(body[start : start + CHUNK]),
        )
    return blob


def pieces(blob_id: UUID) -> Iterator[bytes]:
    """The content, a mebibyte at a time."""
    for chunk in Chunk.objects.filter(blob_id=blob_id).order_by("number").iterator(chunk_size=4):
        yield chunk.body.body


def read(blob_id: UUID) -> bytes:
    """The whole content."""
    return b"".join(pieces(blob_id))
