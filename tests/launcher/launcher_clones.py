"""Clones of the launcher with a stand-in for Django and gunicorn: everything else in them is real."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher import environment
from launcher.files import write_json
from launcher.places import ROOT, Places, places

FAKE = Path(__file__).parent / "fake"
OWN_SETTINGS = ("DATABASE_URL", "MELDROUTE_", "PG", "DJANGO_")


def borrow_environment(where: Places) -> None:
    """Let a clone use the packages that these tests run with, without installing them again."""
    venv = where.environment
    venv.mkdir(parents=True)
    own = Path(sys.prefix)
    for part in ("bin", "lib"):
        (venv / part).symlink_to(own / part)
    shutil.copy(own / "pyvenv.cfg", venv)
    done = {lock: environment.fingerprint_of(where, lock) for lock in (environment.RUN, environment.TEST)}
    write_json(venv / "meldroute.json", {**done, "python": f"{sys.version_info.major}.{sys.version_info.minor}"})


def make_clone(folder: Path) -> Places:
    folder.mkdir()
    shutil.copytree(ROOT / "launcher", folder / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "meldroute", folder)
    shutil.copytree(FAKE, folder / "src")
    for lock in (environment.RUN, environment.TEST):
        (folder / lock).write_text("nothing==1\n")
    where = places(folder)
    where.state.mkdir(mode=0o711)
    borrow_environment(where)
    return where


def in_memory() -> str | None:
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000 else None


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that the database's user may pass through; pytest's own are closed. In memory where there is room."""
    folder = Path(tempfile.mkdtemp(prefix="meldroute-launcher-", dir=in_memory()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_clone(open_folder: Path, tmp_path: Path) -> Iterator[Callable[[], Places]]:
    made: list[Places] = []

    def make() -> Places:
        made.append(make_clone(open_folder / f"{tmp_path.name}-{len(made)}"))
        return made[-1]

    yield make
    for where in made:
        stop_database(where)
        shutil.rmtree(where.root)


def stop_database(where: Places) -> None:
    """For a test that failed halfway: no server is left behind."""
    for pid_file in where.state.glob("*/database/data/postmaster.pid"):
        try:
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        except (ProcessLookupError, IndexError, FileNotFoundError):
            continue
        wait_until(lambda path=pid_file: not path.exists())


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to become true; fails when it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def clean_environment(**extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
    return {**kept, **extra}


def meldroute(where: Places, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a clone."""
    return subprocess.run(
        [sys.executable, str(where.root / "meldroute"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=clean_environment(**extra),
    )
