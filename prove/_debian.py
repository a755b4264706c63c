"""Programs and files of Debian that a proof needs: installed once where that is allowed, else the proof says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from launcher.testing import install


def had(path: Path, package: str) -> bool:
    """Whether `path` is there, if need be after installing the package that holds it."""
    if not path.exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        install([package])
    return path.exists()


def need(path: Path, package: str) -> Path:
    """`path`, as above. Without it nothing is proved: the test fails."""
    if not had(path, package):
        pytest.fail(f"{path} ontbreekt; dit is niet bewezen. Debian: apt install {package}")
    return path
