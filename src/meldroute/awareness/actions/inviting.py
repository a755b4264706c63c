"""Invitations by mail with a calendar file; every later change goes to the same addresses, once.

The mail of a change is the one act of its invitation, kind and version: the same is never told twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.awareness.activities import OPEN_TO_SIGN_UP, ActivityKind, ActivityState
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.verdict import require
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.post import actions as post
from meldroute.vault import keys

from .. import links
from ..calendars import calendar
from ..models import Activity, Group, Invitation
from ..roles import may_keep
from ..rules import ON, insist, planned

FILE = "bewustwording.ics"


class Told(Term):
    """Why a mail goes out."""

    INVITED = "invited", gettext_noop("Uitnodiging: %(title)s")
    MOVED = "moved", gettext_noop("Veranderd: %(title)s")
    CANCELLED = "cancelled", gettext_noop("Gaat niet door: %(title)s")
    PLACE = "place", gettext_noop("Er is een plaats: %(title)s")


def key_of(activity: Activity) -> UUID:
    """The data key of names and addresses of this activity; made at its first use."""
    if activity.key_id is None:
        activity.key_id = keys.make(municipality_id=activity.municipality_id, purpose="awareness")
        activity.save(update_fields=["key_id"])
    return activity.key_id


def invite(*, by: Acting, activity: Activity, group: Group, mails: Iterable[str]) -> list[Invitation]:
    """Mail an invitation to each address that has none yet. Raises Refused for what is no address."""
    require(may_keep(by))
    row = planned(activity)
    reason = gettext_noop("Hiervoor worden geen mensen uitgenodigd.")
    insist(ActivityKind(row.kind) in OPEN_TO_SIGN_UP, reason, "awareness.no_invitations")
    insist(row.on >= by.today, gettext_noop("Deze dag is al geweest."), "awareness.over")
    key = key_of(row)
    keys.preload([key])
    there = {one.mail.casefold() for one in row.invitations.all()}
    wanted = {mail.casefold(): mail for mail in mails}
    made = []
    for known, mail in wanted.items():
        if known in there:
            continue
        one = Invitation(municipality_id=by.place, key_id=key, activity=row, group=group, mail=mail, at=by.at)
        one.save(force_insert=True)
        tell(by=by, invitation=one, told=Told.INVITED, activity=row)
        made.append(one)
    journal.record(by=by, act="awareness.invite", on=ON, ids=[row.id, *(one.id for one in made)])
    return made


def tell_all(*, by: Acting, activity: Activity) -> None:
    """Everybody who was invited hears that it moved or does not go on."""
    told = Told.CANCELLED if activity.state == ActivityState.CANCELLED else Told.MOVED
    if activity.key_id is not None:
        keys.preload([activity.key_id])
    for one in activity.invitations.all():
        tell(by=by, invitation=one, told=told, activity=activity)


def tell(*, by: Acting, invitation: Invitation, told: Told, activity: Activity, about: UUID | None = None) -> None:
    """Queue one mail to the address of an invitation; `about`: somebody who signed up through it."""
    sender = Municipality.objects.get(id=by.place).meldpunt_mail
    with override("nl"):
        subject, body = _words(invitation, told, activity)
    made = calendar(activity, stamped=by.at, organiser=sender, attendee=invitation.mail)
    post.queue(
        by=by,
        key_id=key_of(activity),
        about="awareness.Invitation",
        about_id=uuid5(about or invitation.id, f"{told}-{activity.version}"),
        to=invitation.mail,
        subject=subject,
        body=body,
        attachments={FILE: made.decode()},
    )


def address_of(invitation: Invitation) -> str:
    """Where somebody with this invitation signs up."""
    text = links.token(links.SIGN_UP, invitation.municipality_id, invitation.id)
    return settings.MELDROUTE_BASE_URL + reverse("awareness:sign-up", args=[text])


def when(activity: Activity) -> str:
    """ "dinsdag 1 december 2026, 09:30"."""
    clock = f", {activity.begins:%H:%M}" if activity.begins else ""
    return date_format(activity.on, "l j F Y") + clock


def _words(invitation: Invitation, told: Told, activity: Activity) -> tuple[str, str]:
    named = {"title": activity.title, "when": when(activity), "place": activity.place}
    texts = {
        Told.INVITED: _("U bent uitgenodigd voor %(title)s, %(when)s."),
        Told.MOVED: _("%(title)s is veranderd. Het is nu %(when)s."),
        Told.CANCELLED: _("%(title)s van %(when)s gaat niet door."),
        Told.PLACE: _("Er is een plaats vrij voor %(title)s, %(when)s. Wie op de wachtlijst stond, is nu aangemeld."),
    }
    lines = [_("Goedendag,"), texts[told] % named]
    if activity.place and told is not Told.CANCELLED:
        lines.append(_("Plaats: %(place)s.") % named)
    if told is Told.INVITED:
        lines += [
            _("Aanmelden kan met deze link, zonder account. Wij vragen alleen een naam en een team."),
            address_of(invitation),
        ]
    lines.append(_("De bijlage zet dit in uw agenda."))
    return _(told.label) % named, "\n\n".join(lines)
