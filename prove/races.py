"""Twee voorzitters beslissen tegelijk: 200 rondes per besluit."""

from __future__ import annotations

from prove._pytest import longer

if __name__ == "__main__":
    longer("tests/route/test_decision_races.py", "tests/meetings/test_meeting_races.py")
