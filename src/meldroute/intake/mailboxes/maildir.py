"""A Maildir, or any folder in which mails are dropped as files.

Read are `new/`, `cur/` (a mail program moves there what it has shown, so it says nothing about us) and files
named *.eml or *.msg in the folder itself. Finished mails go to `verwerkt/`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .box import HEADER_LIMIT, LIMIT, Closing, Found, Known, MailboxUnavailable, Trouble, nothing_known
from .texts import DIRECTORY, NO_DIRECTORY

DONE = "verwerkt"
FOLDERS = ("new", "cur", "tmp", DONE)
DROPPED = (".eml", ".msg")
YOUNG_NS = 2_000_000_000
"""A file that changed less than this long ago (nanoseconds) is looked at twice."""


@dataclass(frozen=True)
class _File:
    path: Path
    size: int
    changed: int

    @property
    def ref(self) -> str:
        name = hashlib.sha256(os.fsencode(self.path.name)).hexdigest()[:32]
        return f"file:{name}:{self.size}:{self.changed}"


class MaildirMailbox(Closing):
    """Mails as files. A file is taken only when its size and time of change rest.

    `settle`: seconds to wait once when files are so young that they may still be growing.
    """

    def __init__(
        self,
        path: Path,
        *,
        limit: int = LIMIT,
        settle: float = 0.1,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._path = path
        self._limit = limit
        self._settle = settle
        self._sleep = sleep
        self._clock = clock
        self._given: dict[str, _File] = {}  # where each lay: to look through the folder for each costs its square

    def new(self, known: Known = nothing_known) -> Iterator[Found]:
        """See `Mailbox.new`."""
        files = self._files()
        if any(abs(self._clock() - file.changed) < YOUNG_NS for file in files):
            self._sleep(self._settle)
        before = known([file.ref for file in files])
        for file in files:
            found = self._look(file, before, known)
            if found is not None:
                self._given[file.ref] = file
                yield found

    def _look(self, file: _File, before: Collection[str], known: Known) -> Found | None:
        now = _stat(file.path)
        if now is None:
            return None  # another reader took it
        if now != file:
            return Found(ref=now.ref, size=now.size, trouble=Trouble.STILL_ARRIVING)
        if file.ref in before or file.ref in known([file.ref]):
            return Found(ref=file.ref, size=file.size, known=True)
        return self._read(file)

    def _read(self, file: _File) -> Found | None:
        large = file.size > self._limit
        try:
            raw = _bytes(file.path, HEADER_LIMIT if large else self._limit + 1)
        except FileNotFoundError:
            return None
        except OSError:
            return Found(ref=file.ref, size=file.size, trouble=Trouble.UNREADABLE)
        if large:
            return Found(ref=file.ref, size=file.size, headers=raw, trouble=Trouble.TOO_LARGE)
        if len(raw) != file.size:
            return Found(ref=file.ref, size=len(raw), trouble=Trouble.STILL_ARRIVING)
        return Found(ref=file.ref, raw=raw, size=file.size)

    def _files(self) -> list[_File]:
        self._make()
        try:
            paths = [*_in(self._path / "new"), *_in(self._path / "cur"), *_in(self._path)]
        except OSError as error:
            raise MailboxUnavailable(DIRECTORY, path=self._path) from error
        dropped = [path for path in paths if path.parent != self._path or _dropped(path)]
        files = [file for path in dropped if (file := _stat(path))]
        return sorted(files, key=lambda file: (file.changed, os.fsencode(file.path.name)))

    def _make(self) -> None:
        try:
            for name in ("", *FOLDERS):
                (self._path / name).mkdir(mode=0o700, exist_ok=True)
        except FileNotFoundError as error:
            raise MailboxUnavailable(NO_DIRECTORY, path=self._path) from error
        except OSError as error:
            raise MailboxUnavailable(DIRECTORY, path=self._path) from error

    def done(self, ref: str, *, stays: bool = False) -> bool:
        """See `Mailbox.done`. A file that changed since it was read is left for the next look."""
        file = self._given.pop(ref, None)
        if file is None or _stat(file.path) != file:
            file = next((file for file in self._files() if file.ref == ref), None)
        if file is None:
            return False
        if stays:
            return True
        try:
            os.rename(file.path, self._free_name(file))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise MailboxUnavailable(DIRECTORY, path=self._path) from error
        return True

    def _free_name(self, file: _File) -> Path:
        name = file.path.name
        target = self._path / DONE / name
        if not os.path.lexists(target):
            return target
        return target.with_name(f"{file.changed}-{file.size}-{name}"[:250])


def _in(folder: Path) -> list[Path]:
    """Entries of `folder` that are no folders themselves and are not hidden."""
    with os.scandir(folder) as entries:
        return [folder / entry.name for entry in entries if not entry.name.startswith(".")]


def _dropped(path: Path) -> bool:
    return path.name.lower().endswith(DROPPED)


def _stat(path: Path) -> _File | None:
    """The file as it is now; None when it is gone or no ordinary file (a link is never followed)."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return _File(path, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _bytes(path: Path, most: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        return _read_all(handle, most)
    finally:
        with suppress(OSError):
            os.close(handle)


def _read_all(handle: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := os.read(handle, min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
