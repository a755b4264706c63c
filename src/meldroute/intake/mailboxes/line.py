"""One connection to an IMAP server: log in, list, fetch, mark, move.

The standard imaplib is used as it is: the libraries around it parse what they fetch (and stumble over it)
or expunge the whole folder when they set a flag, which would remove mail of colleagues.
"""

from __future__ import annotations

import base64
import hashlib
import imaplib
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from .address import MailboxAddress, Security
from .box import HEADER_LIMIT, MailboxUnavailable
from .texts import CERTIFICATE, FOLDER, LOGIN, NO_STARTTLS

KEYWORD = "$MeldrouteVerwerkt"
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]{0,60})"')
_FLAGS = re.compile(rb"\bFLAGS \(([^)]{0,4000})\)")
_QUOTED = re.compile(rb'BODY\[[A-Z]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"')

Answer = tuple[str, list[object]]


class LineLost(Exception):
    """The connection broke or gave no sense; try again on a new one."""


@dataclass(frozen=True)
class Item:
    """One mail in the folder; `stamp` tells it from a later mail with the same number, `marked`: it has our keyword."""

    validity: int
    uid: int
    size: int
    stamp: str
    marked: bool = False

    @property
    def ref(self) -> str:
        """`imap:UIDVALIDITY:UID:size:stamp`."""
        return f"imap:{self.validity}:{self.uid}:{self.size}:{self.stamp}"


class _Bounded(imaplib.IMAP4):
    """Refuses a literal that is larger than was asked for, before it is read."""

    most = 0

    def read(self, size: int) -> bytes:
        """`size` bytes from the server."""
        if self.most and size > self.most:
            raise self.abort("literal larger than asked")
        return super().read(size)


class _BoundedTls(_Bounded, imaplib.IMAP4_SSL):
    pass


