"""Asking clamd whether bytes are harmful: its INSTREAM command over a socket (clamd(8)).

Written here because the conversation is one command and one answer; the libraries for it want a path that clamd can
read, or raise on half of its answers. Whatever is not a clear "OK" counts as not scanned or as refused.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol

from meldroute.domain.term import Term, gettext_noop

SECONDS = 60.0
"""For each step of the conversation; clamd itself stops scanning one file after two minutes by default."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless test file of eicar.org that every scanner knows; in two halves, so that no scanner refuses this file."""
LONGEST_ANSWER = 4096
_NOT_LOOKED_THROUGH = ("Heuristics.Limits.", "Heuristics.Encrypted.")


class Scan(Term):
    """What is known of a file."""

    WAITING = "waiting", gettext_noop("nog niet gescand")
    UNREACHED = "unreached", gettext_noop("scanner niet bereikbaar")
    CLEAN = "clean", gettext_noop("gescand")
    HARMFUL = "harmful", gettext_noop("geweigerd: schadelijk")
    UNSCANNABLE = "unscannable", gettext_noop("geweigerd: niet na te kijken")


@dataclass(frozen=True)
class Scanned:
    """The outcome for one file; `said` is the name of what was found, never content."""

    state: Scan
    said: str = ""


class Scanner(Protocol):
    """Something that can look through a file."""

    def scan(self, pieces: Iterable[bytes]) -> Scanned:
        """The outcome for the bytes in `pieces`, in order; never raises for what the scanner does."""
        ...


@dataclass(frozen=True)
class Clamd:
    """A clamd on a socket of this machine, or at `host` and `port` on loopback or a private network."""

    path: str = ""
    host: str = ""
    port: int = 3310
    seconds: float = SECONDS

    @classmethod
    def parse(cls, told: str) -> Clamd:
        """From `/path/of/socket` or `host:port`. Raises ValueError when that is neither, or a public address:
        files go over this line as they are."""
        if told.startswith("/"):
            return cls(path=str(Path(told)))
        host, _, port = told.rpartition(":")
        number = ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
        if not port.isdigit() or not (number.is_loopback or number.is_private) or number.is_unspecified:
            raise ValueError(told)
        return cls(host=str(number), port=int(port))

    def scan(self, pieces: Iterable[bytes]) -> Scanned:
        """Send the bytes, read the one line that comes back."""
        try:
            with self._connected() as line:
                return outcome(_asked(line, pieces))
        except OSError as error:
            return Scanned(Scan.UNREACHED, type(error).__name__)

    def _connected(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), self.seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self.seconds)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _asked(line: socket.socket, pieces: Iterable[bytes]) -> str:
    """clamd's answer. It hangs up while we send when a file is larger than it takes; its answer still says so."""
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            if piece:
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(b"\0\0\0\0")
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        got = line.recv(LONGEST_ANSWER)
        if not got:
            break
        answer += got
    return answer.decode("ascii", "replace")


def outcome(answer: str) -> Scanned:
    """What clamd's answer means; half an answer is none."""
    whole, ended, _ = answer.partition("\0")
    text = whole.removeprefix("stream: ").strip()
    if not ended:
        return Scanned(Scan.UNREACHED, "half antwoord")
    if text == "OK":
        return Scanned(Scan.CLEAN)
    if text.endswith(" FOUND"):
        name = text.removesuffix(" FOUND")[:200]
        unseen = name.startswith(_NOT_LOOKED_THROUGH)
        return Scanned(Scan.UNSCANNABLE if unseen else Scan.HARMFUL, name)
    if "size limit exceeded" in text:
        return Scanned(Scan.UNSCANNABLE, "te groot voor de scanner")
    return Scanned(Scan.UNREACHED, "fout van de scanner")


def works(scanner: Scanner) -> bool:
    """Whether it answers and knows the test file: a scanner without signatures calls everything clean."""
    return scanner.scan([EICAR]).state is Scan.HARMFUL
