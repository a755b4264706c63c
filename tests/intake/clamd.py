"""A real clamd for tests: Debian's, in the foreground, with one signature of our own (EICAR), and one that pretends."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from meldroute.vault.scanner import EICAR, Clamd, Scan, Scanned

BINARY = Path("/usr/sbin/clamd")
LARGEST = 30 * 1024 * 1024
NAME = "Oefen.EICAR.UNOFFICIAL"


def require_clamd() -> None:
    """The one place where a test may be left out for want of clamd; it is counted."""
    if not BINARY.exists():
        pytest.skip("clamd ontbreekt (apt install clamav-daemon)")


@dataclass
class RealClamd:
    """A running clamd with its socket in `folder`; `stop` and `start` it at will."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls) -> Self:
        """A folder with configuration and signature; not started."""
        folder = Path(tempfile.mkdtemp(prefix="mr-clamd-"))
        digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
        (folder / "eicar.hdb").write_text(f"{digest}:{len(EICAR)}:Oefen.EICAR\n")
        (folder / "clamd.conf").write_text(
            f"LocalSocket {folder}/clamd.ctl\nDatabaseDirectory {folder}\nTemporaryDirectory {folder}\n"
            f"LogFile {folder}/log\nForeground yes\nFixStaleSocket yes\nMaxThreads 2\nAlertExceedsMax yes\n"
            f"AlertEncrypted yes\nStreamMaxLength {LARGEST}\nMaxFileSize {LARGEST}\nMaxScanSize 100M\nMaxFiles 10000\n"
        )
        return cls(folder)

    @property
    def client(self) -> Clamd:
        """Our client for it."""
        return Clamd(path=str(self.folder / "clamd.ctl"), seconds=20)

    def start(self) -> None:
        """Until it answers."""
        command = [str(BINARY), "-c", str(self.folder / "clamd.conf")]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **quiet, env={"PATH": os.defpath})
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            if self.client.scan([b"hallo"]).state is Scan.CLEAN:
                return
            time.sleep(0.05)
        log = self.folder / "log"
        raise RuntimeError(f"clamd did not start: {log.read_text()[-2000:] if log.exists() else ''}")

    def stop(self) -> None:
        """End it; its folder stays."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()
        self.process.wait(10)
        self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class FakeScanner:
    """Knows EICAR anywhere in the bytes, as they are; down when told so. One contract test with the real one."""

    down: bool = False
    seen: list[bytes] = field(default_factory=list)

    def scan(self, pieces: Iterable[bytes]) -> Scanned:
        """As the real one."""
        if self.down:
            return Scanned(Scan.UNREACHED, "FileNotFoundError")
        body = b"".join(pieces)
        self.seen.append(body)
        if len(body) > LARGEST:
            return Scanned(Scan.UNSCANNABLE, "te groot voor de scanner")
        return Scanned(Scan.HARMFUL, NAME) if body == EICAR else Scanned(Scan.CLEAN)
