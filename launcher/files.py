"""Small files in the state folder: private, written whole or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; a reader sees the old text or the new, never half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp gives 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def read_text(path: Path) -> str | None:
    """The text of a file, or None when it is not there."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def write_json(path: Path, value: Any) -> None:
    write_private(path, json.dumps(value, indent=1, sort_keys=True) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; empty when the file is absent or damaged (it is then made again)."""
    try:
        value = json.loads(read_text(path) or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def fingerprint(paths: Iterable[Path], below: Path) -> str:
    """SHA-256 over contents and names (relative to `below`) of files, whatever the order they come in."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(below)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, to show why something did not start."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])
