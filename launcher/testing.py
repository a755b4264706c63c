"""`./meldroute test`: everything the tests need, then pytest, whose own summary is the last line."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from launcher import environment, opening
from launcher.application import call
from launcher.locks import only_one
from launcher.places import Places, make_folder
from launcher.say import say
from launcher.settings import Settings

PROGRAMS = {"chromium": "chromium", "dovecot": "dovecot-imapd", "clamd": "clamav-daemon"}
SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin"
BUSY = "Er loopt al een testronde in deze map."


def run(places: Places, settings: Settings, arguments: Sequence[str]) -> int:
    """Pytest's own exit code. `arguments` go to pytest; without -n both cores are used."""
    make_folder(places.state)
    with only_one(places.state / "test.lock", BUSY, seconds=7200):
        environment.ensure(places, environment.TEST)
        _install_programs()
        with opening.throw_away(places, "test", settings) as application:
            application.make_keys()
            command = [str(application.python), "-m", "pytest", *spread(arguments), *arguments]
            return call(command, application.owner_variables(), places.root)


def spread(arguments: Sequence[str]) -> list[str]:
    """Both cores, unless the arguments choose otherwise."""
    own_choice = any(each.startswith(("-n", "--numprocesses", "--pdb", "--collect-only", "--co")) for each in arguments)
    return [] if own_choice or "no:xdist" in arguments else ["-n", "2", "--dist", "loadfile"]


def missing_programs() -> list[str]:
    """The programs of PROGRAMS that are not on this machine."""
    path = f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_FOLDERS}"
    return [name for name in PROGRAMS if shutil.which(name, path=path) is None]


def _install_programs() -> None:
    """Install what is missing when that is allowed, and say what is not there; tests/left_out.py counts the rest."""
    missing = missing_programs()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt([PROGRAMS[name] for name in missing])
        missing = missing_programs()
    for name in missing:
        say(f"{name} ontbreekt: tests die het nodig hebben vallen af. Debian: apt install {PROGRAMS[name]}")


def _apt(packages: list[str]) -> None:
    say(f"Voor de tests installeren: {', '.join(packages)}")
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(command, capture_output=True, check=False, env=settings, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        say("Dat lukte niet:\n" + done.stderr.decode(errors="replace")[-500:])
