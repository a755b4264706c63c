"""`certificate`: whether a browser trusts the address of this installation (ASVS 5.0, 12.2.2)."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PATIENCE = 10.0
LEFT = 14
"""Days that it must still be valid; renewing by itself happens 30 days before."""


class Command(BaseCommand):
    help = "Kijkt of het adres van deze installatie een vertrouwd certificaat heeft dat nog twee weken geldt."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the version of TLS and the last day. Raises CommandError when a browser would warn, or soon will."""
        told = urlsplit(settings.MELDROUTE_BASE_URL)
        if told.scheme != "https" or not told.hostname:
            raise CommandError("MELDROUTE_BASE_URL is geen https-adres: er is geen certificaat.")
        version, ends = _seen(told.hostname, told.port or 443)
        days = (ends - datetime.now(UTC)).days
        if days < LEFT:
            raise CommandError(f"Het certificaat geldt nog {days} dagen, tot {ends:%Y-%m-%d}.")
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
