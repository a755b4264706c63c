"""The IMAP box against a real Dovecot, over lines that break."""

from __future__ import annotations

import contextlib
import imaplib
import itertools
import socket
import ssl
import threading
from typing import BinaryIO

import pytest

from intake import mails
from intake.cutting import CuttingProxy
from intake.dovecot import Dovecot, free_port
from meldroute.intake.mailboxes import ImapMailbox, MailboxAddress, MailboxUnavailable, Trouble
from meldroute.intake.mailboxes.line import KEYWORD, ImapLine, encode_folder

NAMES = itertools.count(1)
mark = ImapLine.mark


def user() -> str:
    return f"lezer{next(NAMES)}@voorbeeld.nl"


def opened(url: str, tries: int = 5) -> ImapMailbox:
    return ImapMailbox(MailboxAddress.parse(url), timeout=5, pauses=(0.0,) * tries)


def test_seen_is_neither_read_nor_set(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1), flags=r"(\Seen)")
    dovecot.deliver(who, mails.citizen(2))
    with opened(dovecot.url(who)) as box:
        assert len(list(box.new())) == 2
    first, second = dovecot.flags(who)
    assert r"\Seen" in first
    assert r"\Seen" not in second


def test_done_is_a_keyword_and_removes_nothing(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1), mails.citizen(2))
    dovecot.deliver(who, mails.citizen(3), flags=r"(\Deleted)")  # a colleague's, not yet expunged
    with opened(dovecot.url(who)) as box:
        found = list(box.new())
        assert box.done(found[0].ref)
    flags = dovecot.flags(who)
    assert [KEYWORD in each for each in flags] == [True, False, False]


