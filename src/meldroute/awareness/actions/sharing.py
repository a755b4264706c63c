"""Trainings shared with other municipalities (plan §3.3.1: a training has to be given only once).

The giver offers; the receiver answers; after a yes it stands in the receiver's own register, with its own
invitations, its own participants and its own proof. Nobody's name crosses.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.awareness.activities import GATHERINGS, ActivityKind, ActivityState
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import require
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import Municipality, User
from meldroute.post import actions as post
from meldroute.post.models import Outgoing
from meldroute.vault import keys

from ..models import Activity, Offer, Share
from ..policies import policy
from ..roles import may_keep
from ..rules import ON as ACTIVITY
from ..rules import insist, planned
from . import activities
from .inviting import tell_all, when
from .spreading import TOLD

ON = "awareness.Share"
SUBJECTS = {
    Offer.OFFERED: gettext_noop("%(place)s biedt aan: %(title)s"),
    Offer.ACCEPTED: gettext_noop("%(place)s doet mee: %(title)s"),
    Offer.DECLINED: gettext_noop("%(place)s doet niet mee: %(title)s"),
    Offer.WITHDRAWN: gettext_noop("%(place)s trekt in: %(title)s"),
}
FROM_GIVER = (Offer.OFFERED, Offer.WITHDRAWN)
"""What the receiver hears; the giver hears the rest."""


def offer(*, by: Acting, activity: Activity, receiver: Municipality) -> Share:
    """Offer an own activity to another municipality; after a withdrawal it can be offered again. Raises Refused."""
    require(may_keep(by))
    row = planned(activity)
    gathering = ActivityKind(row.kind) in GATHERINGS and row.share_id is None
    insist(gathering, gettext_noop("Dit kan niet met een andere gemeente worden gedeeld."), "awareness.no_share")
    insist(receiver.id != by.place, gettext_noop("Dit is de eigen gemeente."), "awareness.own_place")
    told = {name: getattr(row, name) for name in TOLD} | {"kind": row.kind, "at": by.at}
    share, made = Share.objects.get_or_create(
        activity_id=row.id, receiver_id=receiver.id, defaults=told | {"municipality_id": by.place}
    )
    reason = gettext_noop("Dit is daar al aangeboden.")
    insist(made or share.state == Offer.WITHDRAWN, reason, "awareness.offered")
    if not made:
        version = share.version + 1
        Share.objects.filter(id=share.id).update(state=Offer.OFFERED, version=version, **told)
        share.refresh_from_db()
    journal.record(by=by, act="awareness.offer", on=ON, ids=[share.id, row.id])
    return share


def withdraw(*, by: Acting, share: Share) -> None:
    """The giver takes an offer back before the day; what was held stays held. Raises Refused."""
    require(may_keep(by))
    planned(Activity.objects.get(id=share.activity_id))
    mine = Share.objects.filter(id=share.id, municipality_id=by.place).exclude(state=Offer.WITHDRAWN)
    changed = mine.update(state=Offer.WITHDRAWN, version=share.version + 1)
    insist(bool(changed), gettext_noop("Dit aanbod is al ingetrokken."), "awareness.withdrawn")
    journal.record(by=by, act="awareness.unoffer", on=ON, ids=[share.id])


def answer(*, by: Acting, share: Share, accept: bool) -> Activity | None:
    """The receiver takes part or does not; with a yes it stands in the own register. Raises Refused."""
    require(may_keep(by))
    state = Offer.ACCEPTED if accept else Offer.DECLINED
    open_ = Share.objects.filter(id=share.id, receiver_id=by.place, state=Offer.OFFERED)
    changed = open_.update(state=state, answered_at=by.at)
    insist(bool(changed), gettext_noop("Dit aanbod is al beantwoord of ingetrokken."), "awareness.answered")
    journal.record(by=by, act=f"awareness.{state.value}", on=ON, ids=[share.id])
    if not accept:
        return None
    kind = ActivityKind(share.kind)
    told = {name: getattr(share, name) for name in TOLD}
    wanted = activities.Wanted(kind=kind, actions=policy().actions.get(kind, ()), **told)
    row = activities.plan(by=by, wanted=wanted)
    row.share_id, row.share_version = share.id, share.version
    row.save(update_fields=["share_id", "share_version"])
    return row


def follow(*, by: Acting) -> None:
    """What the giver changed or took back since becomes so in the own register; `by` is the system."""
    rows = Activity.objects.filter(municipality_id=by.place, share_id__isnull=False)
    for row in rows.exclude(state=ActivityState.CANCELLED):
        share = Share.objects.filter(id=row.share_id or row.id).first()
        if share is None or share.version == row.share_version:
            continue
        if share.state == Offer.WITHDRAWN:
            _ended(by, row)
        elif row.state == ActivityState.PLANNED:
            _moved(by, row, share)


def _ended(by: Acting, row: Activity) -> None:
    because = gettext_noop("De gemeente die het geeft, trok het in.")
    activities.cancel(by=by, activity=row, because=because)


def _moved(by: Acting, row: Activity, share: Share) -> None:
    now = planned(row)
    for name in TOLD:
        setattr(now, name, getattr(share, name))
    now.share_version, now.version = share.version, now.version + 1
    now.save()
    journal.record(by=by, act="awareness.follow", on=ACTIVITY, ids=[now.id])
    tell_all(by=by, activity=now)


def tell(*, by: Acting) -> int:
    """Mail the meldpunt here what the other side did; each of it once. How many mails."""
    names = dict(Municipality.objects.values_list("id", "name"))
    received = Share.objects.filter(receiver_id=by.place, state__in=FROM_GIVER)
    given = Share.objects.filter(municipality_id=by.place, state__in=(Offer.ACCEPTED, Offer.DECLINED))
    told = 0
    for share in [*received, *given]:
        other = share.municipality_id if share.receiver_id == by.place else share.receiver_id
        for user in places.members(by.place, Role.MELDPUNT, today=by.today):
            told += _mail(by, share, user, names[other])
    return told


def _mail(by: Acting, share: Share, user: User, place: str) -> bool:
    about = uuid5(share.id, f"{user.id}-{share.state}-{share.version}")
    if Outgoing.objects.filter(about=ON, about_id=about).exists():
        return False
    with override(user.language):
        named = {"place": place, "title": share.title}
        subject = _(SUBJECTS[Offer(share.state)]) % named
        line = _("Kijk onder Bewustwording. In deze mail staan geen namen van deelnemers.")
        body = "\n\n".join([_("Beste %(name)s,") % {"name": user.name}, f"{subject}, {_when(share)}.", line])
    key: UUID = keys.make(municipality_id=by.place, purpose="awareness")
    post.queue(by=by, key_id=key, about=ON, about_id=about, to=user.email, subject=subject, body=body)
    return True


def _when(share: Share) -> str:
    return when(Activity(on=share.on, begins=share.begins))
