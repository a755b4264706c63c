"""The second factor: an app with codes (TOTP, RFC 6238), passkeys, and ten recovery codes.

How often somebody may guess is in `attempts`; the library's own slowing down is off, because it can keep an owner out
for days.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from enum import StrEnum
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import Identity, Passkey, RecoveryCode, User

CODES = 10
FEW = 3
LONGEST = 24


class Factor(StrEnum):
    """What somebody gave beside the password."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    SSO = "sso"


def is_bound(user: User) -> bool:
    """Whether `user` has an app or a passkey."""
    return confirmed_device(user) is not None or Passkey.objects.filter(user=user).exists()


def confirmed_device(user: User) -> Any | None:
    """The bound app, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def waiting_device(user: User) -> Any:
    """The app that is being bound; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def bind(user: User, code: str) -> bool:
    """Bind the waiting app when `code` is its code; another app that was bound is let go."""
    device = waiting_device(user)
    if not device.verify_token(code[:LONGEST]):
        return False
    TOTPDevice.objects.filter(user=user).exclude(id=device.id).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return True


def match(user: User, code: str) -> Factor | None:
    """What this code is: digits are the app's, anything else a recovery code. A used code is refused."""
    if code.isdigit():
        device = confirmed_device(user)
        return Factor.APP if device is not None and device.verify_token(code[:LONGEST]) else None
    used, _ = RecoveryCode.objects.filter(user=user, digest=_digest(user, code)).delete()
    return Factor.RECOVERY if used else None


def fresh_codes(user: User) -> list[str]:
    """Ten new recovery codes of 80 bits, each good for one time; older ones end."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(user=user).count()


def _digest(user: User, code: str) -> bytes:
    """A plain digest will do: nobody tries 2**80 codes."""
    return hashlib.sha256(f"{user.id}:{code.replace('-', '').lower()}".encode()).digest()


def forget_app(user: User) -> None:
    """Unbind the app."""
    TOTPDevice.objects.filter(user=user).delete()


def forget(user: User) -> None:
    """Unbind everything, who it is at the identity provider too; the next login asks to bind anew."""
    forget_app(user)
    Identity.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
