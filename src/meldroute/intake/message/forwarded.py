"""Who wrote a mail before a colleague sent it on: a proposal, never more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .addresses import Address, addresses
from .charsets import one_line

_SUBJECT = re.compile(r"\s*(fw|fwd|doorst|doorgestuurd|tr|wg)\s*:", re.IGNORECASE)
_FORWARD_BANNER = re.compile(r"(doorgestuurd bericht|forwarded message)", re.IGNORECASE)
_FIELD = re.compile(
    r"[>\s*_]{0,20}(van|from|verzonden|datum|sent|date|aan|to|cc|onderwerp|subject)\s{0,3}:[*_ \t]*(.*)",
    re.IGNORECASE,
)
_ENGLISH = {
    "van": "from",
    "verzonden": "date",
    "datum": "date",
    "sent": "date",
    "aan": "to",
    "onderwerp": "subject",
}
_LINES = 2_000


@dataclass(frozen=True)
class Forwarded:
    """The mail inside: proposed sender, subject and date as text. `attached`: it came as a file."""

    sender: Address
    subject: str = ""
    date_text: str = ""
    attached: bool = False


def forwarded_inline(subject: str, text: str) -> Forwarded | None:
    """The first block of header lines in a text that says it was sent on; None for an ordinary reply."""
    lines = text.split("\n", _LINES)[:_LINES]
    by_subject = bool(_SUBJECT.match(subject))
    banner = False
    for at, line in enumerate(lines):
        banner = banner or bool(_FORWARD_BANNER.search(line[:200]))
        if not (by_subject or banner):
            continue
        found = _block(lines, at)
        if found:
            return found
    return None


def _block(lines: list[str], at: int) -> Forwarded | None:
    """The block that begins at line `at` with Van: or From:, when at least two more fields follow."""
    first = _FIELD.match(lines[at][:500])
    if not first or first[1].lower() not in ("van", "from"):
        return None
    values: dict[str, str] = {"from": first[2]}
    for line in lines[at + 1 : at + 12]:
        found = _FIELD.match(line[:500])
        if found:
            name = _ENGLISH.get(found[1].lower(), found[1].lower())
            values.setdefault(name, found[2])
    if len(values) < 3:
        return None
    return _forwarded(values)


def _forwarded(values: dict[str, str]) -> Forwarded | None:
    sender = next(iter(addresses(values["from"].replace("[mailto:", "<").replace("]", ">"))), None)
    if sender is None:
        return None
    return Forwarded(sender, one_line(values.get("subject", ""), 250), one_line(values.get("date", ""), 100))
