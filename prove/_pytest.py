"""Proofs that are written as tests, in the database of `./meldroute prove`: of their own, or those of the suite with
more rounds (`tests/rounds_here.py`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(name: str) -> None:
    """Run the tests of `_name.py` in this process, what they print shown, and end with pytest's code.

    Words on the command line that are no number are pytest's: `./meldroute prove scanners -k left_behind`.
    """
    django.setup()  # before the fixtures are read: they import models
    options = ["-c", str(ROOT / "pyproject.toml"), "-p", "conftest", "-s", "-p", "no:xdist"]
    theirs = [word for word in sys.argv[1:] if not word.isdigit()]
    raise SystemExit(pytest.main([*options, str(ROOT / "prove" / f"_{name}.py"), *theirs]))


def longer(*tests: str) -> None:
    """Run these files of the suite with the rounds of a proof, what they print shown, and end with pytest's code."""
    os.environ["PROVE"] = "1"
    raise SystemExit(pytest.main(["-s", "-p", "no:xdist", *tests, *sys.argv[1:]]))


def rounds(usual: int) -> int:
    """How many rounds: the last word on the command line when that is a number."""
    return int(sys.argv[-1]) if sys.argv[-1].isdigit() else usual
