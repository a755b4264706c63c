"""Files of many kinds, written by FFmpeg, libheif and Pillow with the same words wherever words can be hidden."""

from __future__ import annotations

import io
import math
import struct
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pillow_heif
from PIL import Image

CANARY = "Kanarie van Oefendam"
RAW = CANARY.encode()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + RAW + b"</x:xmpmeta>"
TAGS = dict.fromkeys(("title", "artist", "comment", "location", "creation_time", "encoder"), CANARY) | {
    "creation_time": "2026-03-01T12:00:00"
}


def drawing(seed: int = 1, size: tuple[int, int] = (64, 48)) -> Image.Image:
    """The same noise in colour for the same seed."""
    points = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(points)


def exif() -> Image.Exif:
    """Which side is up, the maker, the camera and the place."""
    told = Image.Exif()
    told[0x0112], told[0x013B], told[0x0110] = 6, CANARY, CANARY
    told.get_ifd(0x8769)[0x9286] = CANARY
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (52.0, 22.0, 51.0)
    return told


def gif() -> bytes:
    """Two frames, a comment, XMP and a programme's own block."""
    made = io.BytesIO()
    drawing().save(made, "GIF", save_all=True, append_images=[drawing(2)], loop=3, duration=70, comment=RAW)
    body = made.getvalue()
    at = body.index(b"\x21\xff\x0bNETSCAPE2.0")
    hidden = b"\x21\xff\x0bXMP DataXMP" + bytes([len(XMP)]) + XMP + b"\0"
    hidden += b"\x21\x01\x0c" + bytes(12) + bytes([len(RAW)]) + RAW + b"\0"
    return body[:at] + hidden + body[at:-1] + b"\x21\xff\x0bMakersOwn01\x14" + RAW + b"\0\x3b" + RAW


def tiff(**more: Any) -> bytes:
    """Two pages with EXIF, place, description, XMP and IPTC."""
    told = exif()
    told[0x010E], told[0x013C], told[700], told[33723] = CANARY, CANARY, XMP, RAW
    made = io.BytesIO()
    pages = [drawing(2)] if more.get("compression") != "jpeg" else []
    drawing().save(made, "TIFF", exif=told, save_all=bool(pages), append_images=pages, **more)
    return made.getvalue() + RAW


def heif(kind: str) -> bytes:
    """A photo by libheif with EXIF and XMP, a second one and a thumbnail."""
    made = io.BytesIO()
    if kind == "AVIF":
        drawing().save(made, "AVIF", exif=exif().tobytes(), xmp=XMP)
    else:
        held = pillow_heif.from_pillow(drawing())
        held.add_from_pillow(drawing(2))
        held.save(made, exif=exif().tobytes(), xmp=XMP, quality=60)
    return made.getvalue() + struct.pack(">I4s", 8 + len(RAW), b"mpvd") + RAW


def recorded(form: str, codecs: tuple[str, ...], **options: str) -> bytes:
    """Half a second of moving picture and sound, by FFmpeg, with tags at the file and every stream."""
    made = io.BytesIO()
    with av.open(made, "w", format=form, options=options) as target:
        target.metadata.update(TAGS)
        streams = []
        for codec in codecs:
            stream = _film(target, codec) if codec in FILM else _sound(target, codec)
            stream.metadata.update({"title": CANARY, "handler_name": CANARY, "comment": CANARY})
            streams.append(stream)
        for number in range(8):
            for stream in streams:
                for frame in _frames(stream, number):
                    target.mux(stream.encode(frame))
        for stream in streams:
            target.mux(stream.encode(None))
    return made.getvalue()


FILM = ("libx264", "mpeg4", "mjpeg", "libvpx")
RATES = {"libopus": 48000, "libopencore_amrnb": 8000}


def _film(target: Any, codec: str) -> Any:
    stream = target.add_stream(codec, rate=16)
    stream.width, stream.height = 64, 48
    stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    return stream


def _sound(target: Any, codec: str) -> Any:
    layout, options = ("stereo", {"strict": "experimental"}) if codec == "vorbis" else ("mono", {})
    return target.add_stream(codec, rate=RATES.get(codec, 44100), layout=layout, options=options)


