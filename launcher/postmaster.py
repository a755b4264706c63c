"""Is the database of this folder really running? Its pid file alone cannot be believed after kill -9."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    pid: int
    port: int


def running(data: Path) -> Postmaster | None:
    """The living server process of this data folder, or None. A pid that now belongs to somebody else is None."""
    written = _read(data)
    return written if written is not None and _serves(written.pid, data) else None


def clear_away(data: Path) -> None:
    """Remove the pid file of a server that is dead; PostgreSQL itself mistakes a reused pid for a living one."""
    if running(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def leftovers(data: Path) -> list[int]:
    """Processes that still work in the data folder. After kill -9 of the server its children live a moment longer,
    with its port and its shared memory in their hands."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if _works_in(int(entry.name), data)]


def _read(data: Path) -> Postmaster | None:
    """The pid file: line 1 the pid, line 4 the port."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return Postmaster(int(lines[0]), int(lines[3]))
    except (OSError, ValueError, IndexError):
        return None


def _serves(pid: int, data: Path) -> bool:
    if not PROC.joinpath("self").exists():
        return _serves_by_ps(pid, data)
    try:
        state = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        return state not in ("Z", "X") and _works_in(pid, data)
    except (OSError, IndexError):
        return False


def _works_in(pid: int, data: Path) -> bool:
    try:
        return Path(os.readlink(PROC / str(pid) / "cwd")) == data.resolve()
    except OSError:
        return False


def _serves_by_ps(pid: int, data: Path) -> bool:
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return str(data) in answer.stdout
