"""A line that breaks: passes bytes on to a server and cuts each connection after a set number of bytes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self


class CuttingProxy:
    """Listens on loopback. `cut(n)` says after how many bytes from the server connection n (from 0) is cut;
    None: never. `connections` counts them."""

    def __init__(self, target: int, cut: Callable[[int], int | None]) -> None:
        self._target = target
        self._cut = cut
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                number, self.connections = self.connections, self.connections + 1
                server = socket.create_connection(("127.0.0.1", self._target))
                self._open |= {client, server}
                for pump in (
                    threading.Thread(target=self._pump, args=(client, server, None), daemon=True),
                    threading.Thread(target=self._pump, args=(server, client, self._cut(number)), daemon=True),
                ):
                    pump.start()

    def _pump(self, source: socket.socket, target: socket.socket, most: int | None) -> None:
        with suppress(OSError):
            while most is None or most > 0:
                data = source.recv(4096 if most is None else min(4096, most))
                if not data:
                    break
                target.sendall(data)
                most = None if most is None else most - len(data)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
            self._open.discard(line)

    def drop(self) -> None:
        """Cut every line that is open now."""
        for line in list(self._open):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop listening and cut everything."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
