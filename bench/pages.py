"""Snelheid van de werkvoorraad en het zoeken: CPU en SQL-opdrachten, naast een kale Django-view.

`python -m bench.pages [signals ...]`, usually 1000 and 100000. CPU of application and database backend together.
"""

from __future__ import annotations

from pathlib import Path

import django
import pytest

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    django.setup()  # before the fixtures are read: they import models
    options = ["-c", str(HERE.parent / "pyproject.toml"), "-p", "conftest", "-s", "-p", "no:xdist"]
    raise SystemExit(pytest.main([*options, str(HERE / "_pages.py")]))
