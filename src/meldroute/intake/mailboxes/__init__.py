"""The meldpunt's mailbox: over IMAP, as a Maildir or folder, or in memory.

Reading changes nothing in the box. What is new is decided by the caller's own ledger (`known`), never by
the \\Seen flag; `done` marks or moves a mail only after the caller has committed it.
"""

from __future__ import annotations

from .address import MailboxAddress, MailboxAddressInvalid, Security
from .box import LIMIT, Found, Mailbox, MailboxUnavailable, Trouble, nothing_known
from .imap import ImapMailbox
from .maildir import MaildirMailbox
from .memory import MemoryMailbox

__all__ = [
    "LIMIT",
    "Found",
    "ImapMailbox",
    "Mailbox",
    "MailboxAddress",
    "MailboxAddressInvalid",
    "MailboxUnavailable",
    "MaildirMailbox",
    "MemoryMailbox",
    "Security",
    "Trouble",
    "nothing_known",
    "open_mailbox",
]


def open_mailbox(address: MailboxAddress) -> Mailbox:
    """The box at `address`; no connection is made before it is read."""
    if address.path is not None:
        return MaildirMailbox(address.path)
    return ImapMailbox(address)
