"""`./meldroute run`: everything up, looked after, and down again."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import environment, mailsink, network, opening
from launcher.application import Application
from launcher.children import Child
from launcher.cluster import Cluster
from launcher.files import last_lines, read_json, write_json
from launcher.interruption import not_now
from launcher.locks import Lock
from launcher.places import Installation, Places, make_folder
from launcher.say import refuse, say
from launcher.settings import Settings

WEB_PATIENCE = 90.0
STOP_PATIENCE = 10.0
GUNICORN = ("--workers", "2", "--threads", "4", "--preload", "--timeout", "60", "--graceful-timeout", "5")
WEB_LOG = "meldroute.web.weblog.WebLog"
QUIET = ("--error-logfile", "-", "--log-level", "warning", "--no-control-socket", "--logger-class", WEB_LOG)


class Service:
    """The processes of one run; `children` is the order in which they are stopped: web, worker, mail server."""

    def __init__(self, application: Application, cluster: Cluster | None, web_socket: socket.socket) -> None:
        self.application = application
        self.cluster = cluster
        self.web_socket = web_socket
        self.children: list[Child] = []
        application.base_url = f"http://localhost:{self.port}"

    @property
    def port(self) -> int:
        return network.port_of(self.web_socket)

    def start(self, sink_socket: socket.socket | None) -> None:
        """The mail server first, because the others are told its address."""
        sink = [] if sink_socket is None else [self._sink(sink_socket)]
        self.children = [self._web(), self._worker(), *sink]
        for each in reversed(self.children):
            each.start()

    def _sink(self, opened: socket.socket) -> Child:
        port = network.port_of(opened)
        mailsink.announce(self.application, port)
        self.application.smtp_url = mailsink.url(port)
        return mailsink.child(self.application, opened)

    def _web(self) -> Child:
        number = self.web_socket.fileno()
        python = str(self.application.python)
        command = [python, "-m", "gunicorn", "--bind", f"fd://{number}", *GUNICORN, *QUIET, "meldroute.web.wsgi"]
        return self._child("De webserver", "web.log", command, number)

    def _worker(self) -> Child:
        return self._child("De worker", "worker.log", self.application.command("worker"))

    def _child(self, name: str, log: str, command: list[str], *sockets: int) -> Child:
        application = self.application
        path = application.installation.logs / log
        return Child(name, command, application.variables(), application.places.root, path, sockets)

    def wait_until_it_answers(self) -> None:
        web = self.children[0]
        end = time.monotonic() + WEB_PATIENCE
        while not network.answers_http(self.port, 1.0):
            if not web.running or time.monotonic() > end:
                refuse(f"De webserver start niet. Het einde van {web.log}:\n{last_lines(web.log, 25)}")

    def look_after(self) -> None:
        """Until interrupted: start again what ends by itself, the database first."""
        while True:
            if self.cluster is not None and not self.cluster.alive():
                self._restart_database(self.cluster)
            for each in self.children:
                each.keep_alive()
            time.sleep(0.3)

    def _restart_database(self, cluster: Cluster) -> None:
        say("De database is gestopt en wordt opnieuw gestart")
        if cluster.url("app", cluster.start()) != self.application.urls.app:
            refuse("De database kreeg een ander adres: een ander programma nam de poort. Start meldroute opnieuw.")

    def stop(self) -> None:
        self.web_socket.close()
        for each in self.children:
            each.stop(STOP_PATIENCE)


def run(places: Places, settings: Settings, empty: bool, port: int | None) -> int:
    """Serve until Ctrl-C; 0 when the user stopped it."""
    installation = places.installation(opening.EMPTY if empty else opening.PRACTICE)
    make_folder(installation.folder)
    with _alone(installation), network.web_socket(port) as web_socket:
        environment.ensure(places, environment.RUN)
        with opening.opened(places, installation, settings) as (application, cluster):
            service = Service(application, cluster, web_socket)
            application.prepare()
            try:
                _serve(service)
            except KeyboardInterrupt:
                say("Stoppen")
    say("Gestopt; de gegevens blijven bewaard")
    return 0


def _serve(service: Service) -> None:
    with _sink_socket(service.application) as sink_socket:
        try:
            service.start(sink_socket)
            lines = _lines(service.application)
            service.wait_until_it_answers()
            _announce(service, lines)
            service.look_after()
        finally:
            with not_now():
                service.stop()


@contextmanager
def _sink_socket(application: Application) -> Iterator[socket.socket | None]:
    """A socket for the practice mail server; none for a real installation or with the user's own mail server."""
    if application.installation.real or application.settings.smtp_url is not None:
        yield None
        return
    with network.listening(0) or refuse("Er is geen vrije poort voor de oefenmailserver.") as opened:
        yield opened


@contextmanager
def _alone(installation: Installation) -> Iterator[None]:
    """One `run` at a time per installation; a second one says where the first is."""
    lock = Lock(installation.folder / "run.lock")
    if not lock.alone():
        where = read_json(installation.folder / "run.json").get("address", "nog bezig met opstarten")
        refuse(f"meldroute draait hier al: {where}. Stop dat met Ctrl-C in het venster waar het is gestart.")
    try:
        yield
    finally:
        (installation.folder / "run.json").unlink(missing_ok=True)
        lock.release()


def _announce(service: Service, lines: list[str]) -> None:
    """What the user needs, on stdout."""
    address = f"http://localhost:{service.port}"
    write_json(service.application.installation.folder / "run.json", {"address": address})
    first = ["", f"  Meldroute draait op {address}", ""]
    print("\n".join([*first, *lines, "  Stoppen: Ctrl-C", ""]), flush=True)


def _lines(application: Application) -> list[str]:
    said = _practice_lines(application) if application.installation.practice else _real_lines(application)
    return [*said, *_mail(application)]


def _practice_lines(application: Application) -> list[str]:
    accounts = [f"  {line}".rstrip() for line in application.practice_accounts().splitlines()]
    return ["  Dit is een oefening: alle meldingen en personen zijn verzonnen.", "", *accounts, ""]


def _real_lines(application: Application) -> list[str]:
    """Asked at every start: the addresses of the first two accounts are told until those are there."""
    first = [f"    {line}" for line in application.set_up().splitlines()]
    lines = ["  Dit is een echte installatie.", ""]
    if first:
        lines += ["  Nog te maken accounts, elk door een ander persoon. Houd deze adressen voor uzelf:", *first, ""]
    if application.urls.embedded:
        lines += [
            "  LET OP: dit is de ingebouwde database: zonder TLS, replica of back-up. Goed om te proberen,",
            "  niet voor echte meldingen. Zie docs/howto/production.md.",
            "",
        ]
    return lines


def _mail(application: Application) -> list[str]:
    lines = []
    if application.settings.mailbox is None:
        folder = Path(application.mailbox.removeprefix("maildir:")) / "new"
        lines += ["  Een mail laten binnenkomen: zet een .eml-bestand in", f"    {folder}"]
    if application.settings.smtp_url is None and application.installation.practice:
        lines += [
            "  Verstuurde mail gaat nergens heen; u vindt die in",
            f"    {application.installation.folder / mailsink.FOLDER}",
        ]
    return [*lines, ""]
