"""What is understood of an ordinary mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake import mails
from meldroute.intake.message import Address, Problem, Reading, read
from meldroute.intake.message.addresses import addresses
from meldroute.intake.message.filenames import safe_name
from meldroute.intake.message.headers import decode_words, parameters
from meldroute.intake.message.sniff import runs, sniff
from meldroute.intake.message.text import html_to_text


def with_header(line: str, body: str = "tekst") -> Reading:
    return read(f"From: jan@inwoner.example\r\n{line}\r\n\r\n{body}\r\n".encode())


def codes(reading: Reading) -> set[Problem]:
    return {noted.problem for noted in reading.problems}


def test_a_plain_mail() -> None:
    reading = read(mails.citizen())
    assert reading.subject == "Zorgen over een huis in de Voorbeeldstraat"
    assert reading.sender == Address("Jan de Oefenaar", "jan@inwoner.example")
    assert reading.to == (Address("", mails.MELDPUNT),)
    assert reading.date == datetime(2026, 2, 9, 9, 15, tzinfo=UTC)
    assert reading.message_id == "<oefening-1@oefen.example>"
    assert reading.text.startswith("Goedemiddag,\n\nBij Voorbeeldstraat 12")
    assert (reading.parts, reading.problems, reading.receipt_possible) == ((), (), True)


def test_of_html_and_plain_the_plain_text_is_taken() -> None:
    reading = read(mails.prostitution_team())
    assert not reading.from_html
    assert "Testkade 8" in reading.text
    assert "<p>" not in reading.text
    assert reading.parts == ()


def test_html_alone_becomes_text_without_scripts_styles_or_pictures() -> None:
    plain = mails.prostitution_team().partition(b"Content-Type: text/html")
    reading = read(b"From: a@b.example\r\nContent-Type: text/html" + plain[2].rpartition(b"--=-oefening-0--")[0])
    assert reading.from_html
    assert "dossier (https://oefen.example/dossier)" in reading.text
    for word in ("alert", "color", "volg.example", "<"):
        assert word not in reading.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>een</p><p>twee</p>", "een\n\ntwee"),
        ("een<br>twee", "een\ntwee"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("<a href='https://x.example/'>https://x.example</a>", "https://x.example"),
        ("<a href='javascript:alert(1)'>klik</a>", "klik"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "  a  b"),
        ("&eacute;&euro;&#233;&lt;b&gt;", "é€é<b>"),
        ("1 < 2 en 3 > 2", "1 < 2 en 3 > 2"),
        ("loon <minimum", "loon <minimum"),
        ('<img src="https://x.example/p.gif" alt="kaart">', " kaart"),
        ("<!-- weg -->hier<!-- weg", "hier"),
        ("<STYLE>p{}</STYLE><title>t</title>x", "x"),
        ('<p title="a>b">c</p>', "c"),
    ],
)
def test_html_to_text(source: str, text: str) -> None:
    assert html_to_text(source) == text


def test_files_keep_their_bytes_and_get_their_type_from_them() -> None:
    document, office = read(mails.care()).parts
    assert (document.filename, document.sniffed, document.data) == (
        "verslag cliënt.pdf",
        "application/pdf",
        mails.pdf(),
    )
    assert office.sniffed.endswith("wordprocessingml.document")
    assert office.data == mails.docx()
    (photo,) = read(mails.enforcement()).parts
    assert photo.data == mails.jpeg_with_exif()


def test_a_mail_sent_along_is_read_too_and_its_writer_proposed() -> None:
    reading = read(mails.other_partner())
    (part,) = reading.parts
    assert part.sniffed == "message/rfc822"
    assert part.nested is not None
    assert "Oefenlaan 99" in part.nested.text
    assert reading.forwarded is not None
    assert (reading.forwarded.sender.address, reading.forwarded.attached) == ("huurder@inwoner.example", True)


def test_a_mail_sent_on_in_the_text_proposes_its_writer() -> None:
    forwarded = read(mails.official()).forwarded
    assert forwarded is not None
    assert forwarded.sender == Address("Petra Voorbeeld", "petra@inwoner.example")
    assert (forwarded.subject, forwarded.attached) == ("vraag over mijn buren", False)


@pytest.mark.parametrize(
    "block",
    [
        "---------- Forwarded message ---------\nVan: Petra <petra@inwoner.example>\nDate: ma 9 feb\nSubject: x\nTo: y",
        "Begin doorgestuurd bericht:\n\n> Van: petra@inwoner.example\n> Onderwerp: x\n> Datum: 9 februari\n",
        "-------- Doorgestuurd bericht --------\nOnderwerp: \tx\nVan: \tPetra [mailto:petra@inwoner.example]\n"
        "Datum: ma\nAan: y",
        "*From:* Petra <petra@inwoner.example>\n*Sent:* Monday\n*To:* z\n*Subject:* x",
    ],
)
def test_the_ways_mail_programs_forward(block: str) -> None:
    forwarded = with_header("Subject: Fwd: x", f"Zie hieronder.\n\n{block}\n\ntekst").forwarded
    assert forwarded is not None
    assert forwarded.sender.address == "petra@inwoner.example"


def test_a_reply_that_quotes_is_not_a_forward() -> None:
    block = "Ja.\n\nVan: Meldpunt <meldpunt@voorbeeld.nl>\nVerzonden: maandag\nAan: Jan\nOnderwerp: Uw bericht"
    assert with_header("Subject: RE: Uw bericht", block).forwarded is None


def test_only_the_token_joins_a_thread() -> None:
    assert read(mails.reply()).tokens == (mails.TOKEN,)
    numbered = read(mails.police())
    assert (numbered.tokens, numbered.named) == ((), ("HS-2026-0001",))
    assert with_header("Subject: x", f"<{mails.TOKEN}.1@voorbeeld.nl>").tokens == ()
    assert with_header(f"Subject: {mails.TOKEN}").tokens == ()
    assert with_header(f"X-Original-To: meldpunt+{mails.TOKEN.upper()}@voorbeeld.nl").tokens == (mails.TOKEN,)


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ("Auto-Submitted: auto-replied", "generated"),
        ("Auto-Submitted: auto-generated; x=y", "generated"),
        ("X-Auto-Response-Suppress: All", "generated"),
        ("Subject: Automatisch antwoord: Uw bericht", "generated"),
        ("Subject: Out of office", "generated"),
        ("Precedence: bulk", "mailing_list"),
        ("List-Id: <nieuws.voorbeeld.nl>", "mailing_list"),
        ("List-Unsubscribe: <mailto:weg@voorbeeld.nl>", "mailing_list"),
        ("Return-Path: <>", "null_sender"),
        ("Content-Type: multipart/report; boundary=b", "bounce"),
        ("X-Failed-Recipients: x@y.example", "bounce"),
    ],
)
def test_no_receipt_to_machines(line: str, flag: str) -> None:
    reading = with_header(line)
    assert getattr(reading.automatic, flag)
    assert not reading.receipt_possible


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@x.example", "no-reply@x.example", "noreply@x.example", "postmaster@x.nl"]
)
def test_no_receipt_to_an_address_without_a_person(sender: str) -> None:
    reading = read(f"From: {sender}\r\n\r\nx".encode())
    assert reading.automatic.nobody
    assert not reading.receipt_possible


@pytest.mark.parametrize("line", ["Auto-Submitted: no", "Subject: Mijn automatische poort", "Precedence: first-class"])
def test_mail_of_people_is_not_automatic(line: str) -> None:
    assert with_header(line).receipt_possible


@pytest.mark.parametrize("line", ["From: b@elders.example", "X-Leeg: x\r\nFrom: c@elders.example"])
def test_no_receipt_when_there_are_several_senders(line: str) -> None:
    reading = with_header(line)
    assert Problem.SEVERAL_SENDERS in codes(reading)
    assert not reading.receipt_possible


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Mon, 09 Feb 2026 10:15:00 +0100", datetime(2026, 2, 9, 9, 15, tzinfo=UTC)),
        ("9 Feb 2026 10:15:00 -0000", datetime(2026, 2, 9, 10, 15, tzinfo=UTC)),
        ("Sun, 26 Oct 2025 02:30:00 +0100", datetime(2025, 10, 26, 1, 30, tzinfo=UTC)),
        ("Mon, 09 Feb 1970 10:15:00 +0100", None),
        ("Sat, 14 Feb 2026 10:15:00 +0100", None),
        ("Mon, 31 Feb 2026 10:15:00 +0100", None),
        ("gisteren", None),
        ("", None),
    ],
)
def test_dates(value: str, day: datetime | None) -> None:
    reading = read(f"Date: {value}\r\n\r\nx".encode(), received=datetime(2026, 2, 10, tzinfo=UTC))
    assert reading.date == day
    assert reading.date_doubtful == (day is None)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("jan@x.example", [("", "jan@x.example")]),
        ("Jan <Jan@X.Example>", [("Jan", "Jan@x.example")]),
        ('"Oefenaar, Jan" <jan@x.example>, b@y.example', [("Oefenaar, Jan", "jan@x.example"), ("", "b@y.example")]),
        ("jan@x.example (Jan (de) Oefenaar)", [("", "jan@x.example")]),
        ('"ceo@politie.example" <boef@x.example>', [("ceo@politie.example", "boef@x.example")]),
        ("=?utf-8?q?Ren=C3=A9=2C_x?= <r@x.example>", [("René, x", "r@x.example")]),
        ("Groep: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("alleen een naam", [("alleen een naam", "")]),
        ("jan@x..example", [("", "")][:0]),
        ("<>", []),
        ("jan@x.example)boef@y.example", [("boef@y.example", "jan@x.example")]),
    ],
)
def test_addresses(value: str, found: list[tuple[str, str]]) -> None:
    assert [(each.display, each.address) for each in addresses(value)] == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?b?w6k=?=", "é"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?utf-8?b?ww==?= =?utf-8?b?qQ==?=", "é"),
        ("a =?iso-8859-1?q?=E9_b?= c", "a é b c"),
        ("=?windows-1252?q?=80?=", "€"),
        ("=?klingon?q?x?=", "x"),
        ("=?utf-8*nl?q?x?=", "x"),
        ("gewoon", "gewoon"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename*=utf-8''caf%C3%A9.pdf", "café.pdf"),
        ("attachment; filename*0=lang; filename*1=.pdf", "lang.pdf"),
        ("attachment; filename*0*=utf-8''caf%C3; filename*1*=%A9.pdf", "café.pdf"),
        ("attachment; filename=x.pdf; filename*=utf-8''y.pdf", "y.pdf"),
    ],
)
def test_parameters(value: str, name: str) -> None:
    assert parameters(value) == ("attachment", parameters(value)[1] | {"filename": name})


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\map\\foto.jpg", "foto.jpg"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\0b\nc.pdf", "ab c.pdf"),
        ("con.txt", "_con.txt"),
        ("...", "bijlage-2.pdf"),
        ("", "bijlage-2.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (" .verborgen ", "verborgen"),
    ],
)
def test_names_of_files(given: str, safe: str) -> None:
    assert safe_name(given, "application/pdf", 2) == safe


@pytest.mark.parametrize(
    ("data", "kind", "dangerous"),
    [
        (b"%PDF-1.7", "application/pdf", False),
        (b"MZ\x90", "application/vnd.microsoft.portable-executable", True),
        (b"<svg xmlns='x'><script/></svg>", "image/svg+xml", True),
        (b"  <!DOCTYPE html><p>x", "text/html", True),
        (b"[InternetShortcut]\r\nURL=x", "application/x-url-shortcut", True),
        (b"\x4c\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut", True),
        (mails.zip_of({"a.txt": b"x"}), "application/zip", False),
        (mails.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
        (
            mails.zip_of({"[Content_Types].xml": b"x", "word/vbaProject.bin": b"x"}),
            "application/vnd.ms-office.macro-enabled",
            True,
        ),
        (b"gewone tekst", "text/plain", False),
        (b"\0\1\2\3", "application/octet-stream", False),
        (b"", "application/x-empty", False),
        (b"GIF89a<script>alert(1)</script>", "image/gif", False),
        (b"\0\0\0\x18ftypheic", "image/heic", False),
    ],
)
def test_types_by_content(data: bytes, kind: str, dangerous: bool) -> None:
    assert sniff(data) == kind
    assert runs("x", kind) == dangerous


def test_a_name_that_promises_something_else_is_noted() -> None:
    line = "Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=foto.jpg"
    reading = with_header(line, "MZ\x90 programma")
    assert {Problem.OTHER_TYPE, Problem.RUNS} <= codes(reading)
    assert {noted.where for noted in reading.problems if noted.problem is Problem.RUNS} == {"foto.jpg"}
    assert not reading.parts[0].fits_name


def test_encrypted_mail_needs_a_hand() -> None:
    reading = with_header("Content-Type: application/pkcs7-mime; name=smime.p7m", "MIAG")
    assert Problem.ENCRYPTED in codes(reading)
    assert reading.needs_hand
    assert reading.parts[0].filename == "smime.p7m"


def test_every_problem_has_a_dutch_line_of_its_own() -> None:
    lines = [problem.text for problem in Problem]
    assert len(set(lines)) == len(lines)
    assert all(line.endswith(".") for line in lines)
