"""What somebody sent while the session had ended: kept, sealed, in the page itself until it can be sent again.

Nothing is stored on the server. The seal holds whose it is, so that another person who logs in there gets nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict

from meldroute.vault import keys

from .models import User

FIELD = "meegenomen"
LARGEST = 1_000_000
KEPT = timedelta(hours=1)
BOUND = "people_carried"
NOT_CARRIED = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Carried:
    """A form that was sent: to which address, with which fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


def fields_of(posted: QueryDict, without: frozenset[str] = NOT_CARRIED) -> tuple[tuple[str, str], ...]:
    """Every field of a form, in order, but for `without` and the form token."""
    left_out = without | NOT_CARRIED
    return tuple((name, str(value)) for name, all_of in posted.lists() if name not in left_out for value in all_of)


def seal(request: HttpRequest, user: User, at: datetime) -> str:
    """What was sent, sealed for `user`; "" when there is nothing to carry or it is too much."""
    told = {"who": str(user.id), "at": at.isoformat(), "path": request.path, "fields": fields_of(request.POST)}
    body = json.dumps(told).encode()
    if not told["fields"] or len(body) > LARGEST:
        return ""
    return urlsafe_b64encode(keys.lock_with_newest(body, BOUND)).decode()


def open_for(user: User, text: str, at: datetime) -> Carried | None:
    """What `user` sent before, when this is it and not too long ago."""
    try:
        told = json.loads(keys.unlock_with_any(urlsafe_b64decode(text), BOUND))
    except ValueError:
        return None
    if told["who"] != str(user.id) or at - datetime.fromisoformat(told["at"]) > KEPT:
        return None
    return Carried(told["path"], tuple((name, value) for name, value in told["fields"]))
