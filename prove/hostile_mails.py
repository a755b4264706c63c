"""20.000 kapotte mails: geen enkele houdt de lezer op, elk binnen 2 s rekentijd en 200 MB (T2).

`python -m prove.hostile_mails [mutations]`; the operating system holds the limits, as in the suite.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MUTATIONS = 20_000


def main(mutations: int) -> int:
    """0 when every mail was read within the limits and none surprised the reader."""
    done: list[dict[str, Any]] = []
    again = 0
    code = -signal.SIGXCPU
    while code == -signal.SIGXCPU and again < 10:
        code, lines, error = _bounded(mutations, skip=len(done))
        fresh = [line for line in lines if "name" in line]
        done += fresh
        again = 0 if fresh else again + 1  # a machine that is paused charges the pause to whoever runs
        if not fresh and again > 1:
            break
    worst = max(done, key=lambda line: line["cpu"])
    unexpected = [line["name"] for line in done if line["unexpected"]]
    hands = sum(line["hand"] for line in done)
    print(f"mails {len(done)}, needs a hand {hands}, unexpected {len(unexpected)}")
    print(f"most CPU {worst['cpu']:.2f} s ({worst['name']}), in all {sum(line['cpu'] for line in done):.0f} s")
    if code:
        print(f"ended with {code}: {error[-500:]}")
    return int(bool(code or unexpected or len(done) < mutations))


def _bounded(mutations: int, *, skip: int) -> tuple[int, list[dict[str, Any]], str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    command = [sys.executable, "-m", "intake.bounded", str(mutations), str(skip)]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}, check=False)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MUTATIONS))
