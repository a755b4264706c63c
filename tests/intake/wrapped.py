"""One body in everything that it may come in: what a scanner looks into, what it cannot, and what is ordinary.

Archives for which Python has no writer are written by hand, without packing.
"""

from __future__ import annotations

import binascii
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

import pikepdf

from domain import old_office_files
from domain.bare_files import rtf
from intake import mails

Build = Callable[[bytes], bytes]
NAME = "proef.com"
ODT = b"application/vnd.oasis.opendocument.text"


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packed.getvalue()


def tar(body: bytes, mode: str = "w", name: str = NAME) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo(name)
        member.size = len(body)
        archive.addfile(member, io.BytesIO(body))
    return packed.getvalue()


def seven(body: bytes) -> bytes:
    """7z, its file as it is; for bodies under 128 bytes."""
    size, crc = bytes([len(body)]), struct.pack("<I", zlib.crc32(body))
    name = NAME.encode("utf-16-le") + b"\0\0"
    streams = (
        b"\x06\0\x01\x09" + size + b"\0" + b"\x07\x0b\x01\0\x01\x01\0\x0c" + size + b"\x0a\x01" + crc + b"\0\x08\0\0"
    )
    head = b"\x01\x04" + streams + b"\x05\x01\x11" + bytes([len(name) + 1]) + b"\0" + name + b"\0\0"
    start = struct.pack("<QQI", len(body), len(head), zlib.crc32(head))
    return b"7z\xbc\xaf\x27\x1c\0\x04" + struct.pack("<I", zlib.crc32(start)) + start + body + head


def rar(body: bytes, name: str = NAME) -> bytes:
    """RAR 4, its file as it is."""
    told = struct.pack("<IIBIIBBHI", len(body), len(body), 2, zlib.crc32(body), 0x5C485800, 20, 0x30, len(name), 0x20)
    file = b"\x74" + struct.pack("<HH", 0x8000, 7 + len(told) + len(name)) + told + name.encode()
    blocks = [b"\x73\0\0\x0d\0" + bytes(6), file, b"\x7b\0\x40\x07\0"]
    main, kept, end = (struct.pack("<H", zlib.crc32(block) & 0xFFFF) + block for block in blocks)
    return b"Rar!\x1a\x07\0" + main + kept + body + end


def cpio(body: bytes) -> bytes:
    def member(name: bytes, data: bytes) -> bytes:
        fields = (1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name + b"\0"
        return head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)

    return member(NAME.encode(), body) + member(b"TRAILER!!!", b"")


def message(body: bytes, name: str = NAME) -> EmailMessage:
    made = mails.mail("Bijlage", "Zie de bijlage")
    made.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    return made


def in_mail(body: bytes) -> bytes:
    return mails.raw(message(body))


def in_mail_in_mail(body: bytes) -> bytes:
    outer = mails.mail("Doorgestuurd", "Zie de mail")
    outer.add_attachment(message(body), filename="Bijlage.eml")
    return mails.raw(outer)


def in_ten_mails(body: bytes) -> bytes:
    made = message(body)
    for _ in range(9):
        outer = mails.mail("Doorgestuurd", "Zie de mail")
        outer.add_attachment(made, filename="Bijlage.eml")
        made = outer
    return mails.raw(made)


def in_uuencoded_text(body: bytes) -> bytes:
    lines = b"".join(binascii.b2a_uu(body[at : at + 45]) for at in range(0, len(body), 45))
    return mails.raw(mails.mail("Bijlage", f"begin 644 {NAME}\n{lines.decode()}`\nend"))


def pdf(body: bytes, *, password: str = "", **options: object) -> bytes:
    """As every usual programme writes it: the file packed, behind a list of its properties."""
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments[NAME] = pikepdf.AttachedFileSpec(made, body)
    kept = io.BytesIO()
    made.save(kept, encryption=pikepdf.Encryption(user=password, owner="x") if password else None, **options)
    return kept.getvalue()


