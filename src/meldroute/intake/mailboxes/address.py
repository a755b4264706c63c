"""The address of a mailbox as one line: imaps://…, imap://… or maildir:PATH."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from ...domain.term import gettext_noop


class Security(StrEnum):
    """How the line to the server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"
    LOCAL = "local"
    """Loopback without a stated choice: STARTTLS when the server has it, plain when it has not."""


PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143, Security.LOCAL: 143}

UNKNOWN_SCHEME = gettext_noop("Een postbus begint met imaps://, imap:// of maildir:.")
NO_HOST = gettext_noop("In het adres van de postbus ontbreekt de server.")
NO_LOGIN = gettext_noop("In het adres van de postbus ontbreekt de gebruikersnaam of het wachtwoord.")
BAD_PORT = gettext_noop("De poort in het adres van de postbus is geen geldig getal.")
BAD_OPTION = gettext_noop("Onbekende instelling in het adres van de postbus: %(option)s.")
BAD_CHARACTER = gettext_noop("In het adres van de postbus staat een teken dat niet mag.")
BAD_CA = gettext_noop("Het bestand met het certificaat van de mailserver bestaat niet.")
NO_PATH = gettext_noop("Na maildir: hoort de map met mail.")
PLAIN_REFUSED = gettext_noop(
    "Zonder versleuteling mag alleen een mailserver op deze computer worden gelezen."
    " Gebruik imaps://, of imap:// zonder security=plain."
)
PRACTICE_REFUSED = gettext_noop("In de oefenstand mag alleen een mailserver op deze computer worden gelezen.")


class MailboxAddressInvalid(ValueError):
    """The line is no address of a mailbox. `text` is a Dutch msgid; the line itself is never repeated."""

    def __init__(self, text: str, **values: object) -> None:
        self.text = text
        self.values = values
        super().__init__(text % values)


@dataclass(frozen=True, kw_only=True)
class MailboxAddress:
    """Where a mailbox is. `path` is set for a Maildir, everything else for IMAP.

    `done_folder`: IMAP folder to which finished mails move; empty: they stay and get a keyword.
    `ca_file`: certificate of an own certificate authority.
    """

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    security: Security = Security.TLS
    done_folder: str = ""
    ca_file: str = ""
    path: Path | None = None

    @classmethod
    def parse(cls, line: str, *, practice: bool = False) -> Self:
        """The address in `line`. Raises MailboxAddressInvalid with a Dutch line.

        `practice`: the installation is for practice, so only loopback and Maildir are allowed.
        """
        scheme, _, rest = line.strip().partition(":")
        if scheme == "maildir":
            return cls._maildir(rest)
        if scheme not in ("imap", "imaps"):
            raise MailboxAddressInvalid(UNKNOWN_SCHEME)
        return cls._imap(_split(line.strip()), practice=practice)

    @classmethod
    def _maildir(cls, rest: str) -> Self:
        path = rest.removeprefix("//")
        if not path or "\0" in path:
            raise MailboxAddressInvalid(NO_PATH)
        return cls(path=Path(path).expanduser())

    @classmethod
    def _imap(cls, url: SplitResult, *, practice: bool) -> Self:
        options = _options(url)
        host = url.hostname or ""
        security = _security(url.scheme, host, options.get("security", ""))
        if practice and not is_loopback(host):
            raise MailboxAddressInvalid(PRACTICE_REFUSED)
        address = cls(
            host=host,
            port=_port(url) or PORTS[security],
            user=unquote(url.username or ""),
            password=unquote(url.password or ""),
            folder=unquote(url.path.strip("/")) or "INBOX",
            security=security,
            done_folder=options.get("done", ""),
            ca_file=options.get("ca", ""),
        )
        address._refuse_what_cannot_be()
        return address

    def _refuse_what_cannot_be(self) -> None:
        if not self.host:
            raise MailboxAddressInvalid(NO_HOST)
        if not self.user or not self.password:
            raise MailboxAddressInvalid(NO_LOGIN)
        if not (self.user + self.password + self.folder + self.done_folder).isprintable():
            raise MailboxAddressInvalid(BAD_CHARACTER)
        if self.ca_file and not Path(self.ca_file).is_file():
            raise MailboxAddressInvalid(BAD_CA)

    @property
    def practice_allowed(self) -> bool:
        """True when an installation for practice may read this box."""
        return self.path is not None or is_loopback(self.host)

    def __str__(self) -> str:
        """The address without the password, fit for a screen or a log."""
        if self.path is not None:
            return f"maildir:{self.path}"
        scheme = "imaps" if self.security is Security.TLS else "imap"
        return f"{scheme}://{self.user}@{self.host}:{self.port}/{self.folder}"


def is_loopback(host: str) -> bool:
    """True for localhost and the loopback addresses; a name is never looked up."""
    if host in ("localhost", "ip6-localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(line: str) -> SplitResult:
    if not line.isprintable():
        raise MailboxAddressInvalid(BAD_CHARACTER)
    try:
        return urlsplit(line)
    except ValueError:
        raise MailboxAddressInvalid(NO_HOST) from None


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError:
        raise MailboxAddressInvalid(BAD_PORT) from None


def _options(url: SplitResult) -> dict[str, str]:
    options = {name: values[-1] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
    for name in options:
        if name not in ("security", "done", "ca"):
            raise MailboxAddressInvalid(BAD_OPTION, option=name[:20])
    return options


def _security(scheme: str, host: str, asked: str) -> Security:
    if asked not in ("", "plain", "starttls", "tls"):
        raise MailboxAddressInvalid(BAD_OPTION, option="security")
    if asked == "plain" and not is_loopback(host):
        raise MailboxAddressInvalid(PLAIN_REFUSED)
    if scheme == "imaps":
        return Security.TLS
    if asked:
        return Security(asked)
    return Security.LOCAL if is_loopback(host) else Security.STARTTLS
