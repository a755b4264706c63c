"""A real Dovecot for tests: Debian's, in the foreground, on a free loopback port, with everything of its own."""

from __future__ import annotations

import datetime
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BINARY = Path("/usr/sbin/dovecot")
PASSWORD = "oefenen:is@veilig/1"
BAD_PASSWORD = "weggegooid"


def require_dovecot() -> None:
    """The one place where a test may be left out for want of Dovecot; pytest counts it."""
    if not BINARY.exists():
        pytest.skip("Dovecot is not installed (package dovecot-imapd)")


@dataclass
class Dovecot:
    """A running server. `user` may be any name; each has its own mail. Stop it with `stop` or `with`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    ca_file: Path | None = None

    @classmethod
    def start(cls, *, tls: bool = False) -> Self:
        """Start one; with `tls` it offers STARTTLS and, on the same machine, its certificate is in `ca_file`."""
        folder = Path(tempfile.mkdtemp(prefix="mr-dovecot-"))
        folder.chmod(0o755)
        ca_file = certificate(folder) if tls else None
        port = free_port()
        (folder / "dovecot.conf").write_text(configuration(folder, port, tls=tls))
        process = subprocess.Popen(
            [str(BINARY), "-F", "-c", str(folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        server = cls(folder, port, process, ca_file)
        server.wait()
        return server

    def wait(self, seconds: float = 20.0) -> None:
        """Until it greets."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                if line.recv(64).startswith(b"* OK"):
                    return
            time.sleep(0.02)
        log = (self.folder / "log").read_text() if (self.folder / "log").exists() else ""
        self.stop()
        raise RuntimeError(f"dovecot did not start: {log[-2000:]}")

    def stop(self) -> None:
        """End it and remove everything it had."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, user: str, *, folder: str = "INBOX", port: int = 0, options: str = "", scheme: str = "imap") -> str:
        """The address of the mailbox of `user`, as an operator writes it."""
        login = f"{quote(user, safe='')}:{quote(PASSWORD, safe='')}"
        return f"{scheme}://{login}@127.0.0.1:{port or self.port}/{quote(folder)}{options}"

    def client(self, user: str) -> imaplib.IMAP4:
        """A connection as a mail program has it."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(user, PASSWORD)
        return client

    def deliver(self, user: str, *mails: bytes, folder: str = "INBOX", flags: str | None = None) -> None:
        """Put mails into a folder of `user`, made when it is not there."""
        client = self.client(user)
        if folder != "INBOX":
            client.create(folder)
        for raw in mails:
            assert client.append(folder, flags, None, raw)[0] == "OK"
        client.logout()

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """The flags of every mail in a folder, in order."""
        client = self.client(user)
        client.select(folder, readonly=True)
        data = client.fetch("1:*", "(FLAGS)")[1]
        client.logout()
        return [part.decode() for part in data if isinstance(part, bytes)]


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def configuration(folder: Path, port: int, *, tls: bool) -> str:
    """The whole configuration; as root the mail belongs to `nobody`, otherwise to whoever runs the tests."""
    me = pwd.getpwuid(os.getuid()).pw_name
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    mail = folder / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()
    users = (
        ""
        if os.getuid() == 0
        else f"default_internal_user = {me}\ndefault_internal_group = {group}\ndefault_login_user = {me}\n"
    )
    chroot = "" if os.getuid() == 0 else "  chroot =\n"
    secure = f"ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n" if tls else "ssl = no\n"
    return f"""
{users}{secure}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
first_valid_uid = {owner.pw_uid}
first_valid_gid = {owner.pw_gid}
mail_location = maildir:{mail}/%n
mail_max_userip_connections = 50
service imap-login {{
{chroot}  service_count = 0
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
{chroot}  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
{chroot}}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={mail}/%n
}}
"""


def certificate(folder: Path) -> Path:
    """A self-made certificate for 127.0.0.1, and its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "oefen.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    (folder / "key.pem").chmod(0o600)
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem"
