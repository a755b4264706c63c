"""Reads every hostile mail while the operating system holds the limits: 2 s CPU per mail and 200 MB in all.

A mail that takes more ends this process (SIGXCPU, or MemoryError that becomes a wrong answer), so the name on the
last line printed is the culprit. Run as: python -m intake.bounded MUTATIONS [SKIP]
"""

from __future__ import annotations

import json
import resource
import sys
import tomllib
from itertools import islice
from pathlib import Path
from time import process_time

from intake import hostile
from intake.soundness import assert_sound
from meldroute.intake.message import Problem, read
from meldroute.intake.proposal import Words, propose

MEMORY = 200 * 1024 * 1024
SECONDS = 2
WORDS = Words.of(tomllib.loads((Path(__file__).parents[2] / "policies/intake-words.toml").read_text("utf-8")))


def allow(seconds: int) -> None:
    """The CPU that this process may still use; the operating system counts whole seconds, so rounded up."""
    used = int(process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def main(mutations: int, skip: int = 0) -> None:
    """One JSON line per mail behind the first `skip`: name, needs a hand, unexpected, CPU seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, raw in islice(hostile.each(mutations), skip, None):
        print(json.dumps({"begun": name}), flush=True)
        allow(SECONDS)
        begun = process_time()
        reading = read(raw)
        propose(reading, WORDS, {})
        spent = process_time() - begun
        allow(60)
        assert_sound(reading)
        unexpected = any(noted.problem is Problem.UNEXPECTED for noted in reading.problems)
        print(
            json.dumps({"name": name, "hand": reading.needs_hand, "unexpected": unexpected, "cpu": spent}), flush=True
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
