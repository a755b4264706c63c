"""`meldroute estimate TABLE.csv`: how many are not seen, or why that cannot be said. Needs no database."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from meldroute.domain.estimation import METHODS, Assessment, BadTable, Progress, Question, Table, assess, read_csv
from meldroute.domain.estimation.chance import MOST_SEED

from .estimate_json import as_dict
from .estimate_pdf import pdf
from .estimate_report import html
from .estimate_text import text

BAD_INPUT = 2
STOPPED = 130
ALL = "all"
MOST_REPLICATES = 1_000_000
MOST_BYTES = 5_000_000


class Problem(Exception):
    """Something that ends the command with one clear line."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Problem(
            "verkeerde opdracht; zo wel: meldroute estimate TABEL.csv [--method stepwise|bic|bma|all] "
            "[--replicates 1000] [--seed 1] [--json] [--report BESTAND.html]"
        )


def main(argv: list[str]) -> int:
    """Run the command; the exit code is 0, 2 for input that cannot be used, 130 when stopped."""
    try:
        return _run(_parser().parse_args(argv))
    except Problem as problem:
        print(f"estimate: {problem}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (whoever read us has left)
        return 0
    except KeyboardInterrupt:
        print("estimate: gestopt", file=sys.stderr)
        return STOPPED


def _parser() -> _Parser:
    parser = _Parser(
        prog="meldroute estimate",
        description="Schat uit overlappende lijsten hoeveel vermoedelijke slachtoffers niet zijn gezien.",
    )
    parser.add_argument("table", metavar="TABEL.csv", help="kolom per lijst (0 of 1), laatste kolom count")
    parser.add_argument("--method", choices=(*METHODS, ALL), default=ALL, help="methode (standaard: all)")
    parser.add_argument("--replicates", type=_number, default=1000, help="herhalingen; 0 is geen bootstrap")
    parser.add_argument("--seed", type=_number, default=1, help="startgetal van het toeval")
    parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")
    parser.add_argument("--report", metavar="BESTAND", help="schrijf een verslag (.html of .pdf)")
    return parser


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise argparse.ArgumentTypeError(value)
    return int(value)


def _run(wanted: argparse.Namespace) -> int:
    if wanted.replicates > MOST_REPLICATES:
        raise Problem(f"hooguit {MOST_REPLICATES} herhalingen")
    if wanted.seed > MOST_SEED:
        raise Problem(f"het startgetal is hooguit {MOST_SEED}")
    data = _read(Path(wanted.table))
    methods = METHODS if wanted.method == ALL else (wanted.method,)
    question = Question(methods=methods, replicates=wanted.replicates, seed=wanted.seed)
    found = assess(_table(wanted.table, data), question, _progress(), time.process_time)
    digest = hashlib.sha256(data).hexdigest()
    if wanted.report:
        _report(Path(wanted.report), found, digest)
    if wanted.json:
        print(json.dumps(as_dict(found, digest), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print(text(found, digest))
    return 0


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Problem(f"{path}: het bestand is te groot")
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"{path}: kan dit bestand niet lezen") from error


def _table(name: str, data: bytes) -> Table:
    try:
        return read_csv(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Problem(f"{name}: dit is geen tekst in UTF-8") from error
    except BadTable as error:
        raise Problem(f"{name}: {error.message.nl}") from error


def _report(path: Path, found: Assessment, digest: str) -> None:
    try:
        if path.suffix.lower() == ".pdf":
            path.write_bytes(pdf(found, digest))
        else:
            path.write_text(html(found, digest), encoding="utf-8")
    except OSError as error:
        raise Problem(f"{path}: kan het verslag niet schrijven") from error


def _progress() -> Progress:
    """Progress on a terminal only, so that a log or a pipe stays clean."""
    shown = sys.stderr.isatty()

    def say(work: str, done: int, total: int) -> None:
        if shown:
            print(f"\r{work} {done}/{total} ", end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
