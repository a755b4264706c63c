"""Where things lie: the clone, its state folder, and one folder per installation inside it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from launcher.say import refuse

ROOT = Path(__file__).resolve().parent.parent
HANDED_OVER = Path("/var/lib/meldroute")


@dataclass(frozen=True)
class Installation:
    """One database with everything that belongs to it: keys, mailbox, logs. Its nature never changes."""

    name: str
    folder: Path
    durable: bool = True

    @property
    def practice(self) -> bool:
        return self.name == "practice"

    @property
    def real(self) -> bool:
        return self.name == "empty"

    @property
    def throw_away(self) -> bool:
        return self.name in ("test", "bench")

    @property
    def made(self) -> bool:
        return (self.folder / "migrated").exists()

    @property
    def logs(self) -> Path:
        return self.folder / "log"


@dataclass(frozen=True)
class Places:
    """The folders of one clone. `state` is made on first use; nothing outside it is written.

    The exception: a database that root cannot hand over inside the clone, see `cluster.database_folder`.
    """

    root: Path
    state: Path

    @property
    def environment(self) -> Path:
        return self.state / "venv"

    @property
    def source(self) -> Path:
        return self.root / "src"

    @property
    def mark(self) -> str:
        """Tells clones on one machine apart: sixteen hexadecimal digits of the hash of the clone's path."""
        told_apart_by = self.root if self.state == self.root / ".state" else self.state
        return hashlib.sha256(os.fsencode(told_apart_by)).hexdigest()[:16]

    def installation(self, name: str) -> Installation:
        """The practice installation, the empty one, or a throw-away one for tests ("test") and speed ("bench")."""
        folder = self.state / name
        return Installation(name, folder, durable=name != "test")


def places(root: Path = ROOT, state: Path | None = None) -> Places:
    """The folders of the clone at `root`; `state` only when the user asked for another place."""
    root = root.resolve()
    return Places(root, (state or root / ".state").resolve())


def make_folder(folder: Path) -> None:
    """Make a folder that others cannot list; root's can be passed through, for the database's own user."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        for part in reversed([folder, *folder.parents]):
            if not part.exists():
                part.mkdir(mode=mode, exist_ok=True)
    except OSError as error:
        refuse(
            f"De map {folder} kan niet worden gemaakt ({error.strerror}). Geef u zelf schrijfrecht op de map "
            f"{folder.parent}, of kies een andere plek met MELDROUTE_STATE=/pad/naar/map."
        )
