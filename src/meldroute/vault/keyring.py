"""The secrets outside the database, as one file that only the service may read (0600).

Four secrets: `wrap` (a list, newest first: wraps the data keys), `index` (keyed look-up), `journal` (chain) and
`token` (links). They never stand in the database or its dump.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

SIZE = 32


class KeyFileRefused(ValueError):
    """The key file cannot be used; the message is Dutch and says what to do."""


@dataclass(frozen=True)
class Keys:
    """The secrets, 32 bytes each."""

    wrap: tuple[bytes, ...]
    index: bytes
    journal: bytes
    token: bytes

    def __repr__(self) -> str:
        return "Keys(…)"


def fresh() -> str:
    """The text of a new key file."""

    def one() -> str:
        return base64.b64encode(secrets.token_bytes(SIZE)).decode()

    return json.dumps({"wrap": [one()], "index": one(), "journal": one(), "token": one()}, indent=1)


def create(path: Path) -> None:
    """Write a new key file at `path` with mode 0600; an existing file stays as it is."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(fresh())


def load(path: Path) -> Keys:
    """Read the key file.

    Raises: KeyFileRefused when it is absent, readable by others, or no key file.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyFileRefused(f"Het sleutelbestand {path} is leesbaar voor anderen. Zet de rechten op 0600.")
        told = json.loads(path.read_text())
        wrap = tuple(base64.b64decode(text, validate=True) for text in told["wrap"])
        index, journal, token = (base64.b64decode(told[name], validate=True) for name in ("index", "journal", "token"))
    except FileNotFoundError:
        raise KeyFileRefused(f"Het sleutelbestand {path} bestaat niet. Zet het terug uit uw kluis.") from None
    except (KeyError, TypeError, json.JSONDecodeError, ValueError) as error:
        if isinstance(error, KeyFileRefused):
            raise
        raise KeyFileRefused(f"Het sleutelbestand {path} is geen geldig sleutelbestand.") from None
    if not wrap or any(len(key) != SIZE for key in (*wrap, index, journal, token)):
        raise KeyFileRefused(f"Het sleutelbestand {path} bevat een sleutel met een verkeerde lengte.")
    return Keys(wrap, index, journal, token)
