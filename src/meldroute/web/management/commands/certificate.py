"""`certificate`: whether a browser trusts the address of this installation, in TLS 1.2 or newer (ASVS 12.1, 12.2)."""

from __future__ import annotations

import socket
import ssl
import warnings
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PATIENCE = 10.0
LEFT = 14
"""Days that it must still be valid; renewing by itself happens 30 days before."""


class Command(BaseCommand):
    help = "Kijkt of het adres van deze installatie een vertrouwd certificaat heeft, nog twee weken, en geen oude TLS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the version of TLS and the last day. Raises CommandError when a browser would warn, or soon will."""
        told = urlsplit(settings.MELDROUTE_BASE_URL)
        if told.scheme != "https" or not told.hostname:
            raise CommandError("MELDROUTE_BASE_URL is geen https-adres: er is geen certificaat.")
        version, ends = _seen(told.hostname, told.port or 443)
        days = (ends - datetime.now(UTC)).days
        if days < LEFT:
            raise CommandError(f"Het certificaat geldt nog {days} dagen, tot {ends:%Y-%m-%d}.")
        if _speaks_old(told.hostname, told.port or 443):
            raise CommandError("Het adres spreekt ook TLS 1.1 of ouder. Laat de proxy alleen TLS 1.2 en 1.3 toe.")
        self.stdout.write(f"goed  {told.hostname}: vertrouwd, {version}, geldig tot {ends:%Y-%m-%d} ({days} dagen)")


def _seen(host: str, port: int) -> tuple[str, datetime]:
    """The version of TLS and the end of the certificate, when this machine trusts it for this name."""
    trusting = ssl.create_default_context()
    trusting.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        with (
            socket.create_connection((host, port), PATIENCE) as line,
            trusting.wrap_socket(line, server_hostname=host) as told,
        ):
            ends = ssl.cert_time_to_seconds(str((told.getpeercert() or {})["notAfter"]))
            return told.version() or "", datetime.fromtimestamp(ends, UTC)
    except ssl.SSLCertVerificationError as error:
        raise CommandError(f"Het certificaat wordt niet vertrouwd: {error.verify_message}") from error
    except OSError as error:
        raise CommandError(f"Geen beveiligde verbinding met {host}, poort {port}.") from error


def _speaks_old(host: str, port: int) -> bool:
    """Whether it still shakes hands in a version of TLS before 1.2, with whatever cipher."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE  # nothing is said over this line
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    try:
        with socket.create_connection((host, port), PATIENCE) as line, old.wrap_socket(line, server_hostname=host):
            return True
    except OSError:
        return False
