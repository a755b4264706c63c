"""`./meldroute bench` and `./meldroute prove`: measurements, and long proofs that are too slow for the tests.

Each is a module in the folder of that name, run as `python -m bench.NAME` with a database of its own.
"""

import ast
from collections.abc import Sequence
from pathlib import Path

from launcher import environment, opening
from launcher.application import Application, call
from launcher.locks import only_one
from launcher.places import Places
from launcher.say import refuse, say
from launcher.settings import Settings

BUSY = "Er loopt al een meting in deze map."


def run(places: Places, settings: Settings, folder: str, arguments: Sequence[str]) -> int:
    """Run one module, or all of them; the exit code of the first that fails."""
    known = modules(places.root / folder)
    if "--list" in arguments:
        print("\n".join(f"{name:<24}{about}" for name, about in known.items()))
        return 0
    names = _chosen(folder, list(known), arguments)
    environment.ensure(places, environment.TEST)
    with (
        only_one(places.state / "bench.lock", BUSY, 7200),
        opening.throw_away(places, "bench", settings) as application,
    ):
        application.make_keys()
        codes = [_run(application, folder, name, arguments[1:]) for name in names]
    return next((code for code in codes if code), 0)


def modules(folder: Path) -> dict[str, str]:
    """Name and first line of the explanation of every module in the folder."""
    files = [path for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]
    return {path.stem: _about(path) for path in files}


def _about(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def _chosen(folder: str, known: list[str], arguments: Sequence[str]) -> list[str]:
    if not known:
        refuse(f"Er staat nog niets in de map {folder}.")
    if not arguments or arguments[0].startswith("-"):
        return known
    if arguments[0] not in known:
        refuse(f"{arguments[0]} is niet bekend. Kies uit: {', '.join(known)}", code=2)
    return [arguments[0]]


def _run(application: Application, folder: str, name: str, arguments: Sequence[str]) -> int:
    say(f"{folder} {name}")
    variables, root = application.owner_variables(), application.places.root
    variables["PYTHONPATH"] = ":".join(str(root / part) for part in ("src", "", "tests"))
    command = [str(application.python), "-m", f"{folder}.{name}", *arguments]
    return call(command, variables, root)
