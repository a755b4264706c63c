"""PostgreSQL refuses to run as root, so root hands its database to a user without rights."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.say import refuse

WITHOUT_RIGHTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """Who the database runs as. `uid` is None when that is simply who started the launcher."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        """For subprocess: become this user, with no group left over from root."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand a file or folder over; a link is never followed."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can(self, what: str, path: Path) -> bool:
        """Whether this user may do it: "-x" to pass through a folder or run a program, "-r" to read."""
        command = ["/bin/sh", "-c", 'test "$0" "$1"', what, str(path)]
        try:
            return subprocess.run(command, check=False, cwd="/", env={}, **self.options).returncode == 0
        except PermissionError:
            refuse(
                "Deze root-gebruiker mag geen andere gebruiker worden, en PostgreSQL weigert als root te draaien. "
                "Start meldroute als gewone gebruiker."
            )


def identity_of(data: Path) -> Identity:
    """The owner of an existing database, else one of the users without rights when we are root."""
    if os.geteuid() != 0:
        return _ourselves(data)
    if data.exists():
        return _named(data.stat().st_uid)
    return _without_rights()


def _ourselves(data: Path) -> Identity:
    if data.exists() and data.stat().st_uid != os.geteuid():
        refuse(
            f"De database in {data} is eerder door een andere gebruiker gemaakt (root?). Start meldroute als die "
            "gebruiker, of werk in een eigen kloon."
        )
    return Identity(name=str(os.geteuid()))


def _named(uid: int) -> Identity:
    entry = pwd.getpwuid(uid)
    return Identity(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _without_rights() -> Identity:
    for name in WITHOUT_RIGHTS:
        try:
            return _named(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    refuse("Er is geen gebruiker postgres of nobody om de database als te draaien. Start als gewone gebruiker.")
