"""The timeline of everything: what was done, from the file; who looked, from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldroute.domain.days import local_date
from meldroute.journal.acting import Acting
from meldroute.journal.models import Entry
from meldroute.people.models import User

from .models import Signal, TimelineEntry
from .sentences import LOOKS, Heading, looked_at, write

MOST = 500
"""Lines of each kind that one page reads; an older look stays in the journal."""

REPORTED = frozenset({"signal.received", "signal.urgency"})
OWN = "route.mine"
"""What who reported did, and where they look: told without a name (domain rules §2)."""


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    text: str
    who: str
    note: str
    heading: Heading


def history(signal: Signal, by: Acting, heading: Heading | None = None) -> list[Line]:
    """The lines of this signal, the newest first, of one heading or of all. Three statements."""
    done = list(signal.timeline.order_by("-at")[:MOST])
    looks = _looks(signal, by) if heading in (None, Heading.ACCESS) else []
    names = names_of([*(row.by for row in done), *_told(done), *(row.actor for row in looks if row.on != OWN)])
    lines = [*_done(done, names), *_looked(looks, names)]
    wanted = [line for line in lines if heading is None or line.heading is heading]
    return sorted(wanted, key=lambda line: line.at, reverse=True)


def names_of(ids: Iterable[object]) -> dict[str, str]:
    """Names of accounts by id, as text."""
    wanted = {UUID(str(one)) for one in ids if one}
    return {str(key): name for key, name in User.objects.filter(id__in=wanted).values_list("id", "name")}


def who(names: Mapping[str, str], user_id: UUID | None) -> str:
    """The name, or that nobody did it by hand."""
    return names.get(str(user_id), _("onbekend")) if user_id else _("automatisch")


def _told(rows: Iterable[TimelineEntry]) -> list[object]:
    return [row.told.get("user") for row in rows]


def _looks(signal: Signal, by: Acting) -> list[Entry]:
    since = signal.received_at - timedelta(days=1)
    rows = Entry.objects.filter(chain=by.place, at__gte=since, act__in=LOOKS, ids__contains=[signal.id])
    return list(rows.order_by("-at")[:MOST])


def _done(rows: Iterable[TimelineEntry], names: Mapping[str, str]) -> list[Line]:
    lines = []
    for row in rows:
        text, heading = write(row.kind, row.told, names)
        name = _("de melder") if row.kind in REPORTED else who(names, row.by)
        lines.append(Line(row.at, text, name, str(row.told.get("reason", "")), heading))
    return lines


def _looked(rows: Iterable[Entry], names: Mapping[str, str]) -> list[Line]:
    """One line per person, thing and day, at the last look of that day; of who reported without the name."""
    seen: dict[tuple[UUID | None, str, str, date], list[datetime]] = {}
    for row in rows:
        name = _("de melder") if row.on == OWN else who(names, row.actor)
        seen.setdefault((row.actor, name, looked_at(row.on), local_date(row.at)), []).append(row.at)
    return [
        Line(max(times), text, name, _times(len(times)), Heading.ACCESS)
        for (_actor, name, text, _day), times in seen.items()
    ]


def _times(count: int) -> str:
    return ngettext("%(count)d keer", "%(count)d keer", count) % {"count": count} if count > 1 else ""
