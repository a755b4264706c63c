"""`./meldroute check`: style, types, layers, migrations, templates and words that do not belong here."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import environment, opening
from launcher.application import Application
from launcher.places import Places
from launcher.settings import Settings

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
# Package indexes by host name, and folders of one developer's machine. Written so that this file does not match.
FOREIGN = re.compile(
    rb"py[p]i\.(?:org|python)|python[h]osted\.org|registry\.n[p]mjs|deb\.d[e]bian\.org"
    rb"|(?<![\w.:/-])/(?:w[o]rk|r[o]ot|t[m]p|h[o]me/\w+)/|\.\./sh[a]red\b"
)
NOT_SEARCHED = ("src/meldroute/web/static/vendor/", "tests/vendor/")
LARGEST = 2_000_000


@dataclass(frozen=True)
class Result:
    ok: bool
    output: str = ""


def run(places: Places, settings: Settings) -> int:
    """0 when every check is good. Prints one line per check, and everything a failing one said."""
    environment.ensure(places, environment.TEST)
    with opening.throw_away(places, "test", settings) as application:
        application.make_keys()
        good = [_report(name, check) for name, check in _checks(application)]
    return 0 if all(good) else 1


def _report(name: str, check: Callable[[], Result]) -> bool:
    start = time.monotonic()
    result = check()
    print(f"{'goed' if result.ok else 'FOUT'}  {name}  ({time.monotonic() - start:.1f} s)", flush=True)
    if not result.ok:
        print(result.output.rstrip(), flush=True)
    return result.ok


def _checks(application: Application) -> Iterator[tuple[str, Callable[[], Result]]]:
    places, python = application.places, str(application.python)

    def program(*command: str) -> Callable[[], Result]:
        return lambda: _program(command, application)

    def django(*arguments: str) -> Callable[[], Result]:
        return program(*application.command(*arguments))

    yield "stijl en bekende fouten (ruff)", program(python, "-m", "ruff", "check", ".")
    yield "typen (mypy)", program(python, "-m", "mypy", "-p", "meldroute", "-p", "launcher")
    yield "lagen (import-linter)", program(python, "-c", LINT_IMPORTS)
    yield "instellingen (django check)", django("check", "--fail-level", "WARNING")
    yield "migraties volledig", django("makemigrations", "--check", "--dry-run", "--verbosity", "1")
    if has_command(places, "check_templates"):
        yield "sjablonen", django("check_templates")
    yield "geen machines of mappen van buiten", lambda: foreign_words(places.root)


def _program(command: Sequence[str], application: Application) -> Result:
    variables = application.owner_variables()
    variables["PYTHONPATH"] = f"{application.places.source}:{application.places.root}"
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        cwd=application.places.root,
        env=variables,
    )
    return Result(done.returncode == 0, done.stdout)


def has_command(places: Places, name: str) -> bool:
    """Whether some chapter has this management command."""
    return any(places.source.glob(f"meldroute/**/management/commands/{name}.py"))


def foreign_words(root: Path) -> Result:
    """No file under version control may name a package index, a machine's own folder or a folder outside."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=False, cwd=root)
    if listed.returncode != 0:
        return Result(False, "git ls-files lukt niet: dit is geen git-kloon of git ontbreekt")
    names = [name for name in listed.stdout.decode().split("\0") if name and not name.startswith(NOT_SEARCHED)]
    found = [line for name in names for line in _foreign_in(root / name, name)]
    return Result(not found, "\n".join(found))


def _foreign_in(path: Path, name: str) -> Iterator[str]:
    if not path.is_file() or path.stat().st_size > LARGEST:
        return
    content = path.read_bytes()
    if b"\0" in content[:8000]:
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if FOREIGN.search(line):
            yield f"{name}:{number}: {line.decode(errors='replace').strip()[:120]}"
