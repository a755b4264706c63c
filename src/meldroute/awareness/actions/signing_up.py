"""Signing up without an account: a name and a team, a place or the waiting list, and leaving again."""

from __future__ import annotations

from django.db.models import QuerySet

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .. import links
from ..models import Activity, Group, Invitation, Participant, Standing
from ..policies import policy
from ..roles import may_keep
from ..rules import ON, insist, locked
from .inviting import Told, key_of, tell


def sign_up(*, by: Acting, invitation: Invitation, group: Group, name: str) -> Participant:
    """A place for somebody, or the waiting list when all are taken. The activity is locked: two at once both count.

    Raises Refused when it is over, or too many came through one link.
    """
    activity = locked(invitation.activity)
    require(links.open_to_sign_up(activity, by.today))
    most = invitation.participants.count() < policy().terms["link_uses"]
    insist(
        most, gettext_noop("Met deze link hebben al veel mensen zich aangemeld. Vraag het meldpunt."), "awareness.many"
    )
    row = Participant(
        municipality_id=activity.municipality_id,
        key_id=key_of(activity),
        activity=activity,
        invitation=invitation,
        group=group,
        name=name.strip(),
        standing=Standing.SIGNED_UP if _room(activity) else Standing.WAITING,
        at=by.at,
    )
    row.save(force_insert=True)
    journal.record(by=by, act="awareness.sign_up", on=ON, ids=[activity.id, row.id])
    return row


def leave(*, by: Acting, participant: Participant) -> None:
    """Somebody does not come: the row goes whole, and who waited longest gets the place. Raises Refused."""
    activity = locked(participant.activity)
    require(links.open_to_sign_up(activity, by.today))
    participant.delete()
    journal.record(by=by, act="awareness.leave", on=ON, ids=[activity.id])
    fill(by=by, activity=activity)


def fill(*, by: Acting, activity: Activity) -> None:
    """Give free places to who waits, longest first; each hears so by mail. The activity is locked by the caller."""
    for row in waiting(activity):
        if not _room(activity):
            return
        row.standing = Standing.SIGNED_UP
        row.save(update_fields=["standing"])
        if row.invitation is not None:
            tell(by=by, invitation=row.invitation, told=Told.PLACE, activity=activity, about=row.id)
        journal.record(by=by, act="awareness.place", on=ON, ids=[activity.id, row.id])


def remove(*, by: Acting, participant: Participant) -> None:
    """The meldpunt takes somebody off the list. Raises Refused."""
    require(may_keep(by))
    leave(by=by, participant=participant)


def waiting(activity: Activity) -> QuerySet[Participant]:
    """Who waits, longest first."""
    return activity.participants.filter(standing=Standing.WAITING).select_related("invitation").order_by("at", "id")


def _room(activity: Activity) -> bool:
    taken = activity.participants.filter(standing=Standing.SIGNED_UP).count()
    return activity.places is None or taken < activity.places
