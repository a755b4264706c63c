"""What the pages of the mailbox show of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from meldroute.domain.filetype import word_for
from meldroute.domain.vocabulary import Truth
from meldroute.journal.acting import Acting
from meldroute.people.models import Organisation
from meldroute.route.models import Reveal, Signal
from meldroute.route.visible import files
from meldroute.vault import keys, scans
from meldroute.vault.scanner import Scan

from .actions.triage import OPEN
from .models import Mail, Mailbox
from .proposal import without_courtesies

PAGE = 50
LATELY = timedelta(days=1)
TEXT_MOST = 4000
THE_REPORTER = "de melder"
"""Filled in as the source of an observation; a file is in Dutch, whoever fills it."""


@dataclass(frozen=True)
class Shown:
    """One mail as the list shows it; without subject and sender when those are gone or shielded."""

    mail: Mail
    subject: str
    sender: str


def open_mails() -> list[Mail]:
    """What waits, the oldest first. One statement."""
    return list(Mail.objects.filter(state__in=OPEN).order_by("came_at", "id"))


def shown(mails: list[Mail], by: Acting) -> list[Shown]:
    """The mails with what may be read of them. One statement for the keys, one for shielded ones."""
    keys.preload(mail.key_id for mail in mails if mail.blob_id)
    revealed = _revealed([mail for mail in mails if mail.protected], by)
    return [_shown(mail, mail.signal_id in revealed) for mail in mails]


def _shown(mail: Mail, revealed: bool) -> Shown:
    if not mail.blob_id:
        return Shown(mail, _("onze kopie is vernietigd"), "")
    if mail.protected and not revealed:
        return Shown(mail, _("mail van een afgeschermde melder"), _("afgeschermd"))
    return Shown(mail, mail.subject_line or _("(geen onderwerp)"), mail.sender or _("afzender onbekend"))


def is_readable(mail: Mail, by: Acting) -> bool:
    """Whether the content is there and open: of a shielded reporter only after a second person agreed."""
    if not mail.blob_id:
        return False
    return not mail.protected or bool(_revealed([mail], by))


def _revealed(mails: list[Mail], by: Acting) -> set[UUID]:
    if not mails:
        return set()
    agreed = Reveal.objects.filter(
        signal_id__in=[mail.signal_id for mail in mails],
        asked_by=by.person,
        agreed_at__isnull=False,
        until__gt=by.at,
    )
    return set(agreed.values_list("signal_id", flat=True))


def neighbours(mail: Mail) -> tuple[UUID | None, UUID | None]:
    """The open mail before this one and the one after it. One statement."""
    ids = list(Mail.objects.filter(state__in=OPEN).order_by("came_at", "id").values_list("id", flat=True))
    if mail.id not in ids:
        return None, ids[0] if ids else None
    at = ids.index(mail.id)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


def troubles(by: Acting) -> list[Mailbox]:
    """Mailboxes that could not be read when that was tried last. One statement."""
    tried = Mailbox.objects.filter(polled_at__gte=by.at - LATELY)
    return list(tried.exclude(trouble=""))


def proposed(mail: Mail, by: Acting) -> Signal | None:
    """The signal whose thread this mail answers, when it is open to `by`."""
    if not mail.proposed_signal_id:
        return None
    return files(by).filter(id=mail.proposed_signal_id).first()


def parts(mail: Mail) -> list[dict[str, Any]]:
    """The attachments with a word for what they are by content."""
    return [one | {"word": _word(str(one["type"]))} for one in (mail.reading or {}).get("parts", [])]


def scan_of(mail: Mail) -> scans.Told | None:
    """Whether the mail and its files may be downloaded, in words; None when nothing is kept. One statement."""
    if not mail.blob_id:
        return None
    told = scans.told(scans.states([mail.blob_id]).get(mail.blob_id, Scan.WAITING))
    return scans.Told(told.leaves, _(told.word), _(told.why) if told.why else "")


def _word(content_type: str) -> str:
    office = "officedocument" in content_type or "opendocument" in content_type
    return _("document") if office else _(word_for(content_type))


def _partner_of(address: str) -> str:
    """The id of the partner whose mail domain this is, as a proposal; empty when it is nobody's. One statement."""
    domain = address.rpartition("@")[2].lower()
    if not domain:
        return ""
    found = Organisation.objects.filter(ended_on__isnull=True, mail_domains__contains=[domain]).first()
    return str(found.id) if found else ""


def register_initial(mail: Mail) -> dict[str, Any]:
    """What the form may be filled with beforehand; a person decides."""
    told = mail.reading or {}
    proposal = told.get("proposal", {})
    reporter = proposal.get("reporter") or {}
    sender = reporter.get("address", "") or mail.sender
    place: dict[str, str] = next(iter(proposal.get("places", ())), {})
    days = [moment["day"] for moment in proposal.get("moments", ()) if moment.get("day")]
    return {
        "version": mail.version,
        "source_kind": proposal.get("source_kind") or "",
        "what": without_courtesies(told.get("text", ""))[:TEXT_MOST],
        "truth": Truth.HEARSAY.value,
        "source": THE_REPORTER,
        "observed_on": next(iter(days), None),
        "forms_seen": proposal.get("forms", ()),
        "street": place.get("street", ""),
        "house_number": place.get("number", ""),
        "addition": place.get("addition", ""),
        "postcode": place.get("postcode", ""),
        "name": reporter.get("display", ""),
        "mail": sender,
        "organisation": _partner_of(sender),
        "wants_feedback": True,
        "practice": mail.practice,
    }


def add_initial(mail: Mail, signal: Signal | None) -> dict[str, Any]:
    """The same for a mail that belongs to a signal: by its thread, else by a number in its subject."""
    told = mail.reading or {}
    return {
        "version": mail.version,
        "reference": signal.reference if signal else next(iter(told.get("named", ())), ""),
        "what": without_courtesies(told.get("text", ""))[:TEXT_MOST],
        "truth": Truth.HEARSAY.value,
        "source": THE_REPORTER,
    }
