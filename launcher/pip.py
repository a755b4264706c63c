"""Getting pip into a venv, also where Debian took `ensurepip` out of Python."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.say import refuse, say

DEBIAN_WHEELS = Path("/usr/share/python-wheels")


def pip_for(python: Path) -> list[str]:
    """The command that runs pip for the venv of `python`. Raises Refused when there is no pip to be had."""
    own = [str(python), "-I", "-m", "pip"]
    if _works(own) or _from_ensurepip(python) or _from_wheel(python):
        return own
    system = [sys.executable, "-m", "pip", "--python", str(python)]
    if _works(system):
        return system
    if _from_debian(python):
        return own
    refuse(_explanation())


def _works(command: list[str]) -> bool:
    return subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0


def _from_ensurepip(python: Path) -> bool:
    if importlib.util.find_spec("ensurepip") is None:
        return False
    command = [str(python), "-I", "-m", "ensurepip", "--upgrade", "--default-pip"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _from_wheel(python: Path) -> bool:
    """Debian keeps pip's own wheel apart; a wheel can install itself."""
    for wheel in sorted(DEBIAN_WHEELS.glob("pip-*.whl"), reverse=True):
        options = ("--no-index", "--no-deps", "--no-compile", "-q")
        command = [str(python), f"{wheel}/pip", "install", *options, str(wheel)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return True
    return False


def _from_debian(python: Path) -> bool:
    """As root on Debian's own Python the missing package can be installed, and is said to be."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None or not sys.executable.startswith("/usr/bin/"):
        return False
    say(f"Python mist ensurepip; het Debian-pakket {_package()} wordt geïnstalleerd")
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", _package()]):
        subprocess.run(command, capture_output=True, check=False, env=settings, stdin=subprocess.DEVNULL)
    return _from_ensurepip(python) or _from_wheel(python)


def _package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _explanation() -> str:
    return (
        "Deze Python heeft geen pip en geen ensurepip. "
        f"Op Debian en Ubuntu: apt install {_package()}. Start daarna dezelfde opdracht opnieuw."
    )
