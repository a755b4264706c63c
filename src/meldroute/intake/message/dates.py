"""The date that a mail gives itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)


def mail_date(value: str, received: datetime | None) -> datetime | None:
    """The moment in UTC, or None when it cannot be read, lies before 1995 or clearly after `received`."""
    try:
        found = parsedate_to_datetime(value[:200])
        moment = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except Exception:  # the standard parser fails in many ways on nonsense; none of them is of use here
        return None
    latest = received + AHEAD if received else datetime.max.replace(tzinfo=UTC)
    return moment if EARLIEST <= moment <= latest else None
