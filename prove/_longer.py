"""The long version of tests: the same files with more rounds (`tests/rounds_here.py`), figures on stdout."""

from __future__ import annotations

import os
import subprocess
import sys


def prove(*tests: str) -> None:
    """Run these tests one after another and end with pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-n0", "-s", "-q", *tests, *sys.argv[1:]]
    done = subprocess.run(command, env=os.environ | {"PROVE": "1"}, check=False)
    raise SystemExit(done.returncode)
