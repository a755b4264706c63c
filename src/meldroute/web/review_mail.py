"""A mail to who goes over the roles, while some lapse soon: how many and by when, no names."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from meldroute.domain.signing_in import SignIn
from meldroute.journal import actions as journal
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.people import places
from meldroute.people.models import User
from meldroute.people.reviewing import REVIEWERS, Due, soon_for
from meldroute.post import actions as post
from meldroute.post.models import Outgoing
from meldroute.vault import keys

ABOUT = "people.Review"
FIRST_HOUR = 8
"""Local hour from which a mail may go."""


def remind_reviewers(*, by: Acting, policy: SignIn) -> int:
    """Queue a mail to each, once in each turn of the policy and only while there is something to do; how many."""
    if by.at.astimezone(AMSTERDAM).hour < FIRST_HOUR:
        return 0
    sent = 0
    for user in places.members(by.place, *(role.value for role in REVIEWERS), today=by.today):
        about = uuid5(NAMESPACE_URL, f"{by.place}:{user.id}:{policy.turn(by.today)}")
        due = soon_for(user.id, by=by, policy=policy)
        if due and not Outgoing.objects.filter(about=ABOUT, about_id=about).exists():
            _mail(by, user, about, due)
            sent += 1
    return sent


def _mail(by: Acting, user: User, about: UUID, due: list[Due]) -> None:
    with override(user.language):
        count = len(due)
        told = {"count": count, "name": user.name, "day": date_format(min(one.lapses_on for one in due), _("j F Y"))}
        subject = ngettext("Nalopen: %(count)d rol vervalt", "Nalopen: %(count)d rollen vervallen", count) % told
        body = _(
            "Beste %(name)s,\n\nRollen in Meldroute vervallen als niemand zegt dat ze nog nodig zijn, de eerste na "
            "%(day)s. U krijgt deze mail omdat u rollen naloopt. Als alles is nagelopen, stopt hij."
        )
    address = f"{settings.MELDROUTE_BASE_URL}{reverse('review')}"
    post.queue(
        by=by,
        key_id=keys.make(municipality_id=by.place, purpose="accounts"),
        about=ABOUT,
        about_id=about,
        to=user.email,
        subject=subject,
        body=f"{body % told}\n\n{address}\n",
    )
    journal.record(by=by, act="role.remind", on="people.User", ids=[user.id])
