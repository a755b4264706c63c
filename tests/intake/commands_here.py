"""The commands of the intake, as processes of their own on the database of the test or in the process of the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def environment(database: str, mailbox: str = "") -> dict[str, str]:
    """What the process is told; only the application's own role is given."""
    told = urlsplit(os.environ["DATABASE_URL"])
    changes = {
        "DATABASE_URL": urlunsplit(told._replace(path=f"/{database}")),
        "MELDROUTE_MAILBOX": mailbox,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }
    return {name: value for name, value in os.environ.items() if name != "MELDROUTE_OWNER_DATABASE_URL"} | changes


def manage(database: str, *words: str, mailbox: str = "") -> subprocess.CompletedProcess[bytes]:
    """`django …` as a process."""
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, env=environment(database, mailbox), capture_output=True, timeout=300, check=False)


def told(*words: str) -> Any:
    """What a command says with `--json`, in this process; it is one line."""
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    assert out.getvalue().count("\n") == 1
    return json.loads(out.getvalue())