def _frames(stream: Any, number: int) -> list[Any]:
    if stream.type == "video":
        frame = av.VideoFrame.from_image(drawing(number))
        frame.pts, frame.time_base = number, Fraction(1, 16)
        return [frame.reformat(format=stream.pix_fmt)]
    rate = stream.rate
    size = stream.frame_size or 1024
    found = []
    for part in range(max(1, rate // 16 // size)):
        at = (number * max(1, rate // 16 // size) + part) * size
        tone = np.array([[math.sin(0.05 * (at + one)) for one in range(size)]], dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        found += av.AudioResampler(stream.format, stream.layout, rate).resample(frame)
    return found


RECORDED: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "MP4": ("mp4", ("libx264", "aac"), {}),
    "MP4 in pieces": ("mp4", ("libx264", "aac"), {"movflags": "frag_keyframe+empty_moov"}),
    "MOV": ("mov", ("mjpeg", "pcm_s16le"), {}),
    "3GP": ("3gp", ("mpeg4", "aac"), {}),
    "M4A": ("ipod", ("aac",), {}),
    "MP3": ("mp3", ("libmp3lame",), {"write_id3v1": "1"}),
    "AAC": ("adts", ("aac",), {"write_id3v2": "1"}),
    "AMR": ("amr", ("libopencore_amrnb",), {}),
    "WAV": ("wav", ("pcm_s16le",), {"write_bext": "1"}),
    "AIFF": ("aiff", ("pcm_s16be",), {"write_id3v2": "1"}),
    "FLAC": ("flac", ("flac",), {}),
    "Opus": ("ogg", ("libopus",), {}),
    "Vorbis": ("ogg", ("vorbis",), {}),
    "WebM": ("webm", ("libvpx", "libopus"), {}),
    "Matroska": ("matroska", ("libx264", "aac"), {}),
}
"""Container, codecs and options of FFmpeg, by the word for the kind."""


def with_places(body: bytes) -> bytes:
    """A film as a telephone makes it: with a track of where it was, and a box of its maker behind it."""
    whole = _box(b"mdat", RAW * 3)
    points = struct.pack(">3I", 0, 1, 3 * len(RAW)) + _box(b"stsc", struct.pack(">5I", 0, 1, 1, 1, 1))
    start = body.index(b"moov") - 4
    size = int.from_bytes(body[start : start + 4], "big")
    place = len(body) + 400 + len(RAW)

    def track(at: int) -> bytes:
        table = _box(b"stsd", struct.pack(">4I4s", 0, 1, 16, 0, b"mebx")[:16] + bytes(8))
        table += _box(b"stsz", points[:12]) + points[12:] + _box(b"stco", struct.pack(">3I", 0, 1, at))
        handler = _box(b"hdlr", bytes(4) + b"mhlrmeta" + bytes(12) + RAW + b"\0")
        inner = handler + _box(b"mdhd", bytes(24)) + _box(b"minf", _box(b"stbl", table))
        return _box(b"trak", _box(b"tkhd", bytes(84)) + _box(b"mdia", inner))

    moov = body[start + 4 : start + size] + track(place)
    assert start + size == len(body)  # the table stands behind the film, so nothing before it moves
    grown = body[:start] + struct.pack(">I", len(moov) + 4) + moov
    grown = grown[: -len(track(place))] + track(len(grown) + 8)
    return grown + whole + _box(b"uuid", bytes(16) + RAW)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def tagged_mp3(body: bytes) -> bytes:
    """With what FFmpeg does not write: APE, lyrics, and words behind it all."""
    item = struct.pack("<II", len(RAW), 0) + b"Artist\0" + RAW
    footer = b"APETAGEX" + struct.pack("<4I", 2000, len(item) + 32, 1, 0) + bytes(8)
    lyrics = b"LYRICSBEGININD00003110LYR000" + b"%02d" % len(RAW) + RAW
    lyrics += b"%06d" % len(lyrics) + b"LYRICS200"
    return body[:-128] + RAW + lyrics + item + footer + body[-128:]


RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\revtbl {Unknown;}{"
    + RAW
    + rb";}}{\info{\author "
    + RAW
    + rb"}{\company "
    + RAW
    + rb"}}{\*\userprops {\propname x}{\staticval "
    + RAW
    + rb"}}{\*\generator "
    + RAW
    + rb";}"
    rb"\pard {\*\bkmkstart a}Vier \{matrassen\} in \'e9\'e9n kamer{\*\bkmkend a}{\*\atnid KO}{\*\atnauthor "
    + RAW
    + rb"}{\chatn {\*\annotation Zie foto}}{\*\nieuw{\lang1 "
    + RAW
    + rb"}}{\revised\revauth1 erbij}"
    rb"{\pict{\*\blipuid 00ff}\picw64\pich48\jpegblip" + b"\n%s}\\par}" + RAW
)


def rtf(photo: bytes) -> bytes:
    """A text with every group that tells who, and a photo in digits."""
    return RTF.replace(b"%s", photo.hex().encode())


def decoded(body: bytes) -> list[bytes]:
    """Every point and every sample, per stream that is seen or heard."""
    found: dict[int, list[bytes]] = {}
    with av.open(io.BytesIO(body)) as source:
        for frame in source.decode(*source.streams.video, *source.streams.audio):
            index = 0 if isinstance(frame, av.VideoFrame) else 1
            found.setdefault(index, []).append(frame.to_ndarray().tobytes())
    return [b"".join(found[one]) for one in sorted(found)]


def told(body: bytes) -> dict[str, str]:
    """Every tag that FFmpeg finds in the file and its streams."""
    with av.open(io.BytesIO(body)) as source:
        return dict(source.metadata) | {k: v for one in source.streams for k, v in one.metadata.items()}
