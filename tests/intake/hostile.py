"""Mails that break readers: a table of known tricks, truncations, and mutations from a fixed seed.

`each` yields (name, bytes) one at a time, so that the whole set never lies in memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from intake import mails

HEAD = b"From: a@inwoner.example\r\nSubject: proef\r\nDate: Mon, 09 Feb 2026 10:15:00 +0100\r\n"
MIB = 1024 * 1024


def multipart(inside: bytes, boundary: bytes = b"b", kind: bytes = b"mixed") -> bytes:
    return b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n%s' % (kind, boundary, inside)


def nested_multiparts(depth: int) -> bytes:
    """Each layer with a boundary of its own, closed properly."""
    opening = b"".join(multipart(b"--b%d\r\n" % at, b"b%d" % at) for at in range(depth))
    closing = b"".join(b"\r\n--b%d--\r\n" % at for at in reversed(range(depth)))
    return HEAD + opening + b"\r\nbinnenin" + closing


def same_boundary(depth: int) -> bytes:
    return HEAD + multipart(b"--b\r\n") * depth + b"\r\nbinnenin\r\n--b--\r\n"


def nested_mails(depth: int) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\r\n\r\n" * depth + b"binnenin"


def many_parts(count: int) -> bytes:
    return HEAD + multipart(b"".join(b"--b\r\n\r\ndeel %d\r\n" % at for at in range(count)) + b"--b--\r\n")


def zip_bomb() -> bytes:
    """A zip that says it unpacks to 10 GB, as an attachment. Nobody unpacks it."""
    packed = mails.zip_of({"nul.bin": b"\0" * 1000})
    packed = packed.replace((1000).to_bytes(4, "little"), (10 * 1024**3 % 2**32).to_bytes(4, "little"))
    return HEAD + b"Content-Type: application/zip; name=../../bom.zip\r\n\r\n" + packed


def html(source: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + source


def header(line: bytes) -> bytes:
    return HEAD + line + b"\r\n\r\ntekst\r\n"


def text(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


TABLE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "one NUL": lambda: b"\0",
    "only line ends": lambda: b"\r\n" * 50_000,
    "only spaces": lambda: b" " * MIB,
    "only headers": lambda: HEAD,
    "no headers": lambda: b"\r\nalleen tekst",
    "no header syntax": lambda: b"hallo daar\nnog een regel\n",
    "NULs everywhere": lambda: mails.citizen().replace(b"e", b"\0"),
    "bare CR": lambda: mails.care().replace(b"\r\n", b"\r"),
    "bare LF": lambda: mails.care().replace(b"\r\n", b"\n"),
    "CR CR LF": lambda: mails.care().replace(b"\r\n", b"\r\r\n"),
    "mixed line ends": lambda: mails.care().replace(b"\r\n", b"\n", 7),
    "mbox From line": lambda: b"From jan@inwoner.example Mon Feb  9 10:15:00 2026\n" + mails.citizen(),
    "quoted From line": lambda: b">From jan Mon Feb  9 10:15:00 2026\n" + mails.citizen(),
    "UTF-8 BOM": lambda: b"\xef\xbb\xbf" + mails.citizen(),
    "UTF-16": lambda: mails.citizen().decode().encode("utf-16"),
    "blank lines first": lambda: b"\r\n\r\n" + mails.citizen(),
    "binary": lambda: bytes(range(256)) * 400,
    "Outlook file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "__substg1.0_".encode("utf-16-le"),
    "PDF instead of mail": mails.pdf,
    "8-bit headers": lambda: header(b"From: Ren\xe9 <a@b.example>\r\nSubject: caf\xe9 \xff\xfe"),
    "8-bit header names": lambda: header(b"S\xfcbject: x"),
    "no Message-ID": lambda: mails.citizen().replace(b"Message-ID", b"X-Weg"),
    "unknown charset": lambda: HEAD + b"Content-Type: text/plain; charset=klingon\r\n\r\ncaf\xe9",
    "charset that unpacks": lambda: HEAD + b"Content-Type: text/plain; charset=zlib\r\n\r\nx\x9c",
    "charset that is quadratic": lambda: HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * MIB,
    "charset idna": lambda: HEAD + b"Content-Type: text/plain; charset=idna\r\n\r\n" + b"a" * MIB,
    "charset with NUL": lambda: HEAD + b"Content-Type: text/plain; charset=ut\0f\r\n\r\nx",
    "charset of 1 MB": lambda: HEAD + b"Content-Type: text/plain; charset=" + b"x" * MIB + b"\r\n\r\nx",
    "UTF-7 surrogates": lambda: HEAD + b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA- +3AA-",
    "wrong charset": lambda: HEAD + b"Content-Type: text/plain; charset=us-ascii\r\n\r\ncaf\xc3\xa9",
    "no content handler": lambda: HEAD + b"Content-Type: audio/onbekend\r\n\r\nx",
    "broken content type": lambda: HEAD + b'Content-Type: ;;;="\r\n\r\nx',
    "content type without a slash": lambda: HEAD + b"Content-Type: tekst\r\n\r\nx",
    "multipart without boundary": lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--",
    "multipart without parts": lambda: HEAD + multipart(b"niets\r\n"),
    "multipart without end": lambda: HEAD + multipart(b"--b\r\n\r\nx"),
    "boundary of a regex": lambda: HEAD + multipart(b"--(a+)+$\r\n\r\nx\r\n--(a+)+$--", b"(a+)+$"),
    "empty boundary": lambda: HEAD + multipart(b"--\r\n\r\nx\r\n----\r\n", b""),
    "boundary of dashes": lambda: HEAD + multipart(b"-" * 10 * MIB, b"-" * 60),
    "a million false delimiters": lambda: HEAD + multipart(b"x--b\n" * MIB),
    "a million delimiters": lambda: HEAD + multipart(b"--b\n" * MIB),
    "1,000 layers": lambda: nested_multiparts(1000),
    "1,000 layers of one boundary": lambda: same_boundary(1000),
    "1,000 mails in mails": lambda: nested_mails(1000),
    "layers around 10 MB": lambda: nested_multiparts(30).replace(b"binnenin", b"-" * 10 * MIB),
    "10,000 parts": lambda: many_parts(10_000),
    "10,000 parts in a digest": lambda: many_parts(10_000).replace(b"multipart/mixed", b"multipart/digest"),
    "1 MB header": lambda: header(b"X-Groot: " + b"x" * MIB),
    "1 MB folded header": lambda: header(b"X-Groot: x" + b"\r\n x" * (MIB // 4)),
    "1 MB of headers": lambda: header(b"X-Een: 1\r\n" * (MIB // 10)),
    "1 MB of To": lambda: header(b"To: " + b"a@b.example, " * (MIB // 13)),
    "1 MB of parentheses": lambda: header(b"To: " + b"(" * MIB),
    "1 MB of quotes": lambda: header(b"To: " + b'\\"' * (MIB // 2)),
    "1 MB of angles": lambda: header(b"To: " + b"<" * MIB),
    "1 MB of CR": lambda: b"Subject: x" + b"\r" * MIB + b"x: y\n\n",
    "1 MB of references": lambda: header(b"References: " + b"<a@b> " * (MIB // 6)),
    "1 MB of encoded words": lambda: header(b"Subject: " + b"=?utf-8?q?x?= " * (MIB // 14)),
    "1 MB of half encoded words": lambda: header(b"Subject: " + b"=?utf-8?q?" * (MIB // 10)),
    "1 MB of parameters": lambda: header(b"Content-Type: text/plain" + b';a="' * (MIB // 4)),
    "1 MB of numbered parameters": lambda: header(b"Content-Disposition: x" + b"; filename*1*=%20" * (MIB // 17)),
    "base64 words cut": lambda: header(b"Subject: =?utf-8?b?4pyT4p?= =?utf-8?b?yT?= =?x?b?!?= =?utf-8?b?A?="),
    "date of digits": lambda: header(b"Date: " + b"9" * 10_000),
    "date far off": lambda: header(b"Date: Mon, 1 Jan 9999 00:00:00 -2359"),
    "date of nonsense": lambda: header(b"Date: gisteren rond etenstijd"),
    "date with zone out of range": lambda: header(b"Date: Mon, 1 Jan 2026 00:00:00 +9999"),
    "two From lines": lambda: header(b"From: b@elders.example\r\nFrom: c@elders.example"),
    "From of nothing": lambda: b"From: \r\nSubject:\r\n\r\nx",
    "From with line break": lambda: header(b"From: a\r\n\t@\r\n\tb.example"),
    "header without a name": lambda: header(b": leeg\r\n :x"),
    "header line without a colon": lambda: header(b"dit is geen kopregel\r\nTo: x@y.example"),
    "base64 garbage": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"@#$%A" * 200_000,
    "base64 cut": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nQUJDR",
    "base64 of padding": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 5 * MIB,
    "quoted-printable garbage": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 5 * MIB,
    "unknown encoding": lambda: HEAD + b"Content-Transfer-Encoding: rot13\r\n\r\nuryyb",
    "uuencode garbage": lambda: HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n!!!\r\nM~~\r\n",
    "encoded multipart": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n" + multipart(b"--b\r\n\r\nx\r\n--b--"),
    "tags without end": lambda: html(b"<a " * (MIB // 3)),
    "quotes in tags": lambda: html(b'<a "' * (MIB // 4) + b">"),
    "comments without end": lambda: html(b"<!--" * (MIB // 4)),
    "less-than signs": lambda: html(b"< " * (MIB // 2) + b">"),
    "scripts without end": lambda: html(b"<script>" * (MIB // 8)),
    "links in links": lambda: html(b"<a href=http://x.example/>" * 40_000 + b"</a>" * 40_000),
    "ampersands": lambda: html(b"&" * MIB),
    "endless numbers": lambda: html(b"&#" + b"1" * MIB + b";&#x110000;&#xD800;&#0;"),
    "20 MB of HTML": lambda: html(b"<p>tekst</p>" * (20 * MIB // 12)),
    "declarations": lambda: html(b"<!" * (MIB // 2) + b"<?" * 1000),
    "20 MB of text": lambda: text(b"woord " * (20 * MIB // 6)),
    "one line of 20 MB": lambda: text(b"x" * 20 * MIB),
    "line of spaces": lambda: text(b" " * 5 * MIB + b"x"),
    "forward of forwards": lambda: text(b"Doorgestuurd bericht\r\nVan: \r\n" * 50_000),
    "quote marks": lambda: text(b"Doorgestuurd bericht\r\n" + (b"> " * 200 + b"\r\n") * 5_000),
    "streets": lambda: text(b"Voorbeeldstraat " * 60_000),
    "postcodes": lambda: text(b"2101 AA " * 60_000),
    "zip bomb": zip_bomb,
    "24.9 MB": mails.just_under,
    "right to left name": lambda: header(b"Content-Disposition: attachment; filename*=utf-8''a%E2%80%AEfdp.exe"),
    "path in name": lambda: header(b'Content-Disposition: attachment; filename="..\\..\\/etc/passwd"'),
    "name of control characters": lambda: header(b"Content-Disposition: attachment; filename*=utf-8''%00%0A%1B"),
}


def truncations() -> Iterator[tuple[str, bytes]]:
    """Realistic mails cut at every 64 bytes."""
    for name, build in {**mails.SOURCE_KINDS, "reply": mails.reply, "auto": mails.auto_reply}.items():
        whole = build()
        for at in range(0, len(whole), 64):
            yield f"{name} cut at {at}", whole[:at]


def mutations(count: int, seed: int = 2026) -> Iterator[tuple[str, bytes]]:
    """Realistic mails with bytes changed, removed, doubled and swapped, the same ones each time."""
    chance = random.Random(seed)
    whole = [build() for build in (*mails.SOURCE_KINDS.values(), mails.reply, mails.auto_reply)]
    for number in range(count):
        yield f"mutation {number} of seed {seed}", mutated(bytearray(chance.choice(whole)), chance)


_TRICKS = (
    b"\0",
    b"\r",
    b"\n",
    b"\r\n\r\n",
    b"=?utf-8?b?",
    b"?=",
    b'"',
    b"<",
    b">",
    b"(",
    b"--",
    b"=-oefening-0",
    b";",
    b"\xff",
    b"\xe2\x80\xae",
    b"charset=utf-16",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Type: multipart/mixed\r\n",
)


def mutated(data: bytearray, chance: random.Random) -> bytes:
    """`data` after one to twenty small accidents."""
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + chance.randint(1, 80)]
            case 2:
                data[at:at] = chance.choice(_TRICKS)
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 200)]
            case _:
                other = chance.randrange(len(data) + 1)
                data[at : at + 30], data[other : other + 30] = data[other : other + 30], data[at : at + 30]
    return bytes(data)


def each(mutations_wanted: int = 2000) -> Iterator[tuple[str, bytes]]:
    """Everything: the table, the truncations, and so many mutations."""
    for name, build in TABLE.items():
        yield name, build()
    yield from truncations()
    yield from mutations(mutations_wanted)
