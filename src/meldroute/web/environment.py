"""Settings from the environment, refused with one clear Dutch line when wrong (table: docs/operations/settings.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from meldroute.people.provider import Provider, safe_address
from meldroute.vault.keyring import KeyFileRefused, Keys, load
from meldroute.vault.scanner import Clamd

YES, NO = frozenset({"1", "ja", "true", "on"}), frozenset({"", "0", "nee", "uit", "false", "off"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Environment:
    """Reads and checks the variables; every refusal names the variable and what to do."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.told = told

    def text(self, name: str, default: str | None = None) -> str:
        """A text; refused when absent without a default."""
        value = self.told.get(name, default)
        if value is None or (value == "" and default is None):
            raise ImproperlyConfigured(f"{name} ontbreekt. Zie docs/operations/settings.md.")
        return value

    def folder(self, name: str) -> Path | None:
        """A folder by its whole path; None when it is left out."""
        value = self.told.get(name, "")
        if value and not Path(value).is_absolute():
            raise ImproperlyConfigured(f"{name} moet een heel pad zijn, vanaf /, niet {value!r}.")
        return Path(value) if value else None

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.told.get(name, "").lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(f"{name} moet 1 of 0 zijn, niet {value!r}.")
        return value in YES

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.told.get(name, str(default))
        if not value.isdigit():
            raise ImproperlyConfigured(f"{name} moet een heel getal zijn, niet {value!r}.")
        return int(value)

    def database(self, name: str) -> dict[str, Any]:
        """Django's settings of a postgres:// URL."""
        url = urlsplit(self.text(name))
        if url.scheme not in {"postgres", "postgresql"} or not url.hostname or len(url.path) < 2:
            raise ImproperlyConfigured(f"{name} moet eruitzien als postgres://gebruiker:wachtwoord@server:poort/naam.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname,
            "PORT": url.port or 5432,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }

    def smtp(self, name: str) -> dict[str, Any]:
        """Host, port and login of an smtp:// (STARTTLS unless loopback) or smtps:// URL."""
        url = urlsplit(self.text(name, "smtp://127.0.0.1:25"))
        if url.scheme not in {"smtp", "smtps"} or not url.hostname:
            raise ImproperlyConfigured(f"{name} moet eruitzien als smtp://gebruiker:wachtwoord@server:poort.")
        local = url.hostname in LOOPBACK
        return {
            "host": url.hostname,
            "port": url.port or (465 if url.scheme == "smtps" else 587),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_ssl": url.scheme == "smtps",
            "use_tls": url.scheme == "smtp" and not local,
            "timeout": 20,
        }

    def clamd(self, name: str, *, practice: bool) -> Clamd | None:
        """Where the virus scanner listens; None when there is none. Only practice may say that there is none."""
        told = self.told.get(name, "").strip()
        if told.lower() in NO:
            if told and not practice:
                raise ImproperlyConfigured(f"{name} kan alleen in een oefening uit. Zie docs/operations/scanner.md.")
            return None
        try:
            return Clamd.parse(told)
        except ValueError:
            form = "/pad/naar/clamd.ctl of 127.0.0.1:3310 (deze machine of een eigen netwerk)"
            raise ImproperlyConfigured(f"{name} moet eruitzien als {form}, niet {told!r}.") from None

    def provider(self, name: str, *, practice: bool) -> Provider | None:
        """The identity provider of the municipality; None when there is none. Practice talks to this machine only."""
        issuer = self.told.get(name, "")
        if not issuer:
            return None
        if not safe_address(issuer) or (practice and urlsplit(issuer).hostname not in LOOPBACK):
            form = "een adres op deze machine (oefening)" if practice else "een https-adres"
            raise ImproperlyConfigured(f"{name} moet {form} zijn, niet {issuer!r}.")
        client, secret = self.text("MELDROUTE_OIDC_CLIENT"), self.text("MELDROUTE_OIDC_SECRET")
        return Provider(issuer, client, secret, groups=self.text("MELDROUTE_OIDC_GROUPS", "groups"))

    def keys(self, name: str) -> Keys:
        """The secrets of the key file."""
        try:
            return load(Path(self.text(name)))
        except KeyFileRefused as error:
            raise ImproperlyConfigured(f"{name}: {error}") from None
