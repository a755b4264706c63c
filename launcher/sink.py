"""A mail server for practice: it accepts every mail on the loopback address and keeps it as a file.

Run by path (`python launcher/sink.py`), on a socket that its parent opened, so that a restart keeps the port.
It speaks ESMTP as far as smtplib and Django need it (RFC 5321, 8BITMIME, SIZE, SMTPUTF8) and sends nothing on.
"""

import argparse
import asyncio
import os
import re
import signal
import socket
import time
from itertools import count
from pathlib import Path

LARGEST = 40_000_000
ADDRESS = re.compile(r"(?:FROM|TO):\s*<([^<>\r\n]*)>", re.IGNORECASE)
NUMBERS = count()


class Conversation:
    """One connection. A mail is acknowledged only after it is safely in its folder."""

    def __init__(self, folder: Path, greeting: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.folder = folder
        self.greeting = greeting
        self.reader = reader
        self.writer = writer
        self.sender: str | None = None
        self.receivers: list[str] = []

    async def hold(self) -> None:
        await self._say(self.greeting)
        while line := await self.reader.readline():
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                await self._say("221 2.0.0 Bye")
                return
            await self._answer(verb.upper(), rest)

    async def _answer(self, verb: str, rest: str) -> None:
        if verb == "EHLO":
            await self._say("250-meldroute", "250-8BITMIME", "250-SMTPUTF8", f"250 SIZE {LARGEST}")
        elif verb in ("HELO", "NOOP", "RSET"):
            self._forget()
            await self._say("250 2.0.0 OK")
        elif verb in ("MAIL", "RCPT"):
            await self._say(self._envelope(verb, rest))
        elif verb == "DATA":
            await self._data()
        else:
            await self._say("502 5.5.1 Command not known")

    def _envelope(self, verb: str, rest: str) -> str:
        match = ADDRESS.match(rest)
        if match is None:
            return "501 5.5.4 Address missing"
        if verb == "MAIL":
            self._forget()
            self.sender = match[1]
        elif self.sender is None:
            return "503 5.5.1 MAIL first"
        else:
            self.receivers.append(match[1])
        return "250 2.1.0 OK"

    async def _data(self) -> None:
        if self.sender is None or not self.receivers:
            await self._say("503 5.5.1 MAIL and RCPT first")
            return
        await self._say("354 End data with a line that holds a dot only")
        content = await self._content()
        if content is None:
            await self._say("552 5.3.4 Too large")
        else:
            name = keep(self.folder, self.sender, self.receivers, content)
            await self._say(f"250 2.0.0 Kept as {name}")
        self._forget()

    async def _content(self) -> bytes | None:
        """The mail up to the lone dot, or None when it was too large (it is read to its end all the same)."""
        lines: list[bytes] = []
        size = 0
        while (line := await self.reader.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise ConnectionError("the sender left in the middle of a mail")
            size += len(line)
            if size <= LARGEST:
                lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines) if size <= LARGEST else None

    def _forget(self) -> None:
        self.sender, self.receivers = None, []

    async def _say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self.writer.drain()


def keep(folder: Path, sender: str, receivers: list[str], content: bytes) -> str:
    """Write one mail as an .eml file with its envelope on top; whole or not at all. Returns the file name."""
    name = f"{time.time_ns()}-{os.getpid()}-{next(NUMBERS)}.eml"
    envelope = [f"Return-Path: <{sender}>", *(f"Delivered-To: {receiver}" for receiver in receivers)]
    unfinished = folder / f".{name}"
    with open(unfinished, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write("".join(f"{line}\r\n" for line in envelope).encode() + content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / name)
    return name


async def serve(opened: socket.socket, folder: Path, greeting: str) -> None:
    """Serve until SIGTERM."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await Conversation(folder, greeting, reader, writer).hold()
        except (ConnectionError, ValueError):  # gone, or a line without an end
            pass
        finally:
            writer.close()

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(converse, sock=opened, limit=1_000_000)
    await stop.wait()
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="the listening socket, inherited")
    parser.add_argument("--folder", type=Path, required=True, help="where the mails are kept")
    parser.add_argument("--greeting", required=True, help="the first line, by which it is known")
    options = parser.parse_args()
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(serve(socket.socket(fileno=options.fd), options.folder, options.greeting))


if __name__ == "__main__":
    main()
