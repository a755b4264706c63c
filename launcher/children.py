"""The processes that `run` looks after. Only the launcher stops them; they do not outlive it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher.files import last_lines
from launcher.say import refuse, say

PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
RESTARTS = 5
WITHIN = 60.0


def _die_with_parent() -> None:
    """In the child, before exec: when the launcher is killed with -9, the kernel stops this process too."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process, started again when it ends by itself."""

    name: str
    command: Sequence[str]
    variables: dict[str, str]
    folder: Path
    log: Path
    sockets: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal does not reach it."""
        self._shorten_log()
        with open(self.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.variables,
                cwd=self.folder,
                pass_fds=self.sockets,
                umask=0o077,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.replace(self.log.with_suffix(".old"))

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_alive(self) -> None:
        """Start it again when it has ended. Raises Refused when that goes on and on."""
        if self.running:
            return
        self.ends.append(time.monotonic())
        if len(self.ends) == RESTARTS and self.ends[-1] - self.ends[0] < WITHIN:
            refuse(f"{self.name} stopt steeds opnieuw. Het einde van {self.log}:\n{last_lines(self.log)}")
        say(f"{self.name} is gestopt en wordt opnieuw gestart")
        self.start()

    def stop(self, patience: float) -> None:
        """Ask it to stop; after `patience` seconds it is killed, with everything it started."""
        if self.process is None:
            return
        if self.running:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
