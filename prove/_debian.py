"""Programs and files of Debian that a proof needs: installed once where that is allowed, else the proof says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from launcher.testing import install


def need(path: Path, package: str) -> Path:
    """`path`, after installing the package that holds it. Without it nothing is proved: the test fails."""
    if not path.exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        install([package])
    if not path.exists():
        pytest.fail(f"{path} ontbreekt; dit is niet bewezen. Debian: apt install {package}")
    return path
