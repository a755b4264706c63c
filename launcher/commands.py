"""From the words on the command line to the work."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from launcher import checking, environment, interruption, mailsink, measuring, opening, places, serve, testing
from launcher import settings as environment_settings
from launcher.application import Application
from launcher.help import COMMANDS, OVERVIEW
from launcher.places import Places
from launcher.say import Refused, refuse, say
from launcher.settings import Settings

DJANGO = {
    "walkthrough": "walkthrough",
    "fetch-mail": "fetch_mail",
    "mail-ledger": "mail_ledger",
    "verify-journal": "verify_journal",
    "plan": "plan",
}
MEASURED = ("bench", "prove")
ESTIMATE = "meldroute.figures.estimate"
HELP = ("-h", "--help", "help")
AS_OWNER = ("migrate", "sqlmigrate", "showmigrations", "expire_journal")


@dataclass(frozen=True)
class Request:
    """What was asked, where, with which settings."""

    places: Places
    settings: Settings
    command: str
    arguments: list[str]
    empty: bool


def main(words: Sequence[str]) -> int:
    """The whole command; the exit code for the shell. Refusals end as one message on stderr."""
    interruption.listen()
    try:
        return _main(list(words))
    except Refused as refused:
        print(f"meldroute: {refused}", file=sys.stderr)
        return refused.code
    except KeyboardInterrupt:
        print("meldroute: afgebroken", file=sys.stderr)
        return 130


def _main(words: list[str]) -> int:
    empty = words[:1] == ["--empty"]
    words = words[empty:]
    if not words or words[0] in HELP:
        print(overview(places.places()), end="")
        return 0
    command, arguments = words[0], words[1:]
    if command not in ACTIONS:
        refuse(f"De opdracht {command} bestaat niet. Alle opdrachten: ./meldroute --help", code=2)
    if command in COMMANDS and arguments[:1] and arguments[0] in HELP[:2]:
        print(COMMANDS[command], end="")
        return 0
    if not available(places.places(), command):
        refuse(f"De opdracht {command} hoort niet bij deze versie.", code=2)
    if command != "manage" and "--empty" in arguments:
        empty = True
        arguments.remove("--empty")
    return ACTIONS[command](_request(command, arguments, empty))


def available(where: Places, command: str) -> bool:
    """Whether this version has what the command needs: its management command, or something to measure."""
    if command in DJANGO:
        return checking.has_command(where, DJANGO[command])
    return bool(measuring.modules(where.root / command)) if command in MEASURED else True


def overview(where: Places) -> str:
    """The help text, without the commands that this version does not have."""
    absent = tuple(f"  {name} " for name in ACTIONS if not available(where, name))
    return "".join(line for line in OVERVIEW.splitlines(keepends=True) if not line.startswith(absent))


def _request(command: str, arguments: list[str], empty: bool) -> Request:
    settings = environment_settings.read(os.environ)
    return Request(places.places(state=settings.state), settings, command, arguments, empty)


def _run(request: Request) -> int:
    return serve.run(request.places, request.settings, request.empty, port_from(request.arguments))


def port_from(arguments: Sequence[str]) -> int | None:
    """The number behind --port; None without it. Anything else is refused."""
    words = [part for word in arguments for part in word.split("=", 1)] if arguments else []
    if not words:
        return None
    if words[0] != "--port" or len(words) != 2:
        refuse(f"run kent dit niet: {' '.join(arguments)}. Zie ./meldroute run --help", code=2)
    if not words[1].isdigit() or int(words[1]) > 65535:
        refuse(f"--port vraagt een getal van 0 tot en met 65535, niet {words[1]}.", code=2)
    return int(words[1])


def _test(request: Request) -> int:
    return testing.run(request.places, request.settings, request.arguments)


def _check(request: Request) -> int:
    if request.arguments:
        refuse("check heeft geen opties. Zie ./meldroute check --help", code=2)
    return checking.run(request.places, request.settings)


def _measure(request: Request) -> int:
    return measuring.run(request.places, request.settings, request.command, request.arguments)


def _pictures(request: Request) -> int:
    return measuring.run(request.places, request.settings, "tools", ["pictures", *request.arguments])


def _estimate(request: Request) -> int:
    """Needs no database: only numbers."""
    python = environment.ensure(request.places, environment.RUN)
    variables = {**os.environ, "PYTHONPATH": str(request.places.source)}
    os.execve(python, [str(python), "-m", ESTIMATE, *request.arguments], variables)


def _django(request: Request) -> int:
    """One of our own commands; walkthrough also gets a mail server to receive its mail."""
    arguments = [DJANGO[request.command], *request.arguments]
    if request.command == "walkthrough" and request.empty:
        refuse("walkthrough werkt alleen in de oefeninstallatie; laat --empty weg.")
    return _in_installation(request, lambda application: application.call(*arguments))


def _manage(request: Request) -> int:
    arguments = request.arguments or ["help"]

    def work(application: Application) -> int:
        variables = application.owner_variables() if arguments[0] in AS_OWNER else application.variables()
        return application.call(*arguments, variables=variables)

    return _in_installation(request, work)


def _in_installation(request: Request, work: Callable[[Application], int]) -> int:
    environment.ensure(request.places, environment.RUN)
    installation = opening.choose(request.places, request.empty)
    if installation.real:
        say("Echte installatie (--empty)")
    with opening.opened(request.places, installation, request.settings) as (application, _):
        application.prepare()
        with mailsink.available(application):
            return work(application)


ACTIONS: dict[str, Callable[[Request], int]] = {
    "run": _run,
    "test": _test,
    "check": _check,
    "bench": _measure,
    "prove": _measure,
    "pictures": _pictures,
    "estimate": _estimate,
    "manage": _manage,
    **dict.fromkeys(DJANGO, _django),
}
