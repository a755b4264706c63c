"""What may be seen at a table: the facts released for this meeting, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from meldroute.domain.vocabulary import Form
from meldroute.route.models import Observation, Signal
from meldroute.sharing.models import Release
from meldroute.vault import keys

from .models import Item


def facts_of(item: Item) -> list[Observation]:
    """The released facts of one item, oldest first; the walls apply besides."""
    released = Release.objects.filter(
        meeting_id=item.meeting_id, signal_id=item.signal_id, withdrawn_at__isnull=True
    ).values("observation_id")
    facts = list(Observation.objects.filter(id__in=released).order_by("observed_on", "at"))
    keys.preload(fact.key_id for fact in facts)
    return facts


def title_of(signal: Signal) -> str:
    """ "Mogelijk arbeidsuitbuiting, horeca": from forms and sector, never from content."""
    return title(signal.forms, signal.sector)


def title(forms: Iterable[str], sector: str) -> str:
    """The same from plain values."""
    known = [_(Form(code).label).lower() for code in forms if code not in (Form.UNCLEAR, Form.OTHER)]
    what = _("Mogelijk %(forms)s") % {"forms": _(" en ").join(known)} if known else _("Nog onduidelijk")
    return f"{what}, {sector}" if sector else what
