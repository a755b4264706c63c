"""What every mailbox gives, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from ...domain.term import gettext_noop

LIMIT = 25 * 1024 * 1024
"""Largest mail that is fetched whole, in bytes; of a larger one only the headers are read."""

HEADER_LIMIT = 64 * 1024
"""Bytes of headers kept of a mail that is too large."""


class Trouble(StrEnum):
    """Why a found mail comes without its raw bytes."""

    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    STILL_ARRIVING = "still_arriving"


TROUBLE_TEXT = {
    Trouble.TOO_LARGE: gettext_noop("Deze mail is groter dan 25 MB en blijft in de postbus staan."),
    Trouble.UNREADABLE: gettext_noop("Deze mail kon niet uit de postbus worden gelezen."),
    Trouble.STILL_ARRIVING: gettext_noop("Deze mail is nog niet helemaal binnen."),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One mail in the box.

    `ref` says where it lies now (progress only, never its identity; ASCII, at most 120 characters).
    `raw` is None when the mail is `known` already or when there is `trouble`.
    `size` is in bytes, as far as the box tells. `headers` is the header block of a mail that is too large.
    """

    ref: str
    raw: bytes | None = None
    size: int = 0
    headers: bytes = b""
    known: bool = False
    trouble: Trouble | None = None

    @property
    def left(self) -> bool:
        """True when the mail stays for a later look: unreadable now, or still arriving."""
        return self.trouble in (Trouble.UNREADABLE, Trouble.STILL_ARRIVING)

    @property
    def trouble_text(self) -> str:
        """The Dutch line for `trouble` (a msgid), or an empty string."""
        return TROUBLE_TEXT[self.trouble] if self.trouble else ""


class MailboxUnavailable(Exception):
    """The box cannot be read now. `text` is a Dutch msgid; it never holds a password or mail content."""

    def __init__(self, text: str, **values: object) -> None:
        self.text = text
        self.values = values
        super().__init__(text % values)


Known = Callable[[Sequence[str]], Collection[str]]
"""Which of these refs were taken before, as the caller's ledger says."""


def nothing_known(refs: Sequence[str]) -> Collection[str]:
    """The ledger of somebody who has read nothing yet."""
    return ()


class Mailbox(Protocol):
    """A box with mail. Use it as a context manager, or call `close`."""

    def new(self, known: Known = nothing_known) -> Iterator[Found]:
        """Every mail in the box, one at a time, oldest first.

        `known` is asked once for all that lies there, and again for each before it is fetched: another reader may
        have been first. A known one comes as `Found(known=True)` without bytes, so that the caller can call `done`
        again after a crash. Raises MailboxUnavailable only.
        """

    def done(self, ref: str, *, stays: bool = False) -> bool:
        """Mark or move a mail that the caller has committed; `stays` marks it but leaves it in the box.

        Gives False when the mail is not there any more or has changed. Raises MailboxUnavailable only.
        """

    def close(self) -> None:
        """Let go of the connection. Never raises."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing:
    """Makes a mailbox usable in a `with` statement."""

    def close(self) -> None:
        """Nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
