"""A private calendar of what the plan asks of somebody (RFC 5545): days, titles and a link; no case, no person.

The address is the key: ids and a keyed hash, nothing that is kept. A new number ends every earlier address.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from meldroute.domain.cadence import Unit, parse
from meldroute.domain.plan.keeping import Mark
from meldroute.journal.acting import Acting

from .models import Feed
from .owning import is_of
from .reading import Line
from .roles import MANAGERS

MAC = 16
PRODUCT = "-//Meldroute//Plan//NL"


@dataclass(frozen=True)
class Named:
    """Whose calendar an address names, and which number of it."""

    municipality_id: UUID
    user_id: UUID
    number: int


def address(row: Feed) -> str:
    """The part of the address that opens this feed."""
    body = row.municipality_id.bytes + row.user_id.bytes + row.number.to_bytes(4, "big")
    return base64.urlsafe_b64encode(body + _mac(body)).decode().rstrip("=")


def named(token: str) -> Named | None:
    """What an address names; None when we did not make it."""
    try:
        told = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    body, mac = told[:36], told[36:]
    if len(mac) != MAC or not hmac.compare_digest(mac, _mac(body)):
        return None
    return Named(UUID(bytes=body[:16]), UUID(bytes=body[16:32]), int.from_bytes(body[32:], "big"))


def _mac(body: bytes) -> bytes:
    return hmac.new(settings.MELDROUTE_KEYS.token, b"plan feed\0" + body, hashlib.sha256).digest()[:MAC]


def own(found: Iterable[Line], by: Acting) -> list[Line]:
    """What belongs in the calendar of who asks. What recurs every week stands there as a meeting already."""
    keeps = by.is_any(*MANAGERS)
    return [
        line
        for line in found
        if is_of(line.action, by.person, keeps=keeps) and parse(line.action.cadence).unit is not Unit.WEEK
    ]


def calendar(found: Iterable[Line], name: str, stamped: datetime) -> bytes:
    """The calendar file; what was done or skipped, and what nobody is asked, has no day in it."""
    told = Calendar()
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", name)
    told.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for line in found:
        for cell in line.cells:
            if cell.mark in (Mark.PLANNED, Mark.UNDER_WAY, Mark.LATE):
                told.add_component(_day(line, cell.occurrence.id, cell.occurrence.due, cell.mark, stamped))
    return bytes(told.to_ical())


def _day(line: Line, occurrence_id: UUID, due: object, mark: Mark, stamped: datetime) -> CalendarEvent:
    link = settings.MELDROUTE_BASE_URL + reverse("plan:time", args=[occurrence_id])
    one = CalendarEvent()
    one.add("uid", f"{occurrence_id}@meldroute")
    one.add("dtstamp", stamped)
    one.add("dtstart", due)
    title = _("%(title)s (te laat)") if mark is Mark.LATE else _("%(title)s (laatste dag)")
    one.add("summary", title % {"title": line.action.title})
    one.add("description", _("Afspraak uit het plan. Leg vast wat ermee is gedaan: %(link)s") % {"link": link})
    one.add("url", link)
    one.add("transp", "TRANSPARENT")
    one.add("class", "PRIVATE")
    return one
