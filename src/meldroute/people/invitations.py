"""Links to choose a first password: signed, bound to the user's present password state, short-lived."""

from __future__ import annotations

import hashlib

from django.core import signing

from .models import User

SALT = "meldroute.invitation"
SECONDS = 3 * 24 * 3600


def token(user: User) -> str:
    """A token that stops working after use (the password it is bound to changes) or after three days."""
    return signing.dumps([str(user.id), _state(user)], salt=SALT)


def user_of(text: str) -> User | None:
    """The user of a token that still counts, else None."""
    try:
        user_id, state = signing.loads(text, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(id=user_id, is_active=True).first()
    return user if user is not None and _state(user) == state else None


def _state(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:16]
