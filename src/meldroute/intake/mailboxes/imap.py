"""The mailbox at an IMAP server, read so that a broken line or a broken mail never stops the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

from .address import MailboxAddress
from .box import LIMIT, Closing, Found, Known, MailboxUnavailable, Trouble, nothing_known
from .line import ImapLine, Item, LineLost, Refused
from .texts import GONE, UNREACHABLE

PAUSES = (0.5, 1.0, 2.0, 4.0, 4.0)
"""Seconds between attempts that fail in a row; after the last one the box counts as unavailable."""


class ImapMailbox(Closing):
    """All mail of one folder. State is the caller's ledger: \\Seen is neither read nor set.

    A mail at which the line breaks is put off to the end and tried once more; then it is `UNREADABLE`.
    """

    def __init__(
        self,
        address: MailboxAddress,
        *,
        timeout: float = 30.0,
        limit: int = LIMIT,
        pauses: tuple[float, ...] = PAUSES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = address
        self._timeout = timeout
        self._limit = limit
        self._pauses = pauses
        self._sleep = sleep
        self._line: ImapLine | None = None
        self._failures = 0
        self._marked: set[str] = set()

    def new(self, known: Known = nothing_known) -> Iterator[Found]:
        """See `Mailbox.new`."""
        self._failures = 0
        given: set[str] = set()
        put_off: set[str] = set()
        for last in (False, True):
            items = self._items()
            before = known([item.ref for item in items])
            for item in items:
                if item.ref in given:
                    continue
                found = self._look(item, before, known, last=last)
                if found is None and not last:
                    put_off.add(item.ref)
                    continue
                given.add(item.ref)
                if found is not None:
                    yield found
            if not put_off:
                return

    def _look(self, item: Item, before: Collection[str], known: Known, *, last: bool) -> Found | None:
        """What is at `item`; None when it is gone, or when the line broke and it may be tried later."""
        if item.ref in before or item.ref in known([item.ref]):
            return Found(ref=item.ref, size=item.size, known=True)
        try:
            found = self._read(item)
        except Refused:
            return _unreadable(item)
        except LineLost:
            self._lost(GONE)
            return _unreadable(item) if last else None
        self._failures = 0
        return found

    def _read(self, item: Item) -> Found | None:
        line = self._ready()
        if line.validity != item.validity:
            return None
        if item.size > self._limit:
            return self._large(line, item)
        raw = line.raw(item.uid)
        if raw is None:
            return None
        if len(raw) > self._limit:  # some servers only estimate the size
            return self._large(line, item)
        return Found(ref=item.ref, raw=raw, size=len(raw))

    @staticmethod
    def _large(line: ImapLine, item: Item) -> Found:
        headers = line.headers(item.uid)
        return Found(ref=item.ref, size=item.size, headers=headers, trouble=Trouble.TOO_LARGE)

    def _items(self) -> list[Item]:
        while True:
            try:
                line = self._ready()
                line.refresh()
                items = line.items()
                self._marked = {item.ref for item in items if item.marked}
                return items
            except LineLost:
                self._lost(GONE)

    def done(self, ref: str, *, stays: bool = False) -> bool:
        """See `Mailbox.done`. What stays and was marked before is not marked again at every look."""
        place = _place(ref)
        if place is None:
            return False
        if ref in self._marked and (stays or not self._address.done_folder):
            return True
        while True:
            try:
                return self._finish(*place, stays=stays)
            except LineLost:
                self._lost(GONE)

    def _finish(self, validity: int, uid: int, *, stays: bool) -> bool:
        line = self._ready()
        if line.validity != validity:
            return False
        if stays or not self._address.done_folder:
            return line.mark(uid)
        return line.move(uid, self._address.done_folder)

    def _ready(self) -> ImapLine:
        """The line, made anew when it broke. Raises MailboxUnavailable after a bounded number of attempts."""
        while self._line is None:
            try:
                self._line = ImapLine(self._address, timeout=self._timeout, limit=self._limit)
            except LineLost:
                self._lost(UNREACHABLE)
        return self._line

    def _lost(self, text: str) -> None:
        self.close()
        if self._failures >= len(self._pauses):
            self._failures = 0
            raise MailboxUnavailable(text, host=self._address.host)
        self._sleep(self._pauses[self._failures])
        self._failures += 1

    def close(self) -> None:
        """See `Mailbox.close`."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(Exception):
                line.close()


def _place(ref: str) -> tuple[int, int] | None:
    parts = ref.split(":")
    if len(parts) != 5 or parts[0] != "imap" or not (parts[1].isdigit() and parts[2].isdigit()):
        return None
    return int(parts[1]), int(parts[2])


def _unreadable(item: Item) -> Found:
    return Found(ref=item.ref, size=item.size, trouble=Trouble.UNREADABLE)
