"""Schatter: elk van de 1.024 modellen tegen een lineair programma, en 300 voorbeelden per eigenschap.

`python -m prove.estimation`. The tests of `tests/domain/estimation/` with every model, every zero pattern of three
lists, 120 sparse tables of four lists and 20 of five, and the properties (zero rows, empty lists, names, order,
equal lists) on three hundred tables each.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("test_estimation_existence.py", "test_estimation_properties.py")


def main() -> int:
    """The code of pytest; the slowest tests are shown with their seconds, and the CPU seconds of all."""
    folder = ROOT / "tests/domain/estimation"
    options = ["-q", "-p", "no:xdist", "--durations=12", "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *options, *(str(folder / name) for name in FILES)]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, "PROVE": "1"}, check=False).returncode
    print(f"CPU {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.0f} s")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
