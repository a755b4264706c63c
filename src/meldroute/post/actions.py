"""Queueing a mail with the act that decided on it, and settling one whose end is not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from .models import Delivery, Outgoing


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
) -> Outgoing:
    """Queue exactly one mail for the act `about`/`about_id`, in the same transaction as its record.

    `attachments` are texts by file name (calendar files); `key_id` is the data key that content dies with.
    Raises: IntegrityError when the act has its mail already.
    """
    mail_id = uuid4()
    domain = settings.MELDROUTE_MAIL_FROM.rpartition("@")[2]
    mail = Outgoing.objects.create(
        id=mail_id,
        municipality_id=by.place,
        key_id=key_id,
        about=about,
        about_id=about_id,
        to=to,
        subject=subject,
        body=body,
        attachments=dict(attachments or {}),
        reply_token=reply_token,
        message_id=f"<{reply_token or 'mail'}.{mail_id.hex}@{domain}>",
        not_before=not_before or by.at,
        queued_at=by.at,
    )
    journal.record(by=by, act="mail.queue", on="post.Outgoing", ids=[mail.id])
    return mail


def send_again(*, by: Acting, mail: Outgoing) -> bool:
    """A person looked and it did not arrive: queue the same mail again (same Message-ID)."""
    again = Outgoing.objects.filter(id=mail.id, state__in=(Delivery.UNCERTAIN, Delivery.FAILED)).update(
        state=Delivery.QUEUED, fence=None, leased_until=None, not_before=by.at, settled_at=None, trouble=""
    )
    journal.record(by=by, act="mail.send_again", on="post.Outgoing", ids=[mail.id])
    return bool(again)


def say_arrived(*, by: Acting, mail: Outgoing) -> bool:
    """A person looked and it did arrive."""
    done = Outgoing.objects.filter(id=mail.id, state=Delivery.UNCERTAIN).update(state=Delivery.SENT, settled_at=by.at)
    journal.record(by=by, act="mail.say_arrived", on="post.Outgoing", ids=[mail.id])
    return bool(done)
