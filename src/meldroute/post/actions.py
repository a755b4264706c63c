"""Queueing a mail with the act that decided on it, and settling one whose end is not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .message import BadAddress, Seen, address, file_name, one_line, preview
from .models import Delivery, Outgoing

LOOK_AFTER = (Role.MELDPUNT, Role.INTEGRITY)
SOURCE = "decisions, Mail out"


def written(
    *,
    by: Acting,
    key_id: UUID,
    about: str,
    about_id: UUID,
    to: str,
    subject: str,
    body: str,
    attachments: Mapping[str, str] | None = None,
    reply_token: str = "",
    not_before: datetime | None = None,
    sealed: bool = False,
) -> Outgoing:
    """The mail as `queue` would keep it, not saved: for a preview. Raises BadAddress, ValueError."""
    mail_id = uuid4()
    domain = settings.MELDROUTE_MAIL_FROM.rpartition("@")[2]
    return Outgoing(
        id=mail_id,
        municipality_id=by.place,
        key_id=key_id,
        about=about,
        about_id=about_id,
        to=address(to),
        subject=one_line(subject),
        body=body,
        attachments={file_name(name): text for name, text in (attachments or {}).items()},
        reply_token=reply_token,
        message_id=f"<{reply_token or 'mail'}.{mail_id.hex}@{domain}>",
        not_before=not_before or by.at,
        queued_by=by.user_id,
        queued_at=by.at,
        sealed=sealed,
    )


def queue(
    *,
    by: Acting,
    key_id: UUID,
    about: str,
    about_id: UUID,
    to: str,
    subject: str,
    body: str,
    attachments: Mapping[str, str] | None = None,
    reply_token: str = "",
    not_before: datetime | None = None,
    sealed: bool = False,
) -> Outgoing:
    """Queue exactly one mail for the act `about`/`about_id`, in the same transaction as its record.

    `attachments` are texts by file name (calendar files); `key_id` is the data key that content dies with; a
    `sealed` mail is seen by who queued it and by the system only.
    Raises: Refused when there is no plain address in `to`, IntegrityError when the act has its mail already.
    """
    try:
        mail = written(
            by=by,
            key_id=key_id,
            about=about,
            about_id=about_id,
            to=to,
            subject=subject,
            body=body,
            attachments=attachments,
            reply_token=reply_token,
            not_before=not_before,
            sealed=sealed,
        )
    except BadAddress:
        reason = gettext_noop("Dit is geen mailadres waar wij naartoe kunnen mailen. Controleer het adres.")
        raise Refused(no(reason, SOURCE, "mail.address", LOOK_AFTER)) from None
    mail.save(force_insert=True)
    journal.record(by=by, act="mail.queue", on="post.Outgoing", ids=[mail.id])
    return mail


def seen_before(mail: Outgoing) -> Seen:
    """What the receiver reads, or read. Raises ValueError."""
    return preview(mail)


def leaves(*, practice: bool) -> bool:
    """Whether a mail about such a signal may go out: a practice signal of a real installation never leaves."""
    return bool(settings.MELDROUTE_PRACTICE) or not practice


def send_again(*, by: Acting, mail: Outgoing) -> None:
    """A person looked and it did not arrive: queue the same mail again (same Message-ID). Raises Refused."""
    _may(by)
    changes = {"state": Delivery.QUEUED, "fence": None, "leased_until": None, "not_before": by.at}
    _settle(mail, (Delivery.UNCERTAIN, Delivery.FAILED), changes | {"settled_at": None, "trouble": ""})
    journal.record(by=by, act="mail.send_again", on="post.Outgoing", ids=[mail.id])


def say_arrived(*, by: Acting, mail: Outgoing) -> None:
    """A person looked and it did arrive. Raises Refused."""
    _may(by)
    _settle(mail, (Delivery.UNCERTAIN,), {"state": Delivery.SENT, "settled_at": by.at, "fence": None})
    journal.record(by=by, act="mail.say_arrived", on="post.Outgoing", ids=[mail.id])


def give_up(*, by: Acting, mail: Outgoing) -> None:
    """A person looked, it did not arrive, and another way is taken. Raises Refused."""
    _may(by)
    _settle(
        mail, (Delivery.UNCERTAIN, Delivery.FAILED), {"state": Delivery.GIVEN_UP, "settled_at": by.at, "fence": None}
    )
    journal.record(by=by, act="mail.give_up", on="post.Outgoing", ids=[mail.id])


def _settle(mail: Outgoing, states: tuple[Delivery, ...], changes: Mapping[str, object]) -> None:
    if not Outgoing.objects.filter(id=mail.id, state__in=states).update(**changes):
        reason = gettext_noop("Dit bericht is intussen al afgehandeld. Kijk opnieuw.")
        raise Refused(no(reason, SOURCE, "mail.settled", LOOK_AFTER))
    for name, value in changes.items():
        setattr(mail, name, value)


def _may(by: Acting) -> None:
    if not by.is_any(*LOOK_AFTER):
        reason = gettext_noop("Alleen het meldpunt kijkt na of een bericht is aangekomen.")
        raise Refused(no(reason, "domain rules §3", "mail.role", (Role.MELDPUNT,)))
