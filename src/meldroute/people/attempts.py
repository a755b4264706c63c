"""Guessing is slowed down per account, per device that is known, and per address (T43).

A bucket takes so many wrong tries in so long; when it is full nothing is tried, whoever asks. The account's bucket
serves everybody but who comes with the cookie of a device that logged in before: that device has a bucket of its own,
so that an attacker can fill the account's bucket for ever and its owner still comes in. Rows hold a keyed digest and
a moment: no name, no password, no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from .models import Attempt, User

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
SALT = "meldroute.attempts"
KNOWN = "meldroute.known"
KEPT = 365 * 24 * 3600


@dataclass(frozen=True)
class Bucket:
    """So many wrong tries in so long, for one account, device or address."""

    name: str
    most: int
    within: timedelta
    alone: bool = True
    """Whether tries wait for each other, so that none slips in between counting and writing."""

    @property
    def digest(self) -> bytes:
        """What stands in the row."""
        return salted_hmac(SALT, self.name, algorithm="sha256").digest()[:16]


@dataclass(frozen=True)
class Try:
    """One try, with the buckets that it counts in."""

    buckets: tuple[Bucket, ...]
    at: datetime

    def may(self) -> bool:
        """Whether every bucket has room. Tries of one account wait for each other until the transaction ends."""
        for bucket in sorted(self.buckets, key=lambda one: one.digest):
            if bucket.alone:
                _alone(bucket.digest)
        return all(self._wrong(bucket) < bucket.most for bucket in self.buckets)

    def _wrong(self, bucket: Bucket) -> int:
        return Attempt.objects.filter(bucket=bucket.digest, at__gt=self.at - bucket.within).count()

    def wrong(self) -> None:
        """It was wrong: count it."""
        digests = {bucket.digest for bucket in self.buckets}
        Attempt.objects.bulk_create(Attempt(bucket=digest, at=self.at) for digest in digests)


def _alone(digest: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], signed=True)])


def _from(address: str) -> Bucket:
    return Bucket(f"address:{address}", 100, QUARTER, alone=False)


def password(request: HttpRequest, typed: str, at: datetime) -> Try:
    """A password for the mail address `typed`. The account counts, however the address is spelled."""
    user = User.objects.filter(email__iexact=typed.strip()).first()
    if user is not None and (device := known_device(request, user)):
        return Try((Bucket(f"password:{user.id}:{device}", 10, QUARTER),), at)
    whose = str(user.id) if user else typed.strip().casefold()
    return Try((Bucket(f"password:{whose}", 10, QUARTER), _from(request.META.get("REMOTE_ADDR", ""))), at)


def code(request: HttpRequest, user: User, at: datetime) -> Try:
    """A code of the app or a recovery code; fewer in a day too, because it has only six digits."""
    device = known_device(request, user)
    whose = f"code:{user.id}:{device}" if device else f"code:{user.id}"
    return Try((Bucket(whose, 10, QUARTER), Bucket(f"{whose}:day", 30, DAY)), at)


def link(request: HttpRequest, at: datetime) -> Try:
    """A link with a token that cannot be guessed; the bucket keeps one address from trying all day."""
    return Try((Bucket(f"link:{request.META.get('REMOTE_ADDR', '')}", 30, QUARTER, alone=False),), at)


def sign_on(request: HttpRequest, at: datetime) -> Try:
    """A question to the identity provider: each leaves a row here, so that one address may ask so many."""
    return Try((Bucket(f"sign-on:{request.META.get('REMOTE_ADDR', '')}", 100, QUARTER, alone=False),), at)


def once(name: str, at: datetime) -> bool:
    """Whether `name` did not come by in the last day; it has now."""
    first = Try((Bucket(f"once:{name}", 1, DAY),), at)
    if not first.may():
        return False
    first.wrong()
    return True


def known_device(request: HttpRequest, user: User) -> str:
    """The number of the device when it logged in to this account before, else ""."""
    try:
        owner, number = signing.loads(request.COOKIES.get(_cookie(request), ""), salt=KNOWN, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if owner == _owner(user) else ""


def know_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Remember that this device logged in to this account."""
    if known_device(request, user):
        return
    told = signing.dumps([_owner(user), uuid4().hex], salt=KNOWN)
    told_more: dict[str, Any] = {"max_age": KEPT, "httponly": True, "samesite": "Strict", "secure": request.is_secure()}
    response.set_cookie(_cookie(request), told, **told_more)


def _owner(user: User) -> str:
    """The account under another name, so that the cookie tells nobody which account it is of."""
    return salted_hmac(KNOWN, str(user.id), algorithm="sha256").hexdigest()[:24]


def _cookie(request: HttpRequest) -> str:
    return "__Host-bekend" if request.is_secure() else "bekend"


def forget_old(at: datetime) -> None:
    """Throw away tries that count nowhere any more."""
    Attempt.objects.filter(at__lt=at - DAY).delete()
