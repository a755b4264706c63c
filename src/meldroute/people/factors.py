"""The second factor: an app with codes (TOTP, RFC 6238) and ten recovery codes."""

from __future__ import annotations

from typing import Any

from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User

CODES = 10
LONGEST = 16


def confirmed_device(user: User) -> Any | None:
    """The bound app, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def waiting_device(user: User) -> Any:
    """The app that is being bound; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def matching_device(user: User, code: str) -> Any | None:
    """The device whose code this is: digits are the app's, anything else a recovery code.

    A used code is refused; the library keeps the last step and slows down guessing per device, so that a wrong code
    of the app does not close the recovery codes too.
    """
    kind = TOTPDevice if code.isdigit() else StaticDevice
    devices = kind.objects.filter(user=user, confirmed=True)
    return next((device for device in devices if device.verify_token(code[:LONGEST])), None)


def fresh_codes(user: User) -> list[str]:
    """Ten new recovery codes, each good for one time; older ones end."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="reservecodes")
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def forget(user: User) -> None:
    """Unbind everything; the next login asks to bind anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
