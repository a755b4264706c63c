"""Read the invented texts and hold the check against them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from meldroute.domain.feedback import FeedbackPolicy, Finding, Known, Part, Person, Watch, load
from meldroute.domain.normalise import Address

HERE = Path(__file__).parent
POLICY = HERE.parents[2] / "policies" / "feedback.toml"
_PARTS = {"onderwerp: ": Part.SUBJECT, "bijlage: ": Part.ATTACHMENT}


@dataclass(frozen=True)
class Case:
    file: str
    part: Part
    text: str
    spots: tuple[tuple[int, int, bool], ...]  # start, end, must be refused
    revealing: bool


def read(name: str) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def policy() -> FeedbackPolicy:
    return load(tomllib.loads(POLICY.read_text(encoding="utf-8")))


def known_files() -> dict[str, Known]:
    return {name: _known(row) for name, row in read("files.toml").items()}


def _known(row: dict) -> Known:
    people = {group: tuple(_person(p) for p in row[group]) for group in ("subjects", "colleagues", "partner_people")}
    rest = {name: tuple(values) for name, values in row.items() if name not in people and name != "addresses"}
    return Known(**people, **rest, addresses=tuple(Address(**address) for address in row["addresses"]))


def _person(row: dict) -> Person:
    return Person(row["name"], tuple(row.get("aliases", ())), row.get("born"))


def cases(name: str) -> Iterator[Case]:
    for file, groups in read(name).items():
        for revealing in (True, False):
            for line in groups["revealing" if revealing else "innocent"]:
                yield _case(file, line, revealing)


def _case(file: str, line: str, revealing: bool) -> Case:
    part = Part.TEXT
    for start, named in _PARTS.items():
        if line.startswith(start):
            part, line = named, line.removeprefix(start)
    text, spots, open_at = "", [], 0
    for piece in re.split(r"([⟦⟧⟪⟫])", line):
        if piece in "⟦⟪" and piece:
            open_at = len(text)
        elif piece in "⟧⟫" and piece:
            spots.append((open_at, len(text), piece == "⟧"))
        else:
            text += piece
    filled = tuple(spot for spot in spots if spot[0] < spot[1])
    assert bool(filled) is revealing, line
    return Case(file, part, text, filled, revealing)


def findings(case: Case, watch: Watch) -> list[Finding]:
    return watch.findings(case.text, case.part)


def is_found(case: Case, found: list[Finding]) -> bool:
    """Every marked spot is touched by a finding, of the refusing kind where it must be."""
    return all(
        any(f.start < end and start < f.end and f.part is case.part and not (refused and f.overridable) for f in found)
        for start, end, refused in case.spots
    )


def confusion(name: str) -> tuple[Counter[str], list[str]]:
    """Counts of found, missed, passed and stopped; and the lines that went wrong."""
    watches = {file: Watch(known, policy().words) for file, known in known_files().items()}
    counts: Counter[str] = Counter()
    wrong = []
    for case in cases(name):
        found = findings(case, watches[case.file])
        good = is_found(case, found) if case.revealing else not found
        verdict = ("found" if good else "missed") if case.revealing else ("passed" if good else "stopped")
        counts[verdict] += 1
        if not good:
            said = ", ".join(f"{f.kind.value}={case.text[f.start : f.end]!r}" for f in found)
            wrong.append(f"{verdict} [{case.file}] {case.text!r} -> {said}")
    return counts, wrong
