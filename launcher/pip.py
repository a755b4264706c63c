"""Getting pip into a venv, also where Debian took `ensurepip` out of Python."""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from launcher.say import refuse, say

DEBIAN_WHEELS = Path("/usr/share/python-wheels")


def pip_for(python: Path) -> list[str]:
    """The command that runs pip for the venv of `python`. Raises Refused when there is no pip to be had."""
    own = [str(python), "-I", "-m", "pip"]
    if _unpacked(python) or _works(own) or _from_ensurepip(python):
        return own
    system = [sys.executable, "-m", "pip", "--python", str(python)]
    if _works(system):
        return system
    if _from_debian(python):
        return own
    refuse(_explanation())


def _works(command: list[str]) -> bool:
    return subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0


def _unpacked(python: Path) -> bool:
    """Unpack pip's own wheel, from Python or from Debian: ten times quicker than ensurepip, and all that it does."""
    target = next(python.parent.parent.glob("lib/python*/site-packages"), None)
    if target is None:
        return False
    if (target / "pip").is_dir():
        return True
    wheel = next((wheel for folder in wheel_folders() for wheel in sorted(folder.glob("pip-*.whl"))), None)
    if wheel is None:
        return False
    zipfile.ZipFile(wheel).extractall(target)
    return _works([str(python), "-I", "-m", "pip"])


def wheel_folders() -> list[Path]:
    """Where Python keeps the wheel of pip that ensurepip installs."""
    found = importlib.util.find_spec("ensurepip")
    inside = [Path(found.origin).parent / "_bundled"] if found is not None and found.origin else []
    return [*inside, DEBIAN_WHEELS]


def _from_ensurepip(python: Path) -> bool:
    command = [str(python), "-I", "-m", "ensurepip", "--default-pip"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _from_debian(python: Path) -> bool:
    """As root on Debian's own Python the missing package can be installed, and is said to be."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None or not sys.executable.startswith("/usr/bin/"):
        return False
    say(f"Python mist ensurepip; het Debian-pakket {_package()} wordt geïnstalleerd")
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", _package()]):
        subprocess.run(command, capture_output=True, check=False, env=settings, stdin=subprocess.DEVNULL)
    return _unpacked(python) or _from_ensurepip(python)


def _package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _explanation() -> str:
    return (
        "Deze Python heeft geen pip en geen ensurepip. "
        f"Op Debian en Ubuntu: apt install {_package()}. Start daarna dezelfde opdracht opnieuw."
    )
