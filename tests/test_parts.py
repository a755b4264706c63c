"""The list of parts is what the locks and the vendored files are; CycloneDX by its rules (T46)."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from tools.parts import WRITTEN, text

ROOT = Path(__file__).resolve().parents[1]
TOLD = json.loads(WRITTEN.read_text(encoding="utf-8"))
COMPONENTS = TOLD["components"]


def locked(name: str) -> set[str]:
    """`name==version` at the beginning of every line that has no hash, read without the tool."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith((" ", "#"))}


def test_it_is_made_from_what_is_there() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == text(), "run: .state/venv/bin/python -m tools.parts"


def test_every_locked_package_stands_in_it_and_nothing_else() -> None:
    told = {(f"{one['name']}=={one['version']}", one["scope"]) for one in COMPONENTS if "pypi" in one["purl"]}
    run, test = locked("requirements.lock"), locked("requirements-test.lock")
    assert told == {(one, "required") for one in run} | {(one, "excluded") for one in test - run}
    assert len(run) > 40


def test_every_vendored_file_stands_in_it_with_its_checksum() -> None:
    held = {file["name"]: file["hashes"][0]["content"] for one in COMPONENTS for file in one.get("components", ())}
    vendor = ROOT / "src/meldroute/web/static/vendor"
    served = {path for path in vendor.rglob("*") if path.is_file() and path.parent != vendor}
    for path in served:
        assert held[path.relative_to(ROOT).as_posix()] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "tests/vendor/axe.min.js" in held
    notices = re.findall(r"/\*! (@\S+) (\S+) ", "".join(path.read_text() for path in vendor.rglob("*.css")))
    assert {(one["name"], one["version"]) for one in COMPONENTS} >= set(notices)


def test_it_keeps_the_rules_of_cyclonedx() -> None:
    references = [one["bom-ref"] for one in COMPONENTS]
    assert (TOLD["bomFormat"], TOLD["specVersion"]) == ("CycloneDX", "1.6")
    assert len(references) == len(set(references))
    assert set(TOLD["dependencies"][0]["dependsOn"]) < set(references)
    assert all(re.fullmatch(r"pkg:(pypi|npm)/[\w.%/-]+@[\w.+-]+", one["purl"]) for one in COMPONENTS)
    assert "pkg:pypi/django@" in " ".join(TOLD["dependencies"][0]["dependsOn"])
