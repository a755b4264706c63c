"""The message as it goes over the wire."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings

from .models import Outgoing

KINDS = {".ics": ("text", "calendar"), ".txt": ("text", "plain")}


def message_of(mail: Outgoing) -> EmailMessage:
    """Headers, text and attachments; the Message-ID is the same whenever it is sent."""
    message = EmailMessage()
    message["From"] = settings.MELDROUTE_MAIL_FROM
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = mail.message_id
    if mail.reply_token:
        name, _, domain = settings.MELDROUTE_MAIL_FROM.rpartition("@")
        message["Reply-To"] = f"{name}+{mail.reply_token}@{domain}"
    if settings.MELDROUTE_PRACTICE:
        message["X-Meldroute-Oefening"] = "ja"
    message.set_content(mail.body)
    for name, text in mail.attachments.items():
        kind = next((told for ending, told in KINDS.items() if name.endswith(ending)), ("text", "plain"))
        message.add_attachment(text, subtype=kind[1], filename=name)
    return message
