"""Tests without their program are left out and counted; the last line stays pytest's own."""

import os
import subprocess
import sys
from pathlib import Path

from launcher.places import ROOT

TESTS = """
import pytest
def sync_playwright(): ...
def test_in_a_browser(): pass
def test_in_a_browser_too(): pass
"""
OTHER = """
import pytest
def test_plain(): pass
def test_mail(): pytest.skip("Dovecot is not installed")
"""


def test_what_is_left_out_is_counted_and_the_summary_is_last(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from left_out import pytest_runtest_setup, pytest_terminal_summary\n")
    (tmp_path / "test_one.py").write_text(TESTS)
    (tmp_path / "test_two.py").write_text(OTHER)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "-n",
        "1",
        str(tmp_path),
    ]
    env = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
    lines = done.stdout.rstrip().splitlines()
    assert "Niet gedraaid: 2 × chromium ontbreekt (apt install chromium)" in lines
    assert "Niet gedraaid: 1 × Dovecot is not installed" in lines
    assert lines[-1].startswith("1 passed, 3 skipped"), done.stdout + done.stderr
