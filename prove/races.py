"""Twee voorzitters beslissen tegelijk: 200 rondes per besluit."""

from __future__ import annotations

from prove._longer import prove

if __name__ == "__main__":
    prove("tests/route/test_decision_races.py", "tests/meetings/test_meeting_races.py")
