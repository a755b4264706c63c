"""Ports on the loopback address."""

import errno
import socket
import time

from launcher.say import refuse

HOST = "127.0.0.1"


def listening(port: int) -> socket.socket | None:
    """A socket that listens on the port (0: any), or None when the port is taken."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise
    return opened


def port_of(opened: socket.socket) -> int:
    port: int = opened.getsockname()[1]
    return port


def is_free(port: int) -> bool:
    opened = listening(port)
    if opened is not None:
        opened.close()
    return opened is not None


def free_port() -> int:
    """A port that is free now; whoever takes it must be ready to lose the race and ask again."""
    opened = listening(0)
    assert opened is not None
    with opened:
        return port_of(opened)


def web_socket(port: int | None, first: int = 8000, tries: int = 100) -> socket.socket:
    """The socket for the web server: exactly the asked port, or the first free one from 8000 on."""
    if port is not None:
        asked = listening(port)
        return asked or refuse(f"Poort {port} is al in gebruik. Kies een andere met --port, of laat --port weg.")
    for candidate in range(first, first + tries):
        opened = listening(candidate)
        if opened is not None:
            return opened
    refuse(f"De poorten {first} tot en met {first + tries - 1} zijn allemaal in gebruik. Kies er een met --port.")


def answers_http(port: int, patience: float) -> bool:
    """Whether the web server answers a request, with anything but an error of its own, within `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        status = _status(port, max(0.1, end - time.monotonic()))
        if status is not None:
            return status < 500
        time.sleep(0.05)
    return False


def _status(port: int, timeout: float) -> int | None:
    """The status of one GET, or None when nobody answers (yet)."""
    request = f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((HOST, port), timeout=timeout) as connection:
            connection.sendall(request.encode())
            words = connection.recv(100).split()
    except OSError:
        return None
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else None
