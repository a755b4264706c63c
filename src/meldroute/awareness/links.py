"""Signed links of awareness, for who has no account: signing up for an activity, and one's own taking part.

A link ends by itself some time after the activity (`policies/awareness.toml`, `link_days`): until then somebody can
fetch the certificate. It proves ids and nothing else; nothing of it is kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from meldroute.domain.awareness.activities import ActivityState
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes

from .models import Activity
from .policies import policy
from .roles import KEEPERS, SOURCE

MAC = 16
SIGN_UP, OWN = b"s", b"o"
"""What a link opens: signing up on an invitation, or one's own taking part."""


@dataclass(frozen=True)
class Named:
    """What a token names: a row in a municipality."""

    municipality_id: UUID
    row_id: UUID


def token(kind: bytes, municipality_id: UUID, row_id: UUID) -> str:
    """The part of the address that proves the link."""
    body = municipality_id.bytes + row_id.bytes
    return base64.urlsafe_b64encode(body + _mac(kind, body)).decode()


def read(kind: bytes, text: str) -> Named | None:
    """What a token names; None when we did not sign it for this."""
    try:
        told = base64.b64decode(text.encode("ascii", "replace"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = told[:32], told[32:]
    if len(mac) != MAC or not hmac.compare_digest(mac, _mac(kind, body)):
        return None
    return Named(UUID(bytes=body[:16]), UUID(bytes=body[16:]))


def last_day(activity: Activity) -> date:
    """Until when links of this activity work."""
    return activity.on + timedelta(days=policy().terms["link_days"])


def works(activity: Activity, today: date) -> Verdict:
    """May links of this activity be used today?"""
    if last_day(activity) < today:
        return no(gettext_noop("Deze link is verlopen."), SOURCE, "awareness.link_over", KEEPERS)
    return yes()


def open_to_sign_up(activity: Activity, today: date) -> Verdict:
    """Can somebody still sign up today?"""
    if activity.state == ActivityState.CANCELLED:
        return no(gettext_noop("Dit gaat niet door."), SOURCE, "awareness.cancelled", KEEPERS)
    if activity.state == ActivityState.HELD or activity.on < today:
        return no(gettext_noop("Dit is geweest. Aanmelden kan niet meer."), SOURCE, "awareness.over", KEEPERS)
    return works(activity, today)


def _mac(kind: bytes, body: bytes) -> bytes:
    return hmac.new(settings.MELDROUTE_KEYS.token, b"awareness link\0" + kind + body, hashlib.sha256).digest()[:MAC]
