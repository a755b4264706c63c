"""Expiring signed links with which a partner reports without an account."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F

from meldroute.domain.days import end_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Organisation

from ..models import PartnerLink
from ..policies import limit

MAC = 16
SOURCE = "policies/intake.toml"


@dataclass(frozen=True)
class Named:
    """What a token names: a link in a municipality. That it is signed says nothing yet about its end."""

    municipality_id: UUID
    link_id: UUID


def make(*, by: Acting, organisation: Organisation, days: int, uses: int) -> PartnerLink:
    """A link for one partner: through the `days`th day from today, for `uses` reports. Raises Refused."""
    _may(by)
    require(_sound(organisation, days, uses, by))
    link = PartnerLink.objects.create(
        municipality_id=by.place,
        organisation_id=organisation.id,
        made_by=by.person,
        made_at=by.at,
        expires_at=end_of(by.today + timedelta(days=days)),
        uses=uses,
        uses_left=uses,
    )
    journal.record(by=by, act="link.make", on="intake.PartnerLink", ids=[link.id, organisation.id])
    return link


def end(*, by: Acting, link: PartnerLink) -> None:
    """The link works no more, from now on. Raises Refused."""
    _may(by)
    PartnerLink.objects.filter(id=link.id, ended_at__isnull=True).update(ended_at=by.at)
    journal.record(by=by, act="link.end", on="intake.PartnerLink", ids=[link.id])


def token_of(link: PartnerLink) -> str:
    """The part of the address that proves the link: ids and a keyed hash, nothing that is kept."""
    body = link.municipality_id.bytes + link.id.bytes
    return base64.urlsafe_b64encode(body + _mac(body)).decode()


def read_token(token: str) -> Named | None:
    """What the token names; None when we did not sign it."""
    try:
        told = base64.b64decode(token.encode("ascii", "replace"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = told[:32], told[32:]
    if len(mac) != MAC or not hmac.compare_digest(mac, _mac(body)):
        return None
    return Named(UUID(bytes=body[:16]), UUID(bytes=body[16:]))


def works(link: PartnerLink, at: datetime) -> Verdict:
    """May this link be used at this moment? The organisation must still be a partner."""
    if link.ended_at is not None:
        return _over(gettext_noop("Het meldpunt heeft deze link beëindigd."), "link.ended")
    if link.expires_at <= at:
        return _over(gettext_noop("Deze link is verlopen."), "link.expired")
    if link.uses_left < 1:
        return _over(gettext_noop("Deze link is al gebruikt."), "link.used")
    if not Organisation.objects.filter(id=link.organisation_id, ended_on__isnull=True).exists():
        return _over(gettext_noop("Deze link hoort bij een organisatie waarmee wij niet meer werken."), "link.partner")
    return yes()


def use(link: PartnerLink, *, by: Acting) -> None:
    """Count one report. Raises Refused when somebody else used the last one just before."""
    left = PartnerLink.objects.filter(id=link.id, uses_left__gt=0, ended_at__isnull=True, expires_at__gt=by.at)
    if not left.update(uses_left=F("uses_left") - 1):
        raise Refused(_over(gettext_noop("Deze link is al gebruikt."), "link.used"))
    journal.record(by=by, act="link.use", on="intake.PartnerLink", ids=[link.id, link.organisation_id])


def _mac(body: bytes) -> bytes:
    return hmac.new(settings.MELDROUTE_KEYS.token, b"partner link\0" + body, hashlib.sha256).digest()[:MAC]


def _over(reason: str, code: str) -> Verdict:
    return no(reason, SOURCE, code, (Role.MELDPUNT,))


def _sound(organisation: Organisation, days: int, uses: int, by: Acting) -> Verdict:
    if organisation.municipality_id != by.place or organisation.ended_on is not None:
        return _over(gettext_noop("Deze organisatie is hier geen partner."), "link.partner")
    if not 1 <= days <= limit("link_days_most"):
        return no(gettext_noop("Zo lang mag een link niet werken."), SOURCE, "link.days")
    if not 1 <= uses <= limit("link_uses_most"):
        return no(gettext_noop("Zo vaak mag een link niet worden gebruikt."), SOURCE, "link.uses")
    return yes()


def _may(by: Acting) -> None:
    if not by.is_any(Role.MELDPUNT):
        reason = gettext_noop("Alleen het meldpunt geeft partners een link.")
        raise Refused(no(reason, "domain rules §3", "link.role", (Role.MELDPUNT,)))
