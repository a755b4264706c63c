"""The message as it goes over the wire: built once, read back for the preview, never able to carry a header in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from django.conf import settings

from .models import Outgoing


class _Folding(EmailPolicy):
    """The library's own folding of a subject loses spaces between encoded words (Python 3.11); `Header` does not."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        charset = "us-ascii" if value.isascii() else "utf-8"
        folded = Header(str(value), charset, header_name=name, maxlinelen=76).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


WIRE = _Folding(linesep="\r\n", cte_type="7bit", max_line_length=76)
"""CRLF and seven bits: no server is asked for an extension, and none has a bare line feed to mend."""
KINDS = {".ics": "calendar", ".txt": "plain"}
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63})*")
_FILE_NAME = re.compile(r"[\w][\w .()-]{0,80}")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class BadAddress(ValueError):
    """Not one plain mail address; nothing can be sent to it."""


@dataclass(frozen=True)
class Letter:
    """What a wire hands over: envelope and bytes (lines end in CRLF, the last one too; dots not yet doubled)."""

    sender: str
    to: str
    message_id: str
    data: bytes


def address(written: str) -> str:
    """One plain address (RFC 5321 dot-string at a domain), with the domain in ASCII. Raises BadAddress.

    Quoted local parts, display names, lists and addresses that need SMTPUTF8 are refused: a person can mend them.
    """
    local, at, domain = written.strip().rpartition("@")
    try:
        plain = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError as error:
        raise BadAddress from error
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(plain):
        raise BadAddress
    return f"{local}@{plain}"


def one_line(text: str) -> str:
    """A subject line without line ends or other control characters."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def file_name(written: str) -> str:
    """A name that can stand in a header. Raises ValueError."""
    if not _FILE_NAME.fullmatch(written):
        raise ValueError("a file name of an attachment holds letters, digits, spaces and . ( ) - _ only")
    return written


def message_of(mail: Outgoing) -> EmailMessage:
    """Headers, text and attachments; the Message-ID is the same whenever it is sent. Raises ValueError."""
    message = EmailMessage(policy=WIRE)
    message["From"] = settings.MELDROUTE_MAIL_FROM
    message["To"] = address(mail.to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = mail.message_id
    if mail.reply_token:
        name, _, domain = settings.MELDROUTE_MAIL_FROM.rpartition("@")
        message["Reply-To"] = f"{name}+{mail.reply_token}@{domain}"
    # Asks Exchange not to answer with "I am on holiday": such an answer would come in as a mail about the signal.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if settings.MELDROUTE_PRACTICE:
        message["X-Meldroute-Oefening"] = "ja"
    message.set_content(mail.body)
    for name, text in mail.attachments.items():
        _attach(message, file_name(name), text)
    return message


def _attach(message: EmailMessage, name: str, text: str) -> None:
    """A text file; a calendar file says in its type what it asks (RFC 6047 §2.4)."""
    kind = next((told for ending, told in KINDS.items() if name.endswith(ending)), "plain")
    method = _METHOD.search(text) if kind == "calendar" else None
    params = {"method": method[1]} if method else None
    message.add_attachment(text, subtype=kind, filename=name, params=params)


def letter_of(mail: Outgoing) -> Letter:
    """What goes over the wire. Raises ValueError when it cannot be written."""
    data = message_of(mail).as_bytes()
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    return Letter(settings.MELDROUTE_MAIL_FROM, address(mail.to), mail.message_id, whole)


@dataclass(frozen=True)
class Seen:
    """What a receiver reads."""

    sender: str
    subject: str
    text: str
    attachments: tuple[str, ...] = ()
    reply_to: str = ""


def as_received(data: bytes) -> Seen:
    """The bytes of a letter, read as the receiver's mail program reads them."""
    message = message_from_bytes(data, policy=SMTP)
    body = message.get_body(("plain",))
    return Seen(
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        text=str(body.get_content()).replace("\r\n", "\n") if body else "",
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
        reply_to=str(message["Reply-To"] or ""),
    )


def preview(mail: Outgoing) -> Seen:
    """What the receiver will read, through the same code that sends. Raises ValueError."""
    return as_received(letter_of(mail).data)
