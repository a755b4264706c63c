"""Signed heads of the journal, kept where this installation cannot change them: a folder, a mail, or both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from meldroute.journal import keeping, segments
from meldroute.journal.acting import Acting
from meldroute.journal.models import INSTALLATION, SignedHead
from meldroute.journal.sealing import seal_of
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.post import actions as post
from meldroute.vault import keys

OF_ALL = "installatie"


def chains_of(place: UUID) -> dict[UUID, str]:
    """The chains that are looked after from this municipality, with their names; the first has the installation's."""
    rows = list(Municipality.objects.order_by("made_at", "id").values_list("id", "slug"))
    mine = {chain: slug for chain, slug in rows if chain == place}
    return mine | ({INSTALLATION: OF_ALL} if rows and rows[0][0] == place else {})


def sign_heads(place: UUID, at: datetime) -> list[SignedHead]:
    """Close the months that are over, sign today's heads once, queue the mail about them, and file what waits."""
    made: list[SignedHead] = []
    with system(place, at) as by:
        for chain, name in chains_of(place).items():
            new = segments.close_months(chain, by=by)
            today = segments.seal_day(chain, by=by)
            made += [*new, *([today] if today else [])]
            for row in made if settings.MELDROUTE_JOURNAL_HEADS_MAIL else ():
                if row.chain == chain:
                    _mail(row, name, by=by)
    file_heads(place, at)
    return made


def file_heads(place: UUID, at: datetime) -> int:
    """Write the heads that are in no file yet, when there is a folder; how many. Raises OSError."""
    folder = settings.MELDROUTE_JOURNAL_HEADS
    if folder is None:
        return 0
    filed = 0
    with system(place, at):
        for chain, name in chains_of(place).items():
            waiting = SignedHead.objects.filter(chain=chain, filed_at__isnull=True).order_by("seq")
            for row in keeping.write(folder, waiting, name):
                filed += SignedHead.objects.filter(id=row.id).update(filed_at=at)
    return filed


def _mail(row: SignedHead, name: str, *, by: Acting) -> None:
    """One mail to the second party: ids, numbers and a signature, nothing about anybody."""
    seal = seal_of(row)
    with override("nl"):
        told = {"name": name, "day": timezone.localtime(row.at).date().isoformat(), "seq": row.seq}
        subject = _("Kop van het logboek %(name)s, %(day)s") % told
        body = _(
            "Bewaar de bijlage buiten de gemeente. Zij zegt, met een handtekening, dat het logboek van %(name)s "
            "op dit moment tot en met regel %(seq)s liep. Wie later een regel weghaalt of herschrijft, kan dit "
            "bestand niet evenaren. Controleren: docs/operations/journal.md."
        )
    post.queue(
        by=by,
        key_id=keys.make(municipality_id=by.place, purpose="journal"),
        about="journal.SignedHead",
        about_id=row.id,
        to=settings.MELDROUTE_JOURNAL_HEADS_MAIL,
        subject=subject,
        body=f"{body % told}\n",
        attachments={keeping.file_name(row, name): seal.text()},
    )
