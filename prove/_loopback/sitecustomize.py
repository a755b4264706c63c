"""Keeps a Python program on this machine: any address that is not loopback is refused before a byte leaves."""

from __future__ import annotations

import ipaddress
import sys

NAMES = {"localhost", "", None}
ASKED = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def _here(host: object) -> bool:
    if host in NAMES:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return text == "localhost"


def _watch(event: str, told: tuple[object, ...]) -> None:
    if event in ASKED and isinstance(told[1], tuple) and not _here(told[1][0]):
        raise PermissionError(f"not on this machine: {told[1][0]}")
    if event == "socket.getaddrinfo" and not _here(told[0]):
        raise PermissionError(f"not on this machine: {told[0]!r}")


sys.addaudithook(_watch)
