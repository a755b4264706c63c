"""Invented Dutch mails for tests and practice. Names, addresses and events do not exist.

Each builder gives the raw bytes with CRLF line ends; equal arguments give equal bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

FOOTER = "Oefenbericht: verzonnen gegevens, geen echte melding."
MELDPUNT = "postbus-veiligheid@heemstede.oefen.example"
WHEN = "Mon, 09 Feb 2026 10:15:00 +0100"
TOKEN = "mr-" + "a2b3c4d5e6f7g2h3i4j5k6l7m2"


def mail(
    subject: str,
    text: str,
    *,
    sender: str = "Jan de Oefenaar <jan@inwoner.example>",
    to: str = MELDPUNT,
    when: str = WHEN,
    number: int = 1,
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    """A plain text mail that marks itself as practice."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = when
    message["Message-ID"] = f"<oefening-{number}@oefen.example>"
    message["X-Meldroute-Oefening"] = "ja"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(f"{text}\n\n-- \n{FOOTER}\n", cte="8bit")
    return message


def raw(message: EmailMessage) -> bytes:
    """The bytes as they travel, with boundaries that do not change from run to run."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=-oefening-{number}")
    return message.as_bytes()


def citizen(number: int = 1) -> bytes:
    """A resident about a house; plain text."""
    text = (
        "Goedemiddag,\n\nBij Voorbeeldstraat 12 (2101 AA) komen elke avond andere mensen. Ik hoor vaak geschreeuw.\n"
        "Gisteren vroeg een jonge vrouw mij om hulp, maar zij durfde niet verder te praten.\n\nGroet,\nJan"
    )
    return raw(mail("Zorgen over een huis in de Voorbeeldstraat", text, number=number))


def citizen_anonymous(number: int = 2) -> bytes:
    """Somebody who does not want to be known; no name, no date."""
    message = mail(
        "melding", "Er klopt iets niet bij Oefenlaan 3a. Ik wil niet dat mijn naam bekend wordt.",
        sender="iemand123@post.example", number=number,
    )  # fmt: skip
    del message["Date"]
    return raw(message)


def prostitution_team(number: int = 3) -> bytes:
    """Bestuurlijk Team Prostitutie, in HTML with a plain alternative."""
    message = mail(
        "Bevinding controle 5 februari 2026",
        "Tijdens een controle op 5 februari 2026 aan de Testkade 8 sprak een vrouw over schulden bij haar chauffeur.",
        sender="Team Prostitutie <team@btp.oefen.example>",
        number=number,
    )
    message.add_alternative(
        "<html><head><style>p {color: red}</style><script>alert(1)</script></head><body>"
        "<p>Tijdens een controle op <b>5 februari 2026</b> aan de Testkade 8 sprak een vrouw over schulden.</p>"
        '<p><a href="https://oefen.example/dossier">dossier</a><img src="https://volg.example/p.gif" alt=""></p>'
        f"<p>{FOOTER}</p></body></html>",
        subtype="html",
    )
    return raw(message)


def care(number: int = 4) -> bytes:
    """A care partner with a PDF and a Word file."""
    message = mail(
        "Vermoeden arbeidsuitbuiting",
        "Een cliënt werkt zeven dagen per week in een keuken aan het Proefplein 4 en krijgt geen loon.",
        sender="HVO Oefening <zorgcoordinatie@hvo-querido.oefen.example>",
        number=number,
    )
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="verslag cliënt.pdf")
    message.add_attachment(
        docx(),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="aantekeningen.docx",
    )
    return raw(message)


def enforcement(number: int = 5) -> bytes:
    """A handhaver of the municipality with a photo that holds EXIF."""
    message = mail(
        "Foto pand Oefenlaan 21",
        "Vanmorgen gezien bij Oefenlaan 21: acht matrassen op de vloer, ramen afgeplakt.",
        sender="H. Andhaver <handhaving@heemstede.oefen.example>",
        number=number,
    )
    message.add_attachment(jpeg_with_exif(), maintype="image", subtype="jpeg", filename="IMG_0001.jpg")
    return raw(message)


def official(number: int = 6) -> bytes:
    """A colleague who forwards the mail of a resident as Outlook does, in the text."""
    text = (
        "Ter info, kwam bij ons binnen.\n\nGroet, Loket\n\n"
        "Van: Petra Voorbeeld <petra@inwoner.example>\n"
        "Verzonden: zondag 8 februari 2026 21:40\nAan: Loket <loket@heemstede.oefen.example>\n"
        "Onderwerp: vraag over mijn buren\n\n"
        "Mijn buren op Proefplein 7 laten een meisje van 16 jaar het hele huishouden doen. Zij gaat niet naar school."
    )
    sender = "Loket Voorbeeld <loket@heemstede.oefen.example>"
    return raw(mail("FW: vraag over mijn buren", text, sender=sender, number=number))


def police(number: int = 7) -> bytes:
    """The police, with a number of ours in the subject."""
    return raw(
        mail(
            "Uw kenmerk HS-2026-0001",
            "Graag contact over het pand aan de Testkade 8.",
            sender="Team Mensenhandel <mensenhandel@politie.oefen.example>",
            number=number,
        )
    )


def other_partner(number: int = 8) -> bytes:
    """The GGD, which sends the original mail along as a file."""
    message = mail(
        "Doorgestuurd: zorgen van een huurder",
        "Zie bijlage.",
        sender="GGD Oefening <meldingen@ggd.oefen.example>",
        number=number,
    )
    inner = mail(
        "Overbewoning", "Er slapen twaalf mensen in Oefenlaan 99.", sender="huurder@inwoner.example", number=90
    )
    message.add_attachment(inner, filename="Overbewoning.eml")
    return raw(message)


def auto_reply(number: int = 9) -> bytes:
    """An absence notice."""
    headers = {"Auto-Submitted": "auto-replied", "Precedence": "bulk", "Return-Path": "<>"}
    return raw(mail("Automatisch antwoord: uw bericht", "Ik ben er niet.", number=number, headers=headers))


def reply(token: str = TOKEN, number: int = 10) -> bytes:
    """An answer to a mail of ours, joined by its token."""
    headers = {
        "In-Reply-To": f"<{token}.1@heemstede.oefen.example>",
        "References": f"<{token}.1@heemstede.oefen.example>",
    }
    to = f"postbus-veiligheid+{token}@heemstede.oefen.example"
    return raw(mail("Re: Uw bericht", "Nog iets: de auto is grijs.", to=to, number=number, headers=headers))


SOURCE_KINDS: dict[str, Callable[[], bytes]] = {
    "citizen": citizen,
    "citizen_anonymous": citizen_anonymous,
    "prostitution_team": prostitution_team,
    "care": care,
    "enforcement": enforcement,
    "official": official,
    "police": police,
    "other_partner": other_partner,
}
"""A builder for each source kind that mails (MMA has its own channel)."""


def of_size(size: int, number: int = 11) -> bytes:
    """A mail of exactly `size` bytes with one large attachment in base64."""
    boundary = b"=-groot"
    head = (
        b"From: Groot Bestand <groot@inwoner.example>\r\nSubject: Grote bijlage\r\n"
        b"To: " + MELDPUNT.encode() + b"\r\n"
        b"Date: " + WHEN.encode() + b"\r\nMessage-ID: <oefening-%d@oefen.example>\r\n" % number
        + b"X-Meldroute-Oefening: ja\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n'
        b"--" + boundary + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZie bijlage.\r\n"
        + FOOTER.encode() + b"\r\n--" + boundary + b"\r\nContent-Type: application/octet-stream\r\n"
        b'Content-Disposition: attachment; filename="opname.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )  # fmt: skip
    tail = b"\r\n--" + boundary + b"--\r\n"
    room = size - len(head) - len(tail)
    lines = (b"QUJD" * 19 + b"\r\n") * (room // 78)
    return head + lines + b"A" * (room - len(lines)) + tail


def just_under() -> bytes:
    """24.9 MB: is taken."""
    return of_size(int(24.9 * 1024 * 1024))


def too_large() -> bytes:
    """26 MB: stays in the box, with a line for a person."""
    return of_size(26 * 1024 * 1024)


def pdf() -> bytes:
    """A small PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Author(Oefenaar)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def docx() -> bytes:
    """The beginnings of a Word file: a zip with the names that such a file has."""
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def zip_of(members: dict[str, bytes]) -> bytes:
    """A stored zip, written by hand so that its bytes never change."""
    body, index = b"", b""
    for name, data in members.items():
        coded = name.encode()
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(coded), 0)
        index += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        index += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + coded
        body += b"PK\x03\x04" + fields + coded + data
    count = len(members)
    return body + index + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(body), 0)


def jpeg_with_exif() -> bytes:
    """A JPEG head with an EXIF block that names a camera and a place."""
    exif = b"Exif\0\0II*\0\x08\0\0\0" + b"Oefencamera Voorbeeldstraat 12"
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xd9"
