"""What was read of one mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .addresses import Address
from .automatic import Automatic
from .forwarded import Forwarded
from .problem import Noted, Problem


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file in the mail.

    `filename` is safe to show and store. `declared` is the type that the sender gave, `sniffed` the type by
    content; only `sniffed` may be trusted. `inline`: shown inside the text by its sender. `nested`: what was
    read of a mail that was sent along as a file.
    """

    filename: str
    declared: str
    sniffed: str
    data: bytes = field(repr=False)
    inline: bool = False
    content_id: str = ""
    fits_name: bool = True
    runs: bool = False
    nested: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A mail as it was understood. Every text is plain: no control characters, no HTML.

    `date` is aware, in UTC, or None when it is missing or cannot be. `tokens` are the thread tokens that join
    the mail to a thread of ours; `named` are reference numbers in the subject, a proposal only.
    """

    subject: str = ""
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    automatic: Automatic = field(default_factory=Automatic)
    text: str = field(default="", repr=False)
    from_html: bool = False
    parts: tuple[Part, ...] = ()
    forwarded: Forwarded | None = None
    problems: tuple[Noted, ...] = ()

    @property
    def needs_hand(self) -> bool:
        """True when a person must look at the source, because not all of it could be read."""
        return any(noted.problem.hand for noted in self.problems)

    @property
    def receipt_possible(self) -> bool:
        """False for automatic, list and null senders, and without exactly one usable sender."""
        several = any(noted.problem is Problem.SEVERAL_SENDERS for noted in self.problems)
        return bool(self.sender and self.sender.address) and not several and not self.automatic

    @property
    def date_doubtful(self) -> bool:
        """True when the date is missing, unreadable or cannot be."""
        return any(noted.problem is Problem.BAD_DATE for noted in self.problems)
