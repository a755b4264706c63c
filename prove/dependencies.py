"""Bekende zwakheden in de pakketten van requirements.lock (ASVS 5.0, 15.2.1).

`python -m prove.dependencies`: asks pip-audit (installed once into an environment of its own, `.state/audit`) about
every locked version. Good is: every package was looked up, and none has a known weakness. A package that could not be
looked up is no pass: where the service cannot be reached the proof fails and says so. Beside it pip
resolves requirements/run.in anew and says which pins have a newer version: of a pin that is the newest there is no
mended version that we did not take. Terms: docs/operations/dependencies.md.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".state" / "audit"
TOOL = "pip-audit"
LOCK = ROOT / "requirements.lock"


def judged(report: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What is weak (package, version, number of the weakness and where it is mended), and what was not looked up."""
    weak, unknown = [], []
    for one in report["dependencies"]:
        if "skip_reason" in one or "version" not in one:
            unknown.append(one["name"])
        for hole in one.get("vulns", []):
            mended = ", ".join(hole["fix_versions"]) or "nog nergens"
            weak.append(f"{one['name']} {one['version']}: {hole['id']}, verholpen in {mended}")
    return weak, unknown


def behind(pins: Mapping[str, set[str]], report: Mapping[str, Any]) -> list[str]:
    """The pins for which pip would take another version today: name, ours and the newest that fits the others."""
    newest = {plain(one["metadata"]["name"]): one["metadata"]["version"] for one in report["install"]}
    late = [name for name in sorted(pins) if newest.get(name, "") not in {"", *pins[name]}]
    return [f"{name} {', '.join(sorted(pins[name]))}, nieuwste {newest[name]}" for name in late]


def plain(name: str) -> str:
    """As package indexes write names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _say_behind(python: Path) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    asked = [*command, "--requirement", ROOT / "requirements" / "run.in"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        print("niet na te kijken: nieuwere versies")
        return
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE):
        pins.setdefault(plain(name), set()).add(version)
    late = behind(pins, json.loads(done.stdout))
    for line in late:
        print(f"achter  {line}")
    print(f"{len(pins) - len(late)} van {len(pins)} pakketten zijn de nieuwste versie")


def main() -> int:
    """0 when every package was looked up and none is weak."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", TOOL], check=True)
    _say_behind(python)
    command = [python, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner"]
    asked = [*command, "off", "--requirement", LOCK]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        print(f"niet na te kijken: {(done.stderr.strip().splitlines() or ['geen antwoord'])[-1][:200]}")
        return 2
    weak, unknown = judged(json.loads(done.stdout))
    for line in weak:
        print(f"zwak  {line}")
    if unknown:
        print(f"niet na te kijken: {len(unknown)} pakketten ({', '.join(sorted(unknown)[:5])} …)")
    if not weak and not unknown:
        print("goed  geen bekende zwakheden")
    return 1 if weak else 2 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