def pdf_note(body: bytes) -> bytes:
    """A note in the margin with a file, its place written in the page itself and without a type."""
    made = pikepdf.new()
    made.add_blank_page()
    file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=NAME, EF=pikepdf.Dictionary(F=made.make_stream(body)))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file)
    made.pages[0].Annots = pikepdf.Array([note])
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def docx(body: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/embeddings/1.bin": body})


def odt(body: bytes, manifest: bytes = b"<manifest/>") -> bytes:
    return zipped({"mimetype": ODT, "content.xml": b"<x/>", "META-INF/manifest.xml": manifest, "Object 1": body})


def with_password(files: bytes) -> bytes:
    """The same zip, whose first file says that it is encrypted."""
    raw = bytearray(files)
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def wrapped_office(body: bytes) -> bytes:
    """A document of Office 2007 and later with a password."""
    kept = {"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>", "EncryptedPackage": body * 99}
    return old_office_files.compound(kept)


def enveloped(body: bytes) -> bytes:
    """The beginning of what S/MIME makes of it."""
    inner = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x82\x01\0" + bytes(256)
    return b"\x30\x82" + struct.pack(">H", len(inner)) + inner


def sealed_mail(body: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "jan@inwoner.example", "Vertrouwelijk"
    made.set_content(enveloped(body), maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    return made.as_bytes()


def armoured(body: bytes) -> bytes:
    return b"-----BEGIN PGP MESSAGE-----\n\n" + binascii.b2a_base64(body[::-1]) + b"-----END PGP MESSAGE-----\n"


LOOKED_INTO: dict[str, Build] = {
    "as it is": lambda body: body,
    "zip": lambda body: zipped({NAME: body}),
    "zip behind a script": lambda body: b"#!/bin/sh\n" * 9 + zipped({NAME: body}),
    "zip behind a photo": lambda body: mails.jpeg_with_exif() + zipped({NAME: body}),
    "zip behind a PDF": lambda body: mails.pdf() + zipped({NAME: body}),
    "zip in a zip by another name": lambda body: zipped({"a.dat": zipped({NAME: body})}),
    "mail": in_mail,
    "mail in a mail": in_mail_in_mail,
    "zip in a mail in a mail": lambda body: in_mail_in_mail(zipped({NAME: body})),
    "uuencoded in a mail": in_uuencoded_text,
    "Word": docx,
    "OpenDocument": odt,
    "PDF": pdf,
    "PDF, not packed": lambda body: pdf(body, compress_streams=False),
    "PDF, its lists packed": lambda body: pdf(body, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "PDF, at a note": pdf_note,
    "PDF in a PDF": lambda body: pdf(pdf(body)),
    "zip in a PDF": lambda body: pdf(zipped({NAME: body})),
    "PDF in a mail": lambda body: in_mail(pdf(body)),
    "PDF in a zip": lambda body: zipped({"a": pdf(body)}),
    "PDF in a mail in a zip": lambda body: zipped({"a": in_mail(pdf(body))}),
}
"""Found by the scanner, or by it in what we take out for it."""
KEPT_BACK: dict[str, Build] = {
    "zip in a zip": lambda body: zipped({"a.zip": zipped({NAME: body})}),
    "zip with a password": lambda body: with_password(zipped({NAME: body})),
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda body: lzma.compress(body, lzma.FORMAT_ALONE),
    "tar": tar,
    "tar.gz": lambda body: tar(body, "w:gz"),
    "tar.bz2": lambda body: tar(body, "w:bz2"),
    "tar.xz": lambda body: tar(body, "w:xz"),
    "cpio": cpio,
    "7z": seven,
    "RAR": rar,
    "RAR behind a photo": lambda body: mails.jpeg_with_exif() + rar(body),
    "RAR behind a program": lambda body: b"MZ" + bytes(2000) + rar(body),
    "RAR in a zip": lambda body: zipped({"a.rar": rar(body)}),
    "RAR in a tar": lambda body: tar(rar(body)),
    "RAR in a mail": lambda body: in_mail(rar(body)),
    "RAR in a mail in a mail": lambda body: in_mail_in_mail(rar(body)),
    "RAR in a PDF": lambda body: pdf(rar(body)),
    "PDF with a password": lambda body: pdf(body, password="geheim"),
    "RAR in a zip by another name": lambda body: zipped({"a.dat": rar(body)}),
    "RAR in Word": lambda body: docx(rar(body)),
    "ten mails in each other": in_ten_mails,
    "Word with a password": wrapped_office,
    "Word of 97 with a password": lambda _: old_office_files.compound(old_office_files.word(0x0300)),
    "Excel of 97 with a password": lambda _: old_office_files.compound(
        old_office_files.sheets(old_office_files.record(0x2F, bytes(54)))
    ),
    "OpenDocument with a password": lambda body: odt(body[::-1], b"<manifest><encryption-data/></manifest>"),
    "S/MIME": sealed_mail,
    "PGP": armoured,
    "PGP in a mail": lambda body: in_mail(armoured(body)),
}
"""Refused because nobody can look into it, or not surely; whatever a scanner says."""
ORDINARY: dict[str, Callable[[], bytes]] = {
    "text": lambda: b"gewone tekst over [Rar! en 7z",
    "mail": lambda: in_mail_in_mail(b"gewone tekst"),
    "signed mail": lambda: mails.raw(
        message(b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80", "smime.p7s")
    ),
    "PDF": lambda: pdf(b"gewone tekst"),
    "PDF of invoices": lambda: pdf(zipped({"factuur.xml": b"<x/>"})),
    "PDF that does not open": mails.pdf,
    "photo": mails.jpeg_with_exif,
    "zip": lambda: zipped({"map/notitie.txt": b"tekst"}),
    "docx": lambda: docx(b"gewoon"),
    "odt": lambda: odt(b"gewoon"),
    "doc": lambda: old_office_files.compound(old_office_files.word()),
    "xls": lambda: old_office_files.compound(old_office_files.sheets()),
    "ppt": lambda: old_office_files.compound(old_office_files.slides()),
    "rtf": lambda: rtf(mails.jpeg_with_exif()),
    "key": lambda: b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----\n",
}
