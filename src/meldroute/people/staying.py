"""How long somebody stays logged in, and how recently it was proven who sits there.

A session ends after some minutes without use and, used or not, after some hours (ASVS 5.0, 7.3.1 and 7.3.2). Sharing
facts asks for a recent proof (7.5.3); logging in is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from .models import User
from .sessions import Session, moment

NOTED = timedelta(seconds=30)
"""The use of a session is written down at most this often; so a session may end this much early, never late."""
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iPhone of iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Rules:
    """What the installation set (docs/operations/settings.md), and the address at which people use it."""

    idle: timedelta
    whole: timedelta
    fresh: timedelta
    address: str
    provider: str = ""
    """Our address that leads to the identity provider, "" without one."""


def begin(session: SessionBase, *, at: datetime, device: str) -> None:
    """A session begins now: somebody proved who sits there."""
    session.update({"began": at.isoformat(), "used": at.isoformat(), "handle": str(uuid4()), "device": device})
    prove(session, at)


def prove(session: SessionBase, at: datetime) -> None:
    """Somebody proved again who sits there."""
    session["proven"] = at.isoformat()


def is_fresh(session: SessionBase, at: datetime, rules: Rules) -> bool:
    """Whether that was proven recently enough to share facts."""
    proven = moment(session, "proven")
    return proven is not None and at - proven < rules.fresh


def is_over(session: SessionBase, at: datetime, rules: Rules) -> bool:
    """Whether the session has ended by its terms."""
    began, used = moment(session, "began"), moment(session, "used")
    if began is None or used is None:
        return False
    return at - used >= rules.idle or at - began >= rules.whole


def note_use(session: SessionBase, at: datetime) -> None:
    """Write down that the session is used."""
    used = moment(session, "used")
    if used is None or at - used >= NOTED or at < used:
        session["used"] = at.isoformat()


def ends_at(session: SessionBase, at: datetime, rules: Rules) -> datetime:
    """When the session ends if nothing more is done."""
    return min(at + rules.idle, (moment(session, "began") or at) + rules.whole)


def sessions_of(user: User, at: datetime, rules: Rules) -> QuerySet[Session]:
    """The sessions of `user` that are open, the one last used first."""
    rows = Session.objects.filter(user_id=user.id, used_at__gt=at - rules.idle, began_at__gt=at - rules.whole)
    return rows.order_by("-used_at")


def end_sessions(user: User, *, keep: str | None = None, handle: UUID | None = None) -> int:
    """End every session of `user` on the server, or the one named `handle`; never the one with the key `keep`."""
    rows = Session.objects.filter(user_id=user.id).exclude(session_key=keep or "")
    return (rows.filter(handle=handle) if handle else rows).delete()[0]


def clear(at: datetime, rules: Rules) -> None:
    """Throw away the rows of sessions that are over."""
    Session.objects.filter(expire_date__lt=at).delete()
    Session.objects.filter(used_at__lt=at - rules.idle).delete()


def rough_device(agent: str) -> str:
    """ "Firefox op Windows" for a User-Agent; no version, so that it tells no more than its owner needs."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, agent)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    return " op ".join(part for part in (browser, system) if part)
