"""`./meldroute test`: everything the tests need, then pytest, whose own summary is the last line."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher import environment, opening
from launcher.application import call
from launcher.locks import only_one
from launcher.places import Places, make_folder
from launcher.say import say
from launcher.settings import Settings

PROGRAMS = {"chromium": "chromium", "dovecot": "dovecot-imapd", "clamd": "clamav-daemon"}
QUICKER = {"chromium-headless-shell": "chromium-headless-shell"}
"""Not every system has it; the tests then take chromium with its window, for twice the CPU (`tests/left_out.py`)."""
SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin"
BUSY = "Er loopt al een testronde in deze map."


def run(places: Places, settings: Settings, arguments: Sequence[str]) -> int:
    """Pytest's own exit code. `arguments` go to pytest; without -n both cores are used."""
    make_folder(places.state)
    with only_one(places.state / "test.lock", BUSY, seconds=7200):
        environment.ensure(places, environment.TEST)
        _install_programs(places.state / "asked-for-programs")
        with opening.throw_away(places, "test", settings) as application:
            application.make_keys()
            command = [str(application.python), "-m", "pytest", *spread(arguments), *arguments]
            return call(command, application.owner_variables(), places.root)


def spread(arguments: Sequence[str]) -> list[str]:
    """Both cores, the longest files first as `tests/conftest.py` puts them, unless the arguments choose otherwise."""
    own_choice = any(each.startswith(("-n", "--numprocesses", "--pdb", "--collect-only", "--co")) for each in arguments)
    return [] if own_choice or "no:xdist" in arguments else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def missing_programs(wanted: Mapping[str, str] = PROGRAMS) -> list[str]:
    """The programs of `wanted` that are not on this machine."""
    path = f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_FOLDERS}"
    return [name for name in wanted if shutil.which(name, path=path) is None]


def _install_programs(asked: Path) -> None:
    """Install what is missing when that is allowed, and say what is not there; tests/left_out.py counts the rest.

    What only makes it quicker is asked for once in this folder: `asked` says that it was.
    """
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for wanted in (PROGRAMS, {} if asked.exists() else QUICKER):
            if missing := missing_programs(wanted):
                install([wanted[name] for name in missing])
        asked.touch()
    for name in missing_programs():
        say(f"{name} ontbreekt: tests die het nodig hebben vallen af. Debian: apt install {PROGRAMS[name]}")


def install(packages: list[str]) -> None:
    """With apt, as root; says what went wrong, raises nothing."""
    say(f"Voor de tests installeren: {', '.join(packages)}")
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    taking = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], taking):
        done = subprocess.run(command, capture_output=True, check=False, env=settings, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        say("Dat lukte niet:\n" + done.stderr.decode(errors="replace")[-500:])
