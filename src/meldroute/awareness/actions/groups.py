"""The teams and organisations that are to be reached: proposed from the plan, kept by the municipality."""

from __future__ import annotations

from meldroute.domain.awareness.activities import GroupKind
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no, require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality

from ..models import Group
from ..policies import policy
from ..roles import KEEPERS, SOURCE, may_keep

ON = "awareness.Group"


def propose(*, by: Acting) -> list[Group]:
    """Begin with the groups that the plan names; nothing when there are some already. Raises Refused."""
    require(may_keep(by))
    if Group.objects.filter(municipality_id=by.place).exists():
        return []
    slug = Municipality.objects.get(id=by.place).slug
    shipped = [one for one in policy().groups if one.municipality in ("", slug)]
    made = Group.objects.bulk_create(
        Group(municipality_id=by.place, kind=one.kind, name=one.name, source=one.standing.source, position=place)
        for place, one in enumerate(shipped, start=1)
    )
    journal.record(by=by, act="awareness.groups", on=ON, ids=[row.id for row in made])
    return made


def add(*, by: Acting, kind: GroupKind, name: str, source: str = "") -> Group:
    """One more to reach. Raises Refused when it is there already."""
    require(may_keep(by))
    _free(by, name)
    place = Group.objects.filter(municipality_id=by.place).count() + 1
    row = Group.objects.create(municipality_id=by.place, kind=kind, name=name, source=source, position=place)
    journal.record(by=by, act="awareness.group_add", on=ON, ids=[row.id])
    return row


def change(*, by: Acting, group: Group, kind: GroupKind, name: str, source: str = "") -> Group:
    """Another name, kind or source. Raises Refused."""
    require(may_keep(by))
    if name.casefold() != group.name.casefold():
        _free(by, name)
    group.kind, group.name, group.source = kind, name, source
    group.save(update_fields=["kind", "name", "source"])
    journal.record(by=by, act="awareness.group_change", on=ON, ids=[group.id])
    return group


def end(*, by: Acting, group: Group) -> None:
    """It is not one to reach any more; what it took part in stays. Raises Refused."""
    require(may_keep(by))
    group.ended_on = by.today
    group.save(update_fields=["ended_on"])
    journal.record(by=by, act="awareness.group_end", on=ON, ids=[group.id])


def _free(by: Acting, name: str) -> None:
    if Group.objects.filter(municipality_id=by.place, name__iexact=name, ended_on=None).exists():
        reason = gettext_noop("Dit team of deze organisatie staat al op de lijst.")
        raise Refused(no(reason, SOURCE, "awareness.group_twice", KEEPERS))