class ImapLine:
    """A connection that is logged in and has the folder selected."""

    def __init__(self, address: MailboxAddress, *, timeout: float, limit: int) -> None:
        """Raises LineLost when it may help to try again, MailboxUnavailable when not."""
        self._address = address
        self._limit = limit
        try:
            self._client = self._connect(timeout)
        except ssl.SSLCertVerificationError as error:
            raise MailboxUnavailable(CERTIFICATE, host=address.host) from error
        except Exception as error:  # whatever stands there is no mail server that answers now
            raise LineLost from error
        try:
            self._client.most = max(limit, HEADER_LIMIT) + 1
            self._secure()
            self._login()
            self.validity = self._select()
        except (LineLost, MailboxUnavailable):
            self.close()
            raise

    def _connect(self, timeout: float) -> _Bounded:
        at = self._address
        if at.security is Security.TLS:
            return _BoundedTls(at.host, at.port, ssl_context=self._context(), timeout=timeout)
        return _Bounded(at.host, at.port, timeout)

    def _secure(self) -> None:
        offered = "STARTTLS" in self._client.capabilities
        if self._address.security is Security.STARTTLS and not offered:
            raise MailboxUnavailable(NO_STARTTLS, host=self._address.host)
        if not offered or self._address.security in (Security.PLAIN, Security.TLS):
            return
        try:
            self._client.starttls(self._context())
        except ssl.SSLCertVerificationError as error:
            raise MailboxUnavailable(CERTIFICATE, host=self._address.host) from error
        except Exception as error:
            raise LineLost from error

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._address.ca_file or None)
        if self._address.security is Security.LOCAL and not self._address.ca_file:
            # Loopback, where plain would be accepted too: unchecked encryption is never worse than none.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _login(self) -> None:
        user, password = self._address.user, self._address.password
        try:
            if (user + password).isascii():
                self._client.login(user, password)
            else:
                self._client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
            self._capabilities = self._client.capability()[1]
        except imaplib.IMAP4.abort as error:
            raise LineLost from error
        except imaplib.IMAP4.error as error:
            if "UNAVAILABLE" in str(error) or "INUSE" in str(error):
                raise LineLost from None
            raise MailboxUnavailable(LOGIN, host=self._address.host) from None
        except Exception as error:
            raise LineLost from error

    def _select(self) -> int:
        kind, data = self._ask(lambda: self._client.select(encode_folder(self._address.folder)))
        if kind != "OK":
            raise MailboxUnavailable(FOLDER, folder=self._address.folder)
        self._exists = int(data[0]) if isinstance(data[0], bytes) and data[0].isdigit() else 1
        _, answer = self._ask(lambda: self._client.response("UIDVALIDITY"))
        value = answer[0] if answer else None
        return int(value) if isinstance(value, bytes) and value.isdigit() else 0

    def refresh(self) -> None:
        """Look again at what is in the folder."""
        self.validity = self._select()

    def items(self) -> list[Item]:
        """Everything in the folder, in the order of its numbers."""
        if not self._exists:
            return []
        _, data = self._ask(lambda: self._client.uid("FETCH", "1:*", "(UID FLAGS RFC822.SIZE INTERNALDATE)"))
        found = [self._item(part) for part in data if isinstance(part, bytes)]
        return sorted((item for item in found if item), key=lambda item: item.uid)

    def _item(self, part: bytes) -> Item | None:
        uid, size, date = _UID.search(part), _SIZE.search(part), _DATE.search(part)
        if not uid or not size:
            return None
        stamp = hashlib.sha256(date[1] if date else b"").hexdigest()[:12]
        flags = _FLAGS.search(part)
        marked = flags is not None and KEYWORD.encode() in flags[1].split()
        return Item(self.validity, int(uid[1]), int(size[1]), stamp, marked)

    def raw(self, uid: int) -> bytes | None:
        """The mail itself, at most one byte more than the limit; None when it is there no more."""
        return self._fetch(uid, f"BODY.PEEK[]<0.{self._limit + 1}>")

    def headers(self, uid: int) -> bytes:
        """The first part of its headers."""
        return self._fetch(uid, f"BODY.PEEK[HEADER]<0.{HEADER_LIMIT}>") or b""

    def _fetch(self, uid: int, what: str) -> bytes | None:
        kind, data = self._ask(lambda: self._client.uid("FETCH", str(uid), f"(UID {what})"))
        for part in data if kind == "OK" else []:
            if isinstance(part, tuple) and b"BODY[" in part[0]:
                return bytes(part[1])
            if isinstance(part, bytes) and (quoted := _QUOTED.search(part)):
                return re.sub(rb"\\(.)", rb"\1", quoted[1])
        self._ask(self._client.noop)
        if self._there(uid):
            raise Refused
        return None

    def _there(self, uid: int) -> bool:
        _, data = self._ask(lambda: self._client.uid("FETCH", str(uid), "(UID)"))
        return any(isinstance(part, bytes) and _UID.search(part) for part in data)

    def mark(self, uid: int) -> bool:
        """Set our keyword, for the eyes of people; False when the mail is gone. Not every server has keywords."""
        self._ask(lambda: self._client.uid("STORE", str(uid), "+FLAGS", f"({KEYWORD})"))
        return self._there(uid)

    def move(self, uid: int, folder: str) -> bool:
        """Move to `folder`, made when needed. Without MOVE or UIDPLUS: only marked, since a plain EXPUNGE
        would also remove what colleagues have marked as deleted."""
        if not self._there(uid):
            return False
        if self._can("MOVE"):
            return self._to("MOVE", uid, folder)
        if not self._can("UIDPLUS"):
            return self.mark(uid)
        if not self._to("COPY", uid, folder):
            return False
        self._ask(lambda: self._client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)"))
        return self._ask(lambda: self._client.uid("EXPUNGE", str(uid)))[0] == "OK"

    def _to(self, verb: str, uid: int, folder: str) -> bool:
        name = encode_folder(folder)
        kind, data = self._ask(lambda: self._client.uid(verb, str(uid), name))
        if kind != "OK" and any(isinstance(part, bytes) and b"TRYCREATE" in part for part in data):
            self._ask(lambda: self._client.create(name))
            kind, data = self._ask(lambda: self._client.uid(verb, str(uid), name))
        return kind == "OK"

    def _can(self, capability: str) -> bool:
        words = b" ".join(part for part in self._capabilities if isinstance(part, bytes))
        return capability.encode() in words.upper().split()

    def _ask(self, question: Callable[[], tuple[str, object]]) -> Answer:
        try:
            kind, data = question()
        except imaplib.IMAP4.abort as error:
            raise LineLost from error
        except imaplib.IMAP4.error:
            return "BAD", []
        except Exception as error:  # a garbled answer breaks imaplib in more ways than it has names for
            raise LineLost from error
        return kind, list(data) if isinstance(data, list) else []

    def close(self) -> None:
        """Say goodbye when it can be done, and let go."""
        with suppress(Exception):
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()


class Refused(Exception):
    """The server is there but does not give this one mail."""


def encode_folder(name: str) -> str:
    """A folder name quoted and in modified UTF-7 (RFC 3501 §5.1.3)."""
    parts = re.split(r"([^\x20-\x7e]+)", name)
    coded = "".join(_shifted(part) if at % 2 else part.replace("&", "&-") for at, part in enumerate(parts))
    return '"' + coded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(part: str) -> str:
    coded = base64.b64encode(part.encode("utf-16-be", "replace")).decode().rstrip("=")
    return f"&{coded.replace('/', ',')}-"
