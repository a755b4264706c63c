"""Sound: MP3, AAC, AMR, FLAC, WAV and AIFF. Only the sound itself stays, frame by frame; tags of every sort go.

Sources: ISO 11172-3, ISO 14496-3 (ADTS), ID3v2.4, RFC 4867, RFC 9639, RIFF and AIFF-C.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from .errors import KindNotBare, NotBare

Length = Callable[[bytes, int], int]
_RATES = {
    (3, 3): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Thousands of bits a second, by version (3: MPEG-1) and layer as they are written (3: layer I)."""
_HERTZ = (44100, 48000, 32000)
_NARROW = (12, 13, 15, 17, 19, 20, 26, 31, 5)
_WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)
MOST_TAGS = 20
MOST_GAPS = 100_000
MOST_FRAMES = 2_000_000
_SYNC = re.compile(rb"\xff[\xe0-\xff]")
_WAVE = frozenset((b"fmt ", b"data", b"fact"))
_AIFF = frozenset((b"COMM", b"SSND", b"FVER"))


def mpeg_length(body: bytes, at: int) -> int:
    """The bytes of the MPEG frame that begins here; 0 when none does."""
    if at + 4 > len(body) or body[at] != 0xFF or body[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = body[at + 1] >> 3 & 3, body[at + 1] >> 1 & 3
    rate, hertz, padded = body[at + 2] >> 4, body[at + 2] >> 2 & 3, body[at + 2] >> 1 & 1
    if version == 1 or not layer or hertz == 3 or rate in (0, 15):
        return 0
    told = _RATES[(3, layer) if version == 3 else (2, max(layer, 2))][rate] * 1000
    each = _HERTZ[hertz] >> {3: 0, 2: 1, 0: 2}[version]
    if layer == 3:
        return (12 * told // each + padded) * 4
    return (72 if layer == 1 and version != 3 else 144) * told // each + padded


def aac_length(body: bytes, at: int) -> int:
    """The same for AAC with a head at every frame (ADTS)."""
    if at + 7 > len(body) or body[at] != 0xFF or body[at + 1] & 0xF6 != 0xF0:
        return 0
    size = (body[at + 3] & 3) << 11 | body[at + 4] << 3 | body[at + 5] >> 5
    return size if size >= 7 else 0


def is_frames(body: bytes, length: Length) -> bool:
    """Whether two frames, or one that is all, begin the file."""
    first = length(body, 0)
    return bool(first) and (first == len(body) or bool(length(body, first)))


def frames(body: bytes, length: Length) -> bytes:
    """Only frames that touch another one; whatever stands between or around them is left out."""
    kept, at, left = [], 0, MOST_GAPS
    while found := _SYNC.search(body, at):
        left -= 1
        if left < 0:
            raise NotBare
        start = at = found.start()
        while (size := length(body, at)) and at + size <= len(body):
            at += size
        alone = at == start + length(body, start)
        if at > start and (not alone or at == len(body)):
            kept.append(body[start:at])
        else:
            at = start + 1
    if not kept:
        raise NotBare
    return b"".join(kept)


def mp3(body: bytes) -> bytes:
    """Without ID3, APE and lyrics; the name of the programme inside the first frame stays."""
    return frames(untagged(body), mpeg_length)


def aac(body: bytes) -> bytes:
    """The same for AAC."""
    return frames(untagged(body), aac_length)


def untagged(body: bytes) -> bytes:
    """Without the tags before and behind the sound (ID3v2, ID3v1, APE, Lyrics3)."""
    for _ in range(MOST_TAGS):
        if body[:3] != b"ID3" or len(body) < 10:
            break
        size = body[6] << 21 | body[7] << 14 | body[8] << 7 | body[9]
        body = body[10 + size + (10 if body[5] & 0x10 else 0) :]
    for _ in range(MOST_TAGS):
        if body[-128:-125] == b"TAG":
            body = body[:-128]
        elif body[-32:-24] == b"APETAGEX":
            size, _, flags = struct.unpack_from("<3I", body, len(body) - 20)
            body = body[: max(0, len(body) - max(size, 32) - (32 if flags >> 31 else 0))]
        elif body[-9:] == b"LYRICS200" and body[-15:-9].isdigit():
            body = body[: max(0, len(body) - 15 - int(body[-15:-9]))]
        else:
            return body
    raise NotBare


def amr(body: bytes) -> bytes:
    """Only whole frames behind the head."""
    head, sizes = (b"#!AMR-WB\n", _WIDE) if body.startswith(b"#!AMR-WB\n") else (b"#!AMR\n", _NARROW)
    if not body.startswith(head):
        raise KindNotBare
    at = len(head)
    left = MOST_FRAMES
    while at < len(body):
        left -= 1
        kind = body[at] >> 3 & 15
        if left < 0 or body[at] & 0x83 or len(sizes) <= kind < 14:
            raise NotBare
        at += 1 + (sizes[kind] if kind < len(sizes) else 0)
    if at != len(body):
        raise NotBare
    return body


def flac(body: bytes) -> bytes:
    """Only what the sound needs: how it was packed, and the table to seek in."""
    kept, at, last = [], 4, False
    while not last:
        if at + 4 > len(body):
            raise NotBare
        last, kind = bool(body[at] & 0x80), body[at] & 0x7F
        end = at + 4 + int.from_bytes(body[at + 1 : at + 4], "big")
        if kind in (0, 3):
            kept.append(bytearray(body[at:end]))
        at = end
    sound = untagged(body[at:])
    if not kept or kept[0][0] & 0x7F or sound[:1] != b"\xff":
        raise NotBare
    for part in kept:
        part[0] &= 0x7F
    kept[-1][0] |= 0x80
    return b"fLaC" + b"".join(kept) + sound


def wave(body: bytes) -> bytes:
    """WAV with only its form and its sound."""
    return _chunks(body, "<", _WAVE)


def aiff(body: bytes) -> bytes:
    """AIFF with only its form and its sound."""
    return _chunks(body, ">", _AIFF)


def _chunks(body: bytes, order: str, wanted: frozenset[bytes]) -> bytes:
    (size,) = struct.unpack_from(f"{order}I", body, 4)
    at, end, kept = 12, 8 + size, list[bytes]()
    if end > len(body):
        raise NotBare
    while at + 8 <= end:
        kind = body[at : at + 4]
        (length,) = struct.unpack_from(f"{order}I", body, at + 4)
        if at + 8 + length > end:
            raise NotBare
        if kind in wanted:
            kept.append(body[at : at + 8 + length] + bytes(length % 2))
        at += 8 + length + length % 2
    if len({part[:4] for part in kept} & {b"fmt ", b"data", b"COMM", b"SSND"}) < 2:
        raise NotBare
    whole = body[8:12] + b"".join(kept)
    return body[:4] + struct.pack(f"{order}I", len(whole)) + whole
