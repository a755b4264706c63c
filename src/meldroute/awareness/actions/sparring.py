"""Even sparren: a note of a call in two minutes. No file, no case, nobody's name; it counts as awareness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from meldroute.domain.awareness.activities import ActivityKind, ActivityState, GroupKind
from meldroute.domain.awareness.nameless import Found, personal
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, Organisation
from meldroute.vault import keys

from ..models import Activity, Group, Reach, Talk
from ..policies import policy
from ..roles import may_keep
from ..rules import ON, insist

MOST = 400


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call: when, how long, who called (a team or an organisation, never a person), about what."""

    on: date
    minutes: int
    caller: GroupKind
    topics: tuple[str, ...]
    note: str = ""
    group: UUID | None = None


def note(*, by: Acting, call: Call) -> Activity:
    """Keep a call. Raises Refused when its note points at somebody: nothing of it is kept then."""
    require(may_keep(by))
    insist(call.on <= by.today, gettext_noop("Deze dag komt nog."), "awareness.early")
    insist(bool(call.topics), gettext_noop("Kies waar het over ging."), "awareness.topics")
    reason = gettext_noop("In de aantekening staat iets dat naar een persoon of adres wijst. Schrijf het zonder.")
    insist(not found(by, call.note), reason, "awareness.personal")
    row = Activity.objects.create(
        municipality_id=by.place,
        kind=ActivityKind.SPARRING,
        state=ActivityState.HELD,
        title=ActivityKind.SPARRING.label.capitalize(),
        on=call.on,
        minutes=call.minutes,
        made_by=by.user_id,
        made_at=by.at,
    )
    group = Group.objects.filter(municipality_id=by.place, id=call.group).first() if call.group else None
    if group is not None:
        Reach.objects.create(municipality_id=by.place, activity=row, group=group)
    key = keys.make(municipality_id=by.place, purpose="talk")
    told = {"caller": call.caller, "topics": list(call.topics), "note": call.note.strip()[:MOST]}
    Talk.objects.create(municipality_id=by.place, key_id=key, activity=row, **told)
    journal.record(by=by, act="awareness.talk", on=ON, ids=[row.id])
    return row


def found(by: Acting, text: str) -> list[Found]:
    """What in a note points at somebody; names of teams, partners and municipalities may stand in it."""
    known = [*policy().known, *Group.objects.filter(municipality_id=by.place).values_list("name", flat=True)]
    known += Organisation.objects.filter(municipality_id=by.place).values_list("name", flat=True)
    known += Municipality.objects.values_list("name", flat=True)
    return personal(text, known)
