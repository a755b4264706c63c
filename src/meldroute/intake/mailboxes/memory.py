"""A mailbox in memory, for tests and trials. It keeps every promise of the real ones."""

from __future__ import annotations

from collections.abc import Iterator

from .box import HEADER_LIMIT, LIMIT, Closing, Found, Known, MailboxUnavailable, Trouble, nothing_known
from .texts import GONE


class MemoryMailbox(Closing):
    """Mails in a list. `finished` holds the refs that are done; `away` makes the box unavailable."""

    def __init__(self, mails: list[bytes] | None = None, *, limit: int = LIMIT) -> None:
        self.limit = limit
        self.away = False
        self.finished: dict[str, bytes] = {}
        self.staying: set[str] = set()
        self._mails: dict[str, bytes] = {}
        self._count = 0
        for raw in mails or []:
            self.put(raw)

    def put(self, raw: bytes) -> str:
        """Deliver one mail; gives its ref."""
        self._count += 1
        ref = f"memory:{self._count}"
        self._mails[ref] = raw
        return ref

    def new(self, known: Known = nothing_known) -> Iterator[Found]:
        """See `Mailbox.new`."""
        self._refuse_when_away()
        before = known(list(self._mails))
        for ref in list(self._mails):
            self._refuse_when_away()
            if ref in self._mails:
                yield self._found(ref, ref in before or ref in known([ref]))

    def _found(self, ref: str, known: bool) -> Found:
        raw = self._mails[ref]
        if known:
            return Found(ref=ref, size=len(raw), known=True)
        if len(raw) > self.limit:
            return Found(ref=ref, size=len(raw), headers=raw[:HEADER_LIMIT], trouble=Trouble.TOO_LARGE)
        return Found(ref=ref, raw=raw, size=len(raw))

    def done(self, ref: str, *, stays: bool = False) -> bool:
        """See `Mailbox.done`."""
        self._refuse_when_away()
        if ref not in self._mails:
            return False
        if stays:
            self.staying.add(ref)
        else:
            self.finished[ref] = self._mails.pop(ref)
        return True

    def _refuse_when_away(self) -> None:
        if self.away:
            raise MailboxUnavailable(GONE)
