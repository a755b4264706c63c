"""Servers that misbehave at a chosen point, the real wire pointed at them, and a wire that only pretends.

`Point` names where: the server cuts, refuses or stalls there. `delivered` holds what a server took responsibility
for, as bytes; a mail that it read to the end before it cut counts.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from meldroute.post.message import Letter
from meldroute.post.models import Delivery
from meldroute.post.wire import Told


class Point(StrEnum):
    """Where in the conversation."""

    CONNECT = "connect"
    HELLO = "hello"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # after the command, before 354
    CONTENT = "content"  # after 354, before the last dot
    END = "end"  # everything was read and kept, nothing answered yet
    QUIT = "quit"  # answered 250, the client says goodbye


class Does(StrEnum):
    """What happens there."""

    CUT = "cut"
    REFUSE = "refuse"  # 5xx
    BUSY = "busy"  # 4xx
    STALL = "stall"


COMMANDS = {"ehlo": Point.HELLO, "mail": Point.MAIL, "rcpt": Point.RCPT, "data": Point.DATA, "quit": Point.QUIT}
CODES = {Does.REFUSE: "550 no", Does.BUSY: "450 later"}


class _Cut(Exception):
    """The line is to be cut here."""


class _Conversation(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        with suppress(_Cut, ConnectionError, ValueError):
            self.at(Point.CONNECT) or self.say("220 here")
            while line := self.rfile.readline():
                self.answer(line.decode("ascii", "replace").strip().lower())

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def at(self, point: Point) -> bool:
        """Misbehave when this is the point; True when the command was answered with a refusal."""
        if point is not self.server.point:
            return False
        self.server.reached.set()
        if self.server.does is Does.STALL:
            self.server.released.wait(30)
        if self.server.does in (Does.CUT, Does.STALL):
            raise _Cut
        self.say(CODES[self.server.does])
        return True

    def answer(self, line: str) -> None:
        command = line[:4]
        point = COMMANDS.get(command)
        if point and self.at(point):
            return
        if command == "data":
            self.content()
        elif command == "quit":
            self.say("221 bye")
            raise _Cut
        else:
            self.say("250 fine")

    def content(self) -> None:
        self.say("354 go on")
        if self.server.point is Point.CONTENT:
            self.rfile.readline()
            self.at(Point.CONTENT)
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Cut
            lines.append(line[1:] if line.startswith(b"..") else line)
        refused = self.server.point is Point.END and self.server.does in CODES
        if not refused:
            with self.server.lock:
                self.server.delivered.append(b"".join(lines))
        self.at(Point.END) or self.say("250 taken")


class Server(socketserver.ThreadingTCPServer):
    """An SMTP server on loopback that `does` something at `point` (None: nothing, it just works)."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, point: Point | None = None, does: Does = Does.CUT) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.point, self.does = point, does
        self.delivered: list[bytes] = []
        self.lock = threading.Lock()
        self.reached, self.released = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()
        self._thread.join(5)


def smtp_at(port: int) -> dict[str, object]:
    """Settings of the wire for a server on this port of loopback."""
    told = {"host": "127.0.0.1", "port": port, "username": "", "password": "", "use_ssl": False, "use_tls": False}
    return told | {"timeout": 5}


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass
class FakeWire:
    """Pretends; what it tells is what `Smtp` tells of a real server that does the same (one contract test)."""

    point: Point | None = None
    does: Does = Does.CUT
    delivered: list[bytes] = field(default_factory=list)

    def deliver(self, letter: Letter) -> Told:
        """As the real one."""
        reads_all = self.point in (None, Point.QUIT) or (self.point is Point.END and self.does is Does.CUT)
        if reads_all:
            self.delivered.append(letter.data)
        return Told(self._state())

    def _state(self) -> Delivery:
        if self.point in (None, Point.QUIT):
            return Delivery.SENT
        if self.does is Does.REFUSE:
            return Delivery.FAILED if self.point not in (Point.CONNECT, Point.HELLO) else Delivery.QUEUED
        late = self.point in (Point.CONTENT, Point.END)
        return Delivery.UNCERTAIN if late and self.does is Does.CUT else Delivery.QUEUED
