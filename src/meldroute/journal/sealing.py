"""Signed heads: where a chain was at a moment, signed so that anybody with the public key can check it.

A keyed chain shows every change, but not that its tail was cut off together with the head row, nor that whoever holds
the key wrote it anew. A signed head that lies with a second party does. The signature is Ed25519; its key follows
from the journal's key in the key file (HKDF-SHA256), so that no further secret has to be kept.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from meldroute.domain.term import Term, gettext_noop

from .models import SignedHead

REMOVED = "journal.remove"
"""The act by which an expired segment left; its entry names the segment's signed head."""
FORMAT = "meldroute-journal-head-1"


class Sealed(Term):
    """Why a head was signed."""

    DAY = "day", gettext_noop("dagelijks")
    MONTH = "month", gettext_noop("einde van een maand")


class NoHead(ValueError):
    """The text is no signed head; the message is Dutch and says what to do."""


@dataclass(frozen=True)
class Seal:
    """A signed head: at `at` the last row of `chain` was `seq`, with hash `mac`."""

    chain: UUID
    kind: Sealed
    day: date
    seq: int
    mac: bytes
    at: datetime
    signature: bytes = b""

    @property
    def said(self) -> str:
        """The text that is signed: JSON with sorted names and no spaces."""
        told = {
            "at": self.at.isoformat(timespec="microseconds"),
            "chain": str(self.chain),
            "day": self.day.isoformat(),
            "format": FORMAT,
            "kind": self.kind.value,
            "mac": self.mac.hex(),
            "seq": self.seq,
        }
        return json.dumps(told, separators=(",", ":"), sort_keys=True)

    def text(self) -> str:
        """The file for the second party: the signed text, the signature and the public key."""
        told = {"head": self.said, "signature": base64.b64encode(self.signature).decode(), "public_key": public_key()}
        return json.dumps(told, indent=1) + "\n"


@cache
def _key(secret: bytes) -> Ed25519PrivateKey:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"meldroute journal heads").derive(secret)
    return Ed25519PrivateKey.from_private_bytes(made)


def public_key() -> str:
    """The public key as PEM."""
    key = _key(settings.MELDROUTE_KEYS.journal).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(seal: Seal) -> bytes:
    """The Ed25519 signature, 64 bytes."""
    return _key(settings.MELDROUTE_KEYS.journal).sign(seal.said.encode())


def genuine(seal: Seal) -> bool:
    """Whether this installation signed it."""
    try:
        _key(settings.MELDROUTE_KEYS.journal).public_key().verify(seal.signature, seal.said.encode())
    except InvalidSignature:
        return False
    return True


def seal_of(row: SignedHead) -> Seal:
    """The signed head in a row."""
    kind = Sealed(row.kind)
    return Seal(row.chain, kind, row.day, row.seq, bytes(row.mac), row.at, bytes(row.signature))


def read(text: str) -> Seal:
    """The signed head in a file; whether it is genuine is asked apart. Raises NoHead."""
    try:
        told: dict[str, Any] = json.loads(text)
        head: dict[str, Any] = json.loads(told["head"])
        if head["format"] != FORMAT:
            raise ValueError(head["format"])
        return Seal(
            UUID(head["chain"]),
            Sealed(head["kind"]),
            date.fromisoformat(head["day"]),
            int(head["seq"]),
            bytes.fromhex(head["mac"]),
            datetime.fromisoformat(head["at"]),
            base64.b64decode(told["signature"], validate=True),
        )
    except (KeyError, TypeError, ValueError):
        raise NoHead("Dit is geen ondertekende kop van het logboek. Geef het bestand zoals het is ontvangen.") from None
