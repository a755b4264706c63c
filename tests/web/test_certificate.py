"""The certificate of the address: trusted, for this name, not nearly over; everything else is said (ASVS 12.2.2)."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.core.management.base import CommandError


def certificate(folder: Path, name: str, days: int) -> Path:
    """A certificate that signed itself, for this name, with its key behind it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Oefencertificaat")])
    made = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=60)).not_valid_after(now + timedelta(days=days, hours=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    path = folder / f"{name}.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
    return path


@contextmanager
def served(path: Path, *, old: bool = False) -> Iterator[int]:
    """A server that shakes hands with this certificate, until it is closed; `old`: also in TLS 1.0 and 1.1."""
    showing = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    showing.load_cert_chain(path)
    if old:
        showing.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSv1"):
            showing.minimum_version = ssl.TLSVersion.TLSv1

    def shake() -> None:
        while True:
            line, _ = opened.accept()
            with suppress(OSError), showing.wrap_socket(line, server_side=True) as told:
                told.recv(1)

    def until_closed() -> None:
        with suppress(OSError):
            shake()

    with socket.create_server(("127.0.0.1", 0)) as opened:
        thread = threading.Thread(target=until_closed)
        thread.start()
        yield int(opened.getsockname()[1])
        opened.shutdown(socket.SHUT_RDWR)
        thread.join(10)
    assert not thread.is_alive()


def look(settings: object, port: int) -> str:
    settings.MELDROUTE_BASE_URL = f"https://localhost:{port}"
    said = StringIO()
    call_command("certificate", stdout=said)
    return said.getvalue()


def test_one_that_this_machine_trusts_is_good(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path, "localhost", 60)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with served(path) as port:
        assert "localhost: vertrouwd, TLSv1.3" in look(settings, port)


def test_one_that_also_speaks_an_old_tls_is_refused(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path, "localhost", 60)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with served(path, old=True) as port, pytest.raises(CommandError, match="Het adres spreekt ook TLS"):
        look(settings, port)


@pytest.mark.parametrize(
    ("name", "days", "trusted", "said"),
    [
        ("localhost", 60, False, "niet vertrouwd"),
        ("elders.example", 60, True, "niet vertrouwd"),
        ("localhost", -1, True, "niet vertrouwd"),
        ("localhost", 5, True, "nog 5 dagen"),
    ],
)
def test_one_of_which_a_browser_warns_is_refused(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, days: int, trusted: bool, said: str
) -> None:
    path = certificate(tmp_path, name, days)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with served(path) as port, pytest.raises(CommandError, match=said):
        look(settings, port)


def test_an_address_without_tls_or_without_a_server_is_said(settings: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with pytest.raises(CommandError, match="Geen beveiligde verbinding"):
        look(settings, port)
    settings.MELDROUTE_BASE_URL = "http://localhost:8000"
    with pytest.raises(CommandError, match="geen https-adres"):
        call_command("certificate")
