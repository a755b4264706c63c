"""Tests that need a program which is not on this machine: left out, and counted above pytest's last line.

`tests/conftest.py` takes the two hooks over. What a test needs is seen from what it uses: playwright drives Debian's
chromium, without its window when that is there (half the CPU). Tests that skip themselves (with Dovecot) are counted
here too.
"""

from __future__ import annotations

import shutil
from collections import Counter

import pytest

CHROMIUM = "chromium ontbreekt (apt install chromium)"
BROWSERS = ("chromium-headless-shell", "chromium")


def chromium() -> str | None:
    """The browser to start, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def needs_chromium(item: pytest.Item) -> bool:
    module = getattr(item, "module", None)
    return {"browser", "world"} & {*getattr(item, "fixturenames", ())} != set() or any(
        hasattr(module, name) for name in ("sync_playwright", "site")
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures of a test are made."""
    if needs_chromium(item) and chromium() is None:
        pytest.skip(CHROMIUM)


def reasons(skipped: list[pytest.TestReport]) -> Counter[str]:
    """How many tests were left out for each reason."""
    told = (report.longrepr[2] if isinstance(report.longrepr, tuple) else "onbekend" for report in skipped)
    return Counter(text.removeprefix("Skipped: ") for text in told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per reason, so that no test is left out in silence."""
    counted = reasons(terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(counted.items()):
        terminalreporter.write_line(f"Niet gedraaid: {count} × {reason}")
