"""Snelheid van rapporten: CPU van tellen, PDF en ODT, elk hooguit 1 s."""

from __future__ import annotations

from pathlib import Path

import django
import pytest

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    django.setup()  # before the fixtures are read: they import models
    options = ["-c", str(HERE.parent / "pyproject.toml"), "-p", "conftest", "-s", "-p", "no:xdist"]
    raise SystemExit(pytest.main([*options, str(HERE / "_reports.py")]))
