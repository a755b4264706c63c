"""The list of parts (SBOM, CycloneDX 1.6): `python -m tools.parts` writes docs/operations/parts.cdx.json.

Made from the locks and the vendored files alone, so that equal sources give equal bytes: no moment and no serial
number. Every package of `requirements.lock` is required, what only `requirements-test.lock` has is excluded (not
delivered). The locks hold the checksums of the packages; of vendored files the checksum stands here. What the machine
brings (Python, PostgreSQL, the proxy, clamd) is no part of the delivery.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "docs" / "operations" / "parts.cdx.json"
VENDOR = ROOT / "src" / "meldroute" / "web" / "static" / "vendor"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?$", re.MULTILINE)
NOTICE = re.compile(r"/\*! (@[\w/-]+) ([\d.]+) \(([\w.-]+)\)")
FOLDER = re.compile(r"^\| `([\w-]+)/` \| `(@[\w/.-]+)`[^|]* \| ([\d.]+) \| ([\w.-]+) \|", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)


def parts() -> dict[str, Any]:
    """The whole list, as CycloneDX shapes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [*_packages(), *_vendored()]
    direct = {_plain(name) for name in ASKED.findall((ROOT / "requirements" / "run.in").read_text(encoding="utf-8"))}
    needs = [one["bom-ref"] for one in components if one["scope"] == "required" and _is_direct(one, direct)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": project["name"], "dependsOn": needs}],
    }


def _is_direct(component: dict[str, Any], direct: set[str]) -> bool:
    return component["purl"].startswith("pkg:npm/") or _plain(component["name"]) in direct


def _packages() -> Iterator[dict[str, Any]]:
    """Every pin of both locks, each once."""
    run = set(pins(ROOT / "requirements.lock"))
    for name, version, only in sorted({*run, *pins(ROOT / "requirements-test.lock")}):
        made = _component(f"pkg:pypi/{_plain(name)}@{version}", name, version, required=(name, version, only) in run)
        yield made | ({"properties": [{"name": "meldroute:only", "value": only}]} if only else {})


def pins(lock: Path) -> list[tuple[str, str, str]]:
    """Name, version and where it counts, of every line of a lock."""
    return [(name, version, only.strip()) for name, version, only in PINNED.findall(lock.read_text(encoding="utf-8"))]


def _vendored() -> Iterator[dict[str, Any]]:
    """Styles and fonts that pages load, and what the tests bring."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(VENDOR.rglob("*.css")))
    told = {(name, version, licence) for name, version, licence in NOTICE.findall(styles)}
    folders = FOLDER.findall((VENDOR / "README.md").read_text(encoding="utf-8"))
    told |= {(name, version, licence) for _, name, version, licence in folders}
    for name, version, licence in sorted(told):
        files = [
            path for folder, owner, _, _ in folders if owner == name for path in sorted((VENDOR / folder).iterdir())
        ]
        made = _component(_npm(name, version), name, version, required=True)
        yield made | {"licenses": [{"license": {"id": licence}}]} | _held(files)
    axe = re.search(r"axe v([\d.]+)", AXE.read_text(encoding="utf-8")[:200])
    if axe:
        made = _component(_npm("axe-core", axe[1]), "axe-core", axe[1], required=False)
        yield made | {"licenses": [{"license": {"id": "MPL-2.0"}}]} | _held([AXE])


def _component(purl: str, name: str, version: str, *, required: bool) -> dict[str, Any]:
    scope = "required" if required else "excluded"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "scope": scope, "purl": purl}


def _held(files: list[Path]) -> dict[str, Any]:
    """The files of a part with their checksums."""
    told = [
        {
            "type": "file",
            "bom-ref": f"file:{path.relative_to(ROOT).as_posix()}",
            "name": path.relative_to(ROOT).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in files
    ]
    return {"components": told} if told else {}


def _npm(name: str, version: str) -> str:
    return f"pkg:npm/{quote(name, safe='/')}@{version}"


def _plain(name: str) -> str:
    """As package indexes write names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def text() -> str:
    """The file as it is written."""
    return json.dumps(parts(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    WRITTEN.write_text(text(), encoding="utf-8")
