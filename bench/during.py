"""Een bladzijde terwijl mails worden ingelezen en terwijl kopieën worden losgelaten, naast dezelfde zonder dat."""

from __future__ import annotations

from pathlib import Path

import django
import pytest

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    django.setup()  # before the fixtures are read: they import models
    options = ["-c", str(HERE.parent / "pyproject.toml"), "-p", "conftest", "-s", "-p", "no:xdist"]
    raise SystemExit(pytest.main([*options, str(HERE / "_during.py")]))
