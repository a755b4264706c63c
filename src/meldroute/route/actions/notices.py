"""Telling somebody that something waits for them: an event and a mail without any content (features 90)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.models import User
from meldroute.post import actions as post

from ..models import Event, PrivacyCheck

ASKED = "check.advice_asked"
DECISION = "check.decision_asked"
REMINDED = "check.remind"


def advice_asked(check: PrivacyCheck, *, by: Acting) -> None:
    """The privacy officers hear that advice is asked."""
    _notify(check, places.members(check.municipality_id, Role.PRIVACY_OFFICER, today=by.today), ASKED, by=by)


def decision_asked(check: PrivacyCheck, *, by: Acting) -> None:
    """The process owners hear that a decision is asked."""
    _notify(check, places.members(check.municipality_id, Role.PROCESS_OWNER, today=by.today), DECISION, by=by)


def reminded(check: PrivacyCheck, users: Iterable[User], *, by: Acting) -> None:
    """Those who are waited for hear so once more."""
    _notify(check, users, REMINDED, by=by)


def _notify(check: PrivacyCheck, users: Iterable[User], kind: str, *, by: Acting) -> None:
    """One event and one mail each; the mail says only that something waits, in the reader's language.

    For a sealed signal no mail goes out: not everybody with the role may know that it exists.
    """
    if check.signal.sealed:
        return
    for user in users:
        event = Event.objects.create(
            municipality_id=check.municipality_id,
            key_id=check.key_id,
            signal=check.signal,
            kind=kind,
            told=str(user.id),
            by=by.user_id,
            at=by.at,
        )
        with override(user.language):
            subject, body = _("Er staat iets voor u klaar"), _text(user)
        post.queue(
            by=by,
            key_id=check.key_id,
            about="route.Event",
            about_id=event.id,
            to=user.email,
            subject=subject,
            body=body,
        )


def _text(user: User) -> str:
    return _(
        "Beste %(name)s,\n\nIn Meldroute wacht een vraag op u. Log in om haar te zien. In deze mail staat met opzet "
        "niets over de inhoud.\n\nU krijgt dit bericht omdat uw rol daar iets moet doen. Na uw antwoord stopt het."
    ) % {"name": user.name}
