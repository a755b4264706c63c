"""The settings that the launcher reads from the environment, and refuses when they are wrong."""

import difflib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from launcher.say import refuse

LOOPBACK = ("localhost", "127.", "::1")
KNOWN = (
    "MELDROUTE_BASE_URL",
    "MELDROUTE_CLAMD",
    "MELDROUTE_HOSTS",
    "MELDROUTE_JOURNAL_HEADS",
    "MELDROUTE_JOURNAL_HEADS_MAIL",
    "MELDROUTE_KEY_FILE",
    "MELDROUTE_MAILBOX",
    "MELDROUTE_MAIL_FROM",
    "MELDROUTE_MUNICIPALITY",
    "MELDROUTE_OIDC_CLIENT",
    "MELDROUTE_OIDC_GROUPS",
    "MELDROUTE_OIDC_ISSUER",
    "MELDROUTE_OIDC_SECRET",
    "MELDROUTE_OWNER_DATABASE_URL",
    "MELDROUTE_POLICIES",
    "MELDROUTE_POSTGRES",
    "MELDROUTE_PRACTICE",
    "MELDROUTE_PROOF_MINUTES",
    "MELDROUTE_SECRET_KEY",
    "MELDROUTE_SECURITY_CONTACT",
    "MELDROUTE_SESSION_HOURS",
    "MELDROUTE_SESSION_MINUTES",
    "MELDROUTE_SMTP_URL",
    "MELDROUTE_STATE",
    "MELDROUTE_THEME_CSS",
)
DATABASE_FORM = "postgresql://gebruiker:wachtwoord@machine:5432/database"


@dataclass(frozen=True)
class Settings:
    """What the user asked for by environment; None where the launcher chooses itself."""

    database_url: str | None = None
    owner_database_url: str | None = None
    state: Path | None = None
    mailbox: str | None = None
    smtp_url: str | None = None
    key_file: Path | None = None
    secret_key: str | None = None
    postgres: str | None = None


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment; an empty value counts as absent. Raises Refused with the name that is wrong."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    _all_known(given)
    settings = Settings(
        database_url=given.get("DATABASE_URL"),
        owner_database_url=given.get("MELDROUTE_OWNER_DATABASE_URL"),
        state=_folder("MELDROUTE_STATE", given),
        mailbox=given.get("MELDROUTE_MAILBOX"),
        smtp_url=given.get("MELDROUTE_SMTP_URL"),
        key_file=_absolute("MELDROUTE_KEY_FILE", given),
        secret_key=given.get("MELDROUTE_SECRET_KEY"),
        postgres=_one_of("MELDROUTE_POSTGRES", given, ("wheel", "system")),
    )
    _check(settings)
    return settings


def _all_known(given: Mapping[str, str]) -> None:
    """A name with a typing error would be passed over in silence, and the default taken."""
    for name in given:
        if name.startswith("MELDROUTE_") and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1)
            meant = f" Bedoelt u {near[0]}?" if near else ""
            refuse(f"De instelling {name} bestaat niet.{meant} De lijst staat in docs/operations/settings.md.")


def _check(settings: Settings) -> None:
    _database("DATABASE_URL", settings.database_url)
    _database("MELDROUTE_OWNER_DATABASE_URL", settings.owner_database_url)
    if settings.owner_database_url and not settings.database_url:
        refuse("MELDROUTE_OWNER_DATABASE_URL is gezet, maar DATABASE_URL niet. Zet ze allebei, of geen van beide.")
    _mailbox(settings.mailbox)
    _smtp(settings.smtp_url)
    if settings.secret_key and len(settings.secret_key) < 50:
        refuse("MELDROUTE_SECRET_KEY is te kort: gebruik minstens 50 willekeurige tekens.")
    if settings.key_file and settings.key_file.exists():
        _only_ours("MELDROUTE_KEY_FILE", settings.key_file)


def check_practice(settings: Settings) -> None:
    """A practice installation talks to this machine only: nothing invented leaves it, nothing real comes in."""
    for name, value in (
        ("DATABASE_URL", settings.database_url),
        ("MELDROUTE_OWNER_DATABASE_URL", settings.owner_database_url),
        ("MELDROUTE_SMTP_URL", settings.smtp_url),
        ("MELDROUTE_MAILBOX", settings.mailbox),
    ):
        if value and not value.startswith("maildir:") and not on_this_machine(value):
            refuse(
                f"{name} wijst naar een andere machine. Een oefeninstallatie praat alleen met deze machine. "
                "Voor een echte installatie: ./meldroute run --empty"
            )


def check_real(settings: Settings) -> None:
    """A database of one's own holds real data: its keys must be kept on purpose, not left in a state folder."""
    if settings.database_url and settings.key_file is None:
        refuse(
            "Bij een eigen database (DATABASE_URL) hoort een eigen sleutelbestand. Zet MELDROUTE_KEY_FILE op een "
            "pad dat apart van de database wordt bewaard en geback-upt."
        )


def on_this_machine(address: str) -> bool:
    """True for a loopback address, and for a database reached through a socket file."""
    host = urlsplit(address).hostname or "localhost"
    return host == LOOPBACK[0] or host == LOOPBACK[2] or host.startswith(LOOPBACK[1])


def _parts(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (reading it is the check)
    except ValueError:
        refuse(f"{name} is geen geldig adres: de machine of de poort klopt niet.")
    return parts


def _database(name: str, value: str | None) -> None:
    if value is None:
        return
    parts = _parts(name, value)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        refuse(f"{name} is geen adres van een PostgreSQL-database. Zo hoort het: {DATABASE_FORM}")


def _mailbox(value: str | None) -> None:
    if value is None:
        return
    if value.startswith("maildir:"):
        if not Path(value.removeprefix("maildir:")).is_absolute():
            refuse("MELDROUTE_MAILBOX: geef achter maildir: het hele pad, dat met / begint.")
        return
    parts = _parts("MELDROUTE_MAILBOX", value)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        refuse("MELDROUTE_MAILBOX hoort te zijn: imap://gebruiker:wachtwoord@machine/INBOX of maildir:/pad/naar/map")


def _smtp(value: str | None) -> None:
    if value is None:
        return
    parts = _parts("MELDROUTE_SMTP_URL", value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        refuse("MELDROUTE_SMTP_URL hoort te zijn: smtp://gebruiker:wachtwoord@machine:587 (of smtps://…)")


def _absolute(name: str, given: Mapping[str, str]) -> Path | None:
    value = given.get(name)
    if value is None:
        return None
    if not Path(value).is_absolute():
        refuse(f"{name} moet een heel pad zijn, dat met / begint; nu staat er: {value}")
    return Path(value)


def _folder(name: str, given: Mapping[str, str]) -> Path | None:
    path = _absolute(name, given)
    if path is not None and path.exists() and not path.is_dir():
        refuse(f"{name} wijst naar een bestand; het moet een map zijn: {path}")
    return path


def _one_of(name: str, given: Mapping[str, str], allowed: tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value is not None and value not in allowed:
        refuse(f"{name} kan alleen zijn: {' of '.join(allowed)}; nu staat er: {value}")
    return value


def _only_ours(name: str, path: Path) -> None:
    if not path.is_file():
        refuse(f"{name} wijst niet naar een bestand: {path}")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        refuse(f"{name}: anderen kunnen {path} lezen of schrijven. Herstel dat met: chmod 600 {path}")
