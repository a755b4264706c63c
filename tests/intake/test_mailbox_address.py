"""One line says where the mailbox is; what is unsafe is refused in plain Dutch."""

from __future__ import annotations

from pathlib import Path

import pytest

from meldroute.intake.mailboxes import (
    ImapMailbox,
    MailboxAddress,
    MailboxAddressInvalid,
    MaildirMailbox,
    Security,
    open_mailbox,
)


@pytest.mark.parametrize(
    ("line", "host", "port", "security"),
    [
        ("imaps://jan:x@mail.voorbeeld.nl/INBOX", "mail.voorbeeld.nl", 993, Security.TLS),
        ("imaps://jan:x@mail.voorbeeld.nl:1993", "mail.voorbeeld.nl", 1993, Security.TLS),
        ("imap://jan:x@mail.voorbeeld.nl/INBOX", "mail.voorbeeld.nl", 143, Security.STARTTLS),
        ("imap://jan:x@mail.voorbeeld.nl?security=tls", "mail.voorbeeld.nl", 993, Security.TLS),
        ("imap://jan:x@127.0.0.1:9143/INBOX", "127.0.0.1", 9143, Security.LOCAL),
        ("imap://jan:x@localhost", "localhost", 143, Security.LOCAL),
        ("imap://jan:x@[::1]:9143", "::1", 9143, Security.LOCAL),
        ("imap://jan:x@127.0.0.1?security=plain", "127.0.0.1", 143, Security.PLAIN),
        ("imap://jan:x@127.0.0.1?security=starttls", "127.0.0.1", 143, Security.STARTTLS),
    ],
)
def test_how_the_line_is_protected(line: str, host: str, port: int, security: Security) -> None:
    address = MailboxAddress.parse(line)
    assert (address.host, address.port, address.security) == (host, port, security)


def test_names_and_passwords_may_hold_anything() -> None:
    address = MailboxAddress.parse(
        "imaps://jan%40x.nl:a%2Fb%3Ac%40%25@mail.voorbeeld.nl/Meldpunt%20nieuw?done=Klaar%2F2026"
    )
    assert (address.user, address.password) == ("jan@x.nl", "a/b:c@%")
    assert (address.folder, address.done_folder) == ("Meldpunt nieuw", "Klaar/2026")


def test_the_password_is_never_shown() -> None:
    address = MailboxAddress.parse("imaps://jan:geheim123@mail.voorbeeld.nl/INBOX")
    assert str(address) == "imaps://jan@mail.voorbeeld.nl:993/INBOX"
    assert "geheim123" not in f"{address!r} {address}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "begint met imaps://"),
        ("pop3://jan:x@mail.voorbeeld.nl", "begint met imaps://"),
        ("imaps:///INBOX", "ontbreekt de server"),
        ("imaps://[::1", "ontbreekt de server"),
        ("imaps://mail.voorbeeld.nl", "ontbreekt de gebruikersnaam"),
        ("imaps://jan@mail.voorbeeld.nl", "ontbreekt de gebruikersnaam of het wachtwoord"),
        ("imaps://jan:x@mail.voorbeeld.nl:99999", "poort"),
        ("imaps://jan:x@mail.voorbeeld.nl:abc", "poort"),
        ("imaps://jan:x%0d%0aLOGOUT@mail.voorbeeld.nl", "teken dat niet mag"),
        ("imaps://jan:x@mail.voorbeeld.nl/IN\tBOX", "teken dat niet mag"),
        ("imaps://jan:x@mail.voorbeeld.nl?tls=uit", "Onbekende instelling"),
        ("imaps://jan:x@mail.voorbeeld.nl?security=geen", "Onbekende instelling"),
        ("imaps://jan:x@mail.voorbeeld.nl?ca=/bestaat/niet.pem", "certificaat"),
        ("imap://jan:x@mail.voorbeeld.nl?security=plain", "Zonder versleuteling"),
        ("imap://jan:x@10.0.0.1?security=plain", "Zonder versleuteling"),
        ("imap://jan:x@127.0.0.1.voorbeeld.nl?security=plain", "Zonder versleuteling"),
        ("maildir:", "hoort de map"),
    ],
)
def test_refused_with_a_clear_line(line: str, says: str) -> None:
    with pytest.raises(MailboxAddressInvalid, match=says):
        MailboxAddress.parse(line)


@pytest.mark.parametrize("line", ["imaps://jan:x@mail.voorbeeld.nl", "imap://jan:x@192.168.1.2"])
def test_practice_reads_this_machine_only(line: str) -> None:
    with pytest.raises(MailboxAddressInvalid, match="oefenstand"):
        MailboxAddress.parse(line, practice=True)
    assert not MailboxAddress.parse(line).practice_allowed


@pytest.mark.parametrize("line", ["imap://jan:x@127.0.0.1:9143", "imaps://jan:x@localhost", "maildir:/oefenen/mail"])
def test_practice_may_read_what_is_here(line: str) -> None:
    assert MailboxAddress.parse(line, practice=True).practice_allowed


def test_a_maildir_is_a_path(tmp_path: Path) -> None:
    address = MailboxAddress.parse(f"maildir:{tmp_path}")
    assert address.path == tmp_path
    assert MailboxAddress.parse(f"maildir://{tmp_path}").path == tmp_path
    assert isinstance(open_mailbox(address), MaildirMailbox)
    assert isinstance(open_mailbox(MailboxAddress.parse("imaps://jan:x@mail.voorbeeld.nl")), ImapMailbox)
