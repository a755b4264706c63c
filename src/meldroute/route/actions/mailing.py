"""One mail to a reporter: queued with the record of the word, with the random token by which an answer comes back."""

from __future__ import annotations

import secrets
from uuid import UUID

from meldroute.domain.thread_token import RANDOM_BYTES, token_of
from meldroute.journal.acting import Acting
from meldroute.post.actions import queue
from meldroute.post.actions import written as as_written
from meldroute.post.message import Seen, preview
from meldroute.post.models import Outgoing
from meldroute.vault import lookup

from ..models import Feedback, Reporter

ABOUT = "route.Feedback"


def mail_word(*, by: Acting, feedback: Feedback, subject: str, body: str) -> UUID:
    """Queue the one mail of this word; the id of its row in the outbox. Raises Refused for an impossible address.

    A word that is given again after its mail failed is a new act, with a mail of its own.
    """
    before = Outgoing.objects.filter(about_id=feedback.id).count()
    mail = queue(
        by=by,
        key_id=feedback.key_id,
        about=f"{ABOUT}.{before}" if before else ABOUT,
        about_id=feedback.id,
        to=feedback.reporter.mail,
        subject=subject,
        body=body,
        reply_token=_token(feedback.reporter),
        sealed=feedback.signal.sealed,
    )
    return mail.id


def look_of(*, by: Acting, feedback: Feedback, subject: str, body: str) -> Seen:
    """How the mail will look, through the code that sends it. Nothing is kept. Raises ValueError."""
    mail = as_written(
        by=by,
        key_id=feedback.key_id,
        about=ABOUT,
        about_id=feedback.id,
        to=feedback.reporter.mail,
        subject=subject,
        body=body,
    )
    return preview(mail)


def mail_of(feedback: Feedback) -> Outgoing | None:
    """The mail that this word went out with; None when it was told, or is not to be seen."""
    return Outgoing.objects.filter(id=feedback.outgoing_id).first() if feedback.outgoing_id else None


def _token(reporter: Reporter) -> str:
    """The token of this reporter's thread: that of an earlier mail, or a new one whose keyed hash is kept."""
    sent = Outgoing.objects.filter(about_id__in=reporter.feedbacks.values("id")).exclude(reply_token="")
    earlier = sent.order_by("-queued_at").values_list("reply_token", flat=True).first()
    if earlier and bytes(reporter.thread_mac) == _mac(reporter, earlier):
        return earlier
    token = token_of(secrets.token_bytes(RANDOM_BYTES))
    reporter.thread_mac = _mac(reporter, token)
    reporter.save(update_fields=["thread_mac"])
    return token


def _mac(reporter: Reporter, token: str) -> bytes:
    return lookup.mac(municipality_id=reporter.municipality_id, kind="thread", value=token)