def test_what_was_marked_before_is_not_marked_again_at_every_look(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox that keeps its mails grows for years; a look at it must not."""
    who, asked = user(), []
    dovecot.deliver(who, *(mails.citizen(number) for number in range(3)))
    for count in (3, 0):
        with monkeypatch.context() as patched, opened(dovecot.url(who)) as box:
            patched.setattr(ImapLine, "mark", lambda line, uid: asked.append(uid) or mark(line, uid))
            assert [box.done(found.ref) for found in box.new(lambda refs: refs)] == [True] * 3
        assert len(asked) == count
        asked.clear()
    with opened(dovecot.url(who, options="?done=Klaar")) as box:  # somebody chose a folder since
        assert [box.done(found.ref) for found in box.new(lambda refs: refs)] == [True] * 3
    assert len(dovecot.flags(who, "Klaar")) == 3


def test_done_moves_only_what_is_done(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1), mails.citizen(2))
    dovecot.deliver(who, mails.citizen(3), flags=r"(\Deleted)")
    with opened(dovecot.url(who, options="?done=Verwerkt%20%26%20klaar%20%C3%A9")) as box:
        first = next(iter(box.new()))
        assert box.done(first.ref)
        assert not box.done(first.ref + "0")
        assert len(list(box.new())) == 2
    assert len(dovecot.flags(who, encode_folder("Verwerkt & klaar é"))) == 1


def test_the_folder_of_the_address_is_read(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1))
    dovecot.deliver(who, mails.citizen(2), folder="Meldpunt")
    with opened(dovecot.url(who, folder="Meldpunt")) as box:
        assert [each.raw for each in box.new()] == [mails.citizen(2)]


def test_a_folder_made_anew_is_read_anew(dovecot: Dovecot) -> None:
    """UIDVALIDITY changes: every ref is another, so the ledger sees the bytes again and finds them equal."""
    who = user()
    seen: list[tuple[str, bytes | None]] = []
    for _ in range(2):
        dovecot.deliver(who, mails.citizen(1), folder="Wissel")
        with opened(dovecot.url(who, folder="Wissel")) as box:
            known = {ref for ref, _ in seen}
            seen += [(each.ref, each.raw) for each in box.new(known.intersection)]
        client = dovecot.client(who)
        client.delete("Wissel")
        client.logout()
    assert [raw for _, raw in seen] == [mails.citizen(1)] * 2
    assert seen[0][0] != seen[1][0]


def test_done_after_the_folder_was_made_anew_touches_nothing(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1))
    with opened(dovecot.url(who)) as box:
        ref = next(iter(box.new())).ref
        kind, validity, rest = ref.split(":", 2)
        assert not box.done(f"{kind}:{int(validity) + 1}:{rest}")
    assert KEYWORD not in dovecot.flags(who)[0]


def test_a_mail_removed_by_somebody_else_is_passed_over(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, *(mails.citizen(number) for number in range(3)))
    with opened(dovecot.url(who)) as box:
        reading = box.new()
        first = next(reading)
        client = dovecot.client(who)
        client.select("INBOX")
        client.store("2", "+FLAGS", r"(\Deleted)")
        client.expunge()
        client.logout()
        assert [first.raw, *(each.raw for each in reading)] == [mails.citizen(0), mails.citizen(2)]


def test_25_mb_is_taken_and_26_mb_shows_its_headers(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.just_under(), mails.too_large())
    with opened(dovecot.url(who)) as box:
        small, large = list(box.new())
    assert small.raw == mails.just_under()
    assert large.trouble is Trouble.TOO_LARGE
    assert large.raw is None
    assert b"Grote bijlage" in large.headers


@pytest.mark.parametrize("at", [0, 1, 30, 200, 400, 800, 1000, 1200, 1400, 1600, 2000, 2600, 3200])
def test_a_line_cut_at_any_byte_loses_nothing(dovecot: Dovecot, at: int) -> None:
    who = user()
    sent = [mails.citizen(number) for number in range(4)]
    dovecot.deliver(who, *sent)
    with CuttingProxy(dovecot.port, lambda number: at if number == 0 else None) as proxy:
        with opened(dovecot.url(who, port=proxy.port)) as box:
            found = list(box.new())
        assert proxy.connections >= 2
    assert sorted(each.raw or b"" for each in found) == sorted(sent)


def test_a_mail_that_always_breaks_the_line_does_not_stop_the_others(dovecot: Dovecot) -> None:
    who = user()
    dovecot.deliver(who, mails.citizen(1), mails.of_size(60_000), mails.citizen(2), mails.citizen(3))
    with CuttingProxy(dovecot.port, lambda _: 30_000) as proxy, opened(dovecot.url(who, port=proxy.port)) as box:
        found = list(box.new())
    assert [each.raw for each in found[:3]] == [mails.citizen(1), mails.citizen(2), mails.citizen(3)]
    assert (found[3].trouble, found[3].left, found[3].raw) == (Trouble.UNREADABLE, True, None)


def test_a_server_that_always_hangs_up_is_given_up(dovecot: Dovecot) -> None:
    with CuttingProxy(dovecot.port, lambda _: 0) as proxy:
        with opened(dovecot.url(user(), port=proxy.port), tries=3) as box, pytest.raises(MailboxUnavailable):
            list(box.new())
        assert proxy.connections == 4


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE nee\r\n", b"\xff" * 5000, b"* OK\r\n"]
)
def test_a_server_that_talks_nonsense_is_unavailable(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer, args=(listener, answer), daemon=True).start()
        url = f"imap://jan:oefenen@127.0.0.1:{listener.getsockname()[1]}/INBOX"
        box = ImapMailbox(MailboxAddress.parse(url), timeout=0.3, pauses=(0.0,))
        with pytest.raises(MailboxUnavailable):
            list(box.new())


def _answer(listener: socket.socket, answer: bytes) -> None:
    with contextlib.suppress(OSError):
        while True:
            line, _ = listener.accept()
            line.sendall(answer)
            line.close()


def test_a_closed_port_names_the_server_and_not_the_password() -> None:
    url = f"imap://jan:geheim123@127.0.0.1:{free_port()}/INBOX"
    with pytest.raises(MailboxUnavailable, match=r"De mailserver 127\.0\.0\.1 is niet te bereiken") as caught:
        list(ImapMailbox(MailboxAddress.parse(url), pauses=(0.0,)).new())
    assert "geheim123" not in str(caught.value)


def test_a_wrong_password_is_said_at_once(dovecot: Dovecot) -> None:
    url = f"imap://jan:fout@127.0.0.1:{dovecot.port}/INBOX"
    with pytest.raises(MailboxUnavailable, match="weigert de gebruikersnaam of het wachtwoord"):
        list(ImapMailbox(MailboxAddress.parse(url), sleep=_never).new())


def _never(seconds: float) -> None:
    raise AssertionError("no second attempt was expected")


def test_a_folder_that_does_not_exist_is_named(dovecot: Dovecot) -> None:
    with opened(dovecot.url(user(), folder="Nergens")) as box, pytest.raises(MailboxUnavailable, match="Nergens"):
        list(box.new())


def test_a_certificate_that_nobody_vouches_for_is_refused(dovecot_tls: Dovecot) -> None:
    box = opened(dovecot_tls.url(user(), options="?security=starttls"))
    with pytest.raises(MailboxUnavailable, match="certificaat"):
        list(box.new())


def test_encryption_that_was_asked_for_is_never_left_out(dovecot: Dovecot) -> None:
    box = opened(dovecot.url(user(), options="?security=starttls"))
    with pytest.raises(MailboxUnavailable, match="biedt geen versleuteling aan"):
        list(box.new())


def test_loopback_without_a_choice_is_encrypted_when_the_server_can(dovecot_tls: Dovecot) -> None:
    who = user()
    dovecot_tls.deliver(who, mails.citizen(1))
    with (
        CuttingProxy(dovecot_tls.port, lambda _: None) as proxy,
        opened(dovecot_tls.url(who, port=proxy.port)) as box,
    ):
        assert [each.raw for each in box.new()] == [mails.citizen(1)]
        assert isinstance(box._line._client.sock, ssl.SSLSocket)


def test_a_literal_larger_than_asked_is_not_read() -> None:
    """A server that announces 10 GB: the line is given up before a byte of it is taken in."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_recite, args=(listener,), daemon=True).start()
        url = f"imap://jan:oefenen@127.0.0.1:{listener.getsockname()[1]}/INBOX?security=plain"
        box = ImapMailbox(MailboxAddress.parse(url), timeout=2, pauses=(0.0, 0.0, 0.0))
        assert [each.trouble for each in box.new()] == [Trouble.UNREADABLE]


def _recite(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            line, _ = listener.accept()
            with line, line.makefile("rb") as asked:
                line.sendall(b"* OK hier\r\n")
                _play(line, asked)


def _play(line: socket.socket, asked: BinaryIO) -> None:
    """Answers each command with the tag that the reader used."""
    for words in iter(asked.readline, b""):
        tag, command = words.split()[:2]
        if command == b"CAPABILITY":
            line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK klaar\r\n")
        elif command == b"LOGOUT":
            line.sendall(b"* BYE\r\n" + tag + b" OK klaar\r\n")
            return
        elif command == b"LOGIN":
            line.sendall(tag + b" OK klaar\r\n")
        elif command == b"SELECT":
            line.sendall(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n" + tag + b" OK klaar\r\n")
        elif b"BODY" in words:
            line.sendall(b"* 1 FETCH (UID 1 BODY[]<0> {9999999999}\r\n")
        else:
            line.sendall(b'* 1 FETCH (UID 1 RFC822.SIZE 9 INTERNALDATE "x")\r\n' + tag + b" OK klaar\r\n")


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("INBOX", '"INBOX"'),
        ("A&B", '"A&-B"'),
        ("één", '"&AOkA6Q-n"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("台北", '"&U,BTFw-"'),
    ],
)
def test_folder_names_travel_in_modified_utf7(name: str, coded: str) -> None:
    assert encode_folder(name) == coded


def test_imaplib_knows_the_commands_that_are_used() -> None:
    assert {"MOVE", "EXPUNGE", "CAPABILITY", "STARTTLS"} <= set(imaplib.Commands)
