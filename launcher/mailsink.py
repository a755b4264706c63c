"""The practice mail server as one of our processes, or the one that already runs."""

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import network
from launcher.application import Application
from launcher.children import Child
from launcher.files import read_json, write_json
from launcher.places import make_folder
from launcher.say import refuse

FOLDER = "verzonden"
GREETING = "220 meldroute practice mail, nothing leaves this machine"
PROGRAM = Path(__file__).with_name("sink.py")


def _announcement(application: Application) -> Path:
    return application.installation.folder / "mail-sink.json"


def running_port(application: Application) -> int | None:
    """The port of the sink that `run` started, when it really answers as ours."""
    port = read_json(_announcement(application)).get("port")
    return port if isinstance(port, int) and greets(port) else None


def greets(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((network.HOST, port), timeout=2) as connection:
        return connection.recv(200).startswith(GREETING.encode())
    return False


def child(application: Application, opened: socket.socket) -> Child:
    """The sink on a socket that is already open."""
    installation = application.installation
    make_folder(installation.logs)
    number = opened.fileno()
    command = program(number, installation.folder / FOLDER)
    log = installation.logs / "mail-sink.log"
    return Child("De oefenmailserver", command, {"PATH": os.defpath}, installation.folder, log, (number,))


def program(number: int, folder: Path) -> list[str]:
    """The command line of the sink for a listening socket and the folder that gets the mails."""
    return [sys.executable, "-I", str(PROGRAM), f"--fd={number}", f"--folder={folder}", f"--greeting={GREETING}"]


def announce(application: Application, port: int) -> None:
    write_json(_announcement(application), {"port": port})


@contextmanager
def available(application: Application) -> Iterator[None]:
    """For one command: the running sink, or one that lives as long as the command. A mail server of the user stays."""
    if application.smtp_url is not None or not application.installation.practice:
        yield
        return
    port = running_port(application)
    if port is not None:
        application.smtp_url = url(port)
        yield
        return
    with _own(application) as own:
        application.smtp_url = url(own)
        yield


@contextmanager
def _own(application: Application) -> Iterator[int]:
    opened = network.listening(0) or refuse("Er is geen vrije poort voor de oefenmailserver.")
    with opened:
        sink = child(application, opened)
        sink.start()
        try:
            yield network.port_of(opened)
        finally:
            sink.stop(3)


def url(port: int) -> str:
    return f"smtp://{network.HOST}:{port}"
