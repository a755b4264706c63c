"""What people's own calendars are told: a row per act and person, which the worker turns into one mail each.

The administrator keeps series but opens no data key; so the row is the promise and the system queues the mail.
A mail says when, where and which meeting; never what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.domain.term import gettext_noop
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.post import actions as post
from meldroute.route.terms import holidays_of
from meldroute.vault import keys

from ..invitations import CANCEL, PUBLISH, REQUEST, Calendars
from ..models import Invitation, Meeting, Series, Told

SUBJECTS = {
    Told.ADDED: gettext_noop("Uitnodiging: %(name)s"),
    Told.MOVED: gettext_noop("Verplaatst: %(name)s"),
    Told.CANCELLED: gettext_noop("Vervalt: %(name)s"),
    Told.ENDED: gettext_noop("Niet meer uitgenodigd: %(name)s"),
}
TEXTS = {
    Told.ADDED: gettext_noop("U bent uitgenodigd voor %(name)s, %(when)s."),
    Told.MOVED: gettext_noop("%(name)s is verplaatst naar %(when)s."),
    Told.CANCELLED: gettext_noop("%(name)s van %(when)s gaat niet door."),
    Told.ENDED: gettext_noop("U bent niet meer uitgenodigd voor %(name)s."),
}


def tell(users: Iterable[UUID], told: Told, *, by: Acting, series: Series, meeting: Meeting | None = None) -> None:
    """Note that these people's calendars change."""
    Invitation.objects.bulk_create(
        Invitation(
            municipality_id=series.municipality_id,
            series=series,
            meeting=meeting,
            user_id=user_id,
            told=told,
            by=by.user_id,
            at=by.at,
        )
        for user_id in users
    )


def key_of(series: Series) -> UUID:
    """The data key of what belongs to a series and to no signal; made at its first use."""
    if series.key_id is None:
        series.key_id = keys.make(municipality_id=series.municipality_id, purpose="meeting")
        series.save(update_fields=["key_id"])
    return series.key_id


def queue_mails(*, by: Acting) -> int:
    """Queue the mail of every invitation that has none yet, in one transaction with its mark; how many."""
    waiting = Invitation.objects.filter(queued_at__isnull=True).select_for_update(of=("self",), skip_locked=True)
    rows = list(waiting.select_related("series", "meeting"))
    users = {user.id: user for user in User.objects.filter(id__in={row.user_id for row in rows}, is_active=True)}
    sender = Municipality.objects.get(id=by.place).meldpunt_mail if rows else ""
    for row in rows:
        if row.user_id in users:
            _queue(row, users[row.user_id], sender, by=by)
        row.queued_at = by.at
        row.save(update_fields=["queued_at"])
    return len(rows)


def _queue(row: Invitation, user: User, sender: str, *, by: Acting) -> None:
    with override(user.language):
        subject, body = _words(row, user)
    post.queue(
        by=by,
        key_id=key_of(row.series),
        about="meetings.Invitation",
        about_id=row.id,
        to=user.email,
        subject=subject,
        body=body,
        attachments={"overleg.ics": _attached(row, user, sender, by=by)},
    )


def _attached(row: Invitation, user: User, sender: str, *, by: Acting) -> str:
    made = Calendars(stamped=by.at, organiser=sender, attendee=user.email)
    gone = row.told in (Told.CANCELLED, Told.ENDED)
    method = (CANCEL if gone else REQUEST) if sender else PUBLISH
    if row.meeting is not None:
        return made.of_meeting(row.meeting, method=method).decode()
    free = holidays_of(by.place)
    return made.of_series(row.series, free, row.series.meetings.all(), method=method, gone=gone).decode()


def _words(row: Invitation, user: User) -> tuple[str, str]:
    told = Told(row.told)
    named = {"name": row.series.name, "when": _when(row)}
    lines = [
        _("Beste %(name)s,") % {"name": user.name},
        _(TEXTS[told]) % named,
        _("De bijlage zet dit in uw agenda. In deze mail staat met opzet niets over de inhoud."),
    ]
    if row.series.place and told in (Told.ADDED, Told.MOVED):
        lines.insert(2, _("Plaats: %(place)s.") % {"place": row.series.place})
    return _(SUBJECTS[told]) % named, "\n\n".join(lines)


def _when(row: Invitation) -> str:
    if row.meeting is not None:
        return date_format(localtime(row.meeting.starts_at), _("l j F Y, H:i"))
    first = row.series.starts_on + timedelta(days=(row.series.weekday - row.series.starts_on.weekday()) % 7)
    named = {"day": date_format(first, "l"), "at": row.series.at.strftime("%H:%M"), "weeks": row.series.every_weeks}
    if row.series.every_weeks == 1:
        return _("elke %(day)s om %(at)s") % named
    return _("%(day)s om %(at)s, om de %(weeks)s weken") % named
