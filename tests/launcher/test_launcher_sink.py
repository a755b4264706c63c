"""The practice mail server, spoken to by smtplib as Django does, and by a rude client."""

import smtplib
import socket
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from launcher_clones import wait_until

from launcher import mailsink, network


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sink") / "verzonden"


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    opened = network.listening(0)
    assert opened is not None
    with opened:
        number = opened.fileno()
        process = subprocess.Popen(mailsink.program(number, folder), pass_fds=(number,))
        yield network.port_of(opened)
        process.terminate()
        assert process.wait(10) == 0


@pytest.fixture(autouse=True)
def emptied(folder: Path) -> Iterator[None]:
    yield
    for path in folder.glob("*"):
        path.unlink()


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def test_it_is_known_by_its_greeting(port: int) -> None:
    wait_until(lambda: mailsink.greets(port))
    other = network.listening(0)
    assert other is not None
    other.close()
    assert not mailsink.greets(network.free_port())


def test_a_mail_is_kept_byte_for_byte_with_its_envelope(port: int, folder: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Uw melding"
    message["Message-ID"] = "<a1@oefen.example>"
    message.set_content(".begint met een punt\n..twee\ncafé\n")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message, "meldpunt@oefen.example", ["een@voorbeeld.nl", "twee@voorbeeld.nl"])
    (mail,) = kept(folder)
    assert mail.startswith(
        b"Return-Path: <meldpunt@oefen.example>\r\n"
        b"Delivered-To: een@voorbeeld.nl\r\nDelivered-To: twee@voorbeeld.nl\r\n"
    )
    assert b"Message-ID: <a1@oefen.example>\r\n" in mail
    assert b"\r\n.begint met een punt\r\n..twee\r\n" in mail


def test_two_mails_over_one_connection(port: int, folder: Path) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(2):
            server.sendmail("a@oefen.example", ["b@voorbeeld.nl"], f"Subject: {number}\r\n\r\nx\r\n")
    assert [b"Subject: %d" % number in mail for number, mail in enumerate(kept(folder))] == [True, True]


def test_addresses_outside_ascii(port: int, folder: Path) -> None:
    message = EmailMessage()
    message.set_content("x")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message, "zoë@voorbeeld.nl", ["b@voorbeeld.nl"], mail_options=["SMTPUTF8"])
    assert "Return-Path: <zoë@voorbeeld.nl>".encode() in kept(folder)[0]


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"\x00\xff\r\n",
        b"DATA\r\n",
        b"MAIL FROM:<a@b>\r\nDATA\r\n",
        b"RCPT TO:<a@b>\r\n",
        b"MAIL FROM:a\r\nRCPT TO:<a@b>\r\nDATA\r\n",
        b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: afgebroken\r\n",
        b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRSET\r\nDATA\r\n",
    ],
)
def test_half_a_mail_is_no_mail_and_stops_nothing(port: int, folder: Path, words: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(words)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1000):
            pass
    assert kept(folder) == []
    assert mailsink.greets(port)


def test_too_large_is_refused_after_it_was_read(port: int, folder: Path) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server, pytest.raises(smtplib.SMTPDataError, match="552"):
        server.sendmail("a@oefen.example", ["b@voorbeeld.nl"], b"x" * 998 + b"\r\n" + (b"y" * 998 + b"\r\n") * 40_100)
    assert kept(folder) == []
