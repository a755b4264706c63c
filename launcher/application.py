"""The Django application of an installation: its environment, its tables, its first content."""

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher import environment
from launcher.files import fingerprint, last_lines, read_text, write_private
from launcher.locks import only_one
from launcher.places import Installation, Places, make_folder
from launcher.say import refuse, say
from launcher.settings import Settings

MIGRATED = "migrated"
SET_UP = "set-up"
ACCOUNTS = "practice-accounts"
NOT_HANDED_ON = ("PG", "PYTHON", "DJANGO_")
BUSY = "Een andere opdracht brengt de database op orde."


@dataclass(frozen=True)
class Urls:
    """The database as the application sees it, and as the owner of the tables does."""

    app: str
    owner: str | None
    embedded: bool


class Application:
    """Runs Django's commands with the environment that belongs to one installation."""

    def __init__(self, places: Places, installation: Installation, settings: Settings, urls: Urls) -> None:
        self.places = places
        self.installation = installation
        self.settings = settings
        self.urls = urls
        self.smtp_url = settings.smtp_url
        self.base_url: str | None = None

    @property
    def python(self) -> Path:
        return environment.python_of(self.places)

    @property
    def key_file(self) -> Path:
        return self.settings.key_file or self.installation.folder / "keys"

    @property
    def mailbox(self) -> str:
        return self.settings.mailbox or f"maildir:{self.installation.folder / 'postbus'}"

    def variables(self) -> dict[str, str]:
        """The whole environment of a Django process that works as `app`."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON) and value}
        inherited.pop("MELDROUTE_OWNER_DATABASE_URL", None)
        if self.installation.throw_away:
            inherited = {name: value for name, value in inherited.items() if not name.startswith("MELDROUTE_")}
        ours = {
            "DJANGO_SETTINGS_MODULE": "meldroute.web.settings",
            "PYTHONPATH": str(self.places.source),
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
            "DATABASE_URL": self.urls.app,
            "MELDROUTE_STATE": str(self.installation.folder),
            "MELDROUTE_KEY_FILE": str(self.key_file),
            "MELDROUTE_SECRET_KEY": self.settings.secret_key or self._secret_key(),
            "MELDROUTE_MAILBOX": self.mailbox,
            "MELDROUTE_PRACTICE": "0" if self.installation.real else "1",
        }
        if self.smtp_url:
            ours["MELDROUTE_SMTP_URL"] = self.smtp_url
        if self.base_url and "MELDROUTE_BASE_URL" not in inherited:
            ours["MELDROUTE_BASE_URL"] = self.base_url
        return {**inherited, **ours}

    def owner_variables(self) -> dict[str, str]:
        """The same with the address of `owner`: for tables and set-up. Never for the web server or the worker."""
        if self.urls.owner is None:
            refuse("MELDROUTE_OWNER_DATABASE_URL ontbreekt: het databaseadres van de rol die de tabellen mag maken.")
        return {**self.variables(), "MELDROUTE_OWNER_DATABASE_URL": self.urls.owner}

    def command(self, *arguments: str) -> list[str]:
        return [str(self.python), "-m", "django", *arguments]

    def prepare(self) -> None:
        """Keys, mailbox, tables and first content; what is already there costs nothing."""
        make_folder(self.installation.logs)
        with only_one(self.installation.folder / "prepare.lock", BUSY):
            self.make_keys()
            self._make_mailbox()
            self._migrate()
            self._set_up()

    def make_keys(self) -> None:
        """A key file of our own making, on the embedded database only; a real one is made and kept by people."""
        if self.key_file.exists():
            return
        if not self.urls.embedded and self.settings.key_file is not None:
            refuse(
                f"Het sleutelbestand {self.key_file} bestaat niet. Zet het terug, of maak voor een nieuwe installatie "
                f"een nieuw: PYTHONPATH=src {self.python} -m meldroute.vault.keyfile {self.key_file}"
            )
        say("Sleutelbestand maken")
        self._run([str(self.python), "-m", "meldroute.vault.keyfile", str(self.key_file)], self.variables())

    def _secret_key(self) -> str:
        path = self.installation.folder / "secret-key"
        kept = read_text(path)
        if kept is None:
            kept = secrets.token_urlsafe(64)
            write_private(path, kept)
        return kept

    def _make_mailbox(self) -> None:
        if self.settings.mailbox is None:
            for part in ("", "new", "cur", "tmp"):
                (self.installation.folder / "postbus" / part).mkdir(mode=0o700, exist_ok=True)

    def _migrate(self) -> None:
        wanted = self._tables_fingerprint()
        if self.urls.embedded and read_text(self.installation.folder / MIGRATED) == wanted:
            return
        say("Tabellen maken of bijwerken")
        self._run(
            self.command("migrate", "--database", "owner", "--verbosity", "0", "--no-input"), self.owner_variables()
        )
        write_private(self.installation.folder / MIGRATED, wanted)

    def _set_up(self) -> None:
        wanted = self._content_fingerprint()
        if self.urls.embedded and read_text(self.installation.folder / SET_UP) == wanted:
            return
        say("Oefengegevens klaarzetten" if self.installation.practice else "Installatie klaarzetten")
        self.set_up()
        if self.installation.practice:
            accounts = self._run(self.command("practice_accounts"), self.variables())
            write_private(self.installation.folder / ACCOUNTS, accounts)
        write_private(self.installation.folder / SET_UP, wanted)

    def set_up(self) -> str:
        """Make the first content, as far as it is not there; what the application says about it."""
        command = "setup_empty" if self.installation.real else "setup_practice"
        return self._run(self.command(command), self.owner_variables())

    def practice_accounts(self) -> str:
        """The list of practice accounts as the application printed it when it made them."""
        return (read_text(self.installation.folder / ACCOUNTS) or "").rstrip()

    def _tables_fingerprint(self) -> str:
        files = self.places.source.glob("meldroute/**/migrations/*.py")
        return fingerprint([self.places.root / environment.RUN, *files], below=self.places.root)

    def _content_fingerprint(self) -> str:
        folders = ("policies", "practice", "plans")
        data = [path for folder in folders for path in self.places.root.glob(f"{folder}/**/*") if path.is_file()]
        makers = self.places.source.glob("meldroute/**/management/commands/setup_*.py")
        return f"{self._tables_fingerprint()} {fingerprint([*data, *makers], below=self.places.root)}"

    def _run(self, command: list[str], variables: dict[str, str]) -> str:
        """Run a step of the set-up and return what it printed; its errors go to a log and, at the end, to the user."""
        log = self.installation.logs / "setup.log"
        with log.open("a", encoding="utf-8") as report:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=report,
                text=True,
                check=False,
                cwd=self.places.root,
                env=variables,
                umask=0o077,
            )
            report.write(done.stdout)
        if done.returncode != 0:
            step = " ".join(command[3:]) or command[-1]
            refuse(f"Deze stap is mislukt: {step}. Het einde van het verslag {log}:\n{last_lines(log, 8)}")
        return done.stdout

    def call(self, *arguments: str, variables: dict[str, str] | None = None) -> int:
        """Run a command for the user, on the user's own terminal and in the user's own folder; its exit code."""
        return call(self.command(*arguments), variables or self.variables(), Path.cwd())


def call(command: list[str], variables: dict[str, str], folder: Path) -> int:
    """Run a program in the foreground. Ctrl-C reaches it by itself; we wait for how it ends."""
    sys.stdout.flush()
    process = subprocess.Popen(command, env=variables, cwd=folder)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue
        return code if code >= 0 else 128 - code
