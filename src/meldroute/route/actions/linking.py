"""Signals that belong together: linked with a reason, never merged (features: link first)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.journal.acting import Acting

from ..models import Link, Signal
from ..visible import files, must_work
from .timeline import tell


def link(*, by: Acting, signal: Signal, reference: str, reason: str) -> Link:
    """Link to another signal that `by` may see. Raises Refused; a foreign or sealed one looks absent."""
    must_work(signal, by)
    other = files(by).filter(reference=reference.strip().upper()).first()
    require(_may_link(signal, other, reason))
    assert other is not None
    made = Link.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        other=other,
        reason=reason.strip(),
        by=by.person,
        at=by.at,
    )
    _tell(made, by, "link.add")
    return made


def unlink(*, by: Acting, made: Link) -> None:
    """Undo a link; that it was there stays in the timeline. Raises Refused."""
    must_work(made.signal, by)
    made.ended_at = by.at
    made.save(update_fields=["ended_at"])
    _tell(made, by, "link.end")


def _tell(made: Link, by: Acting, kind: str) -> None:
    """On both files; but an ordinary file never says that a sealed one exists.

    The other one may be out of sight for `by`, when one of the two was sealed since: then it is told here only.
    """
    signal, other = made.signal, files(by).filter(id=made.other_id).first()
    tell(signal, by=by, kind=kind, ids=(made.other_id,), reference=other.reference if other else "")
    if other is not None and (not signal.sealed or other.sealed):
        tell(other, by=by, kind=kind, ids=(signal.id,), reference=signal.reference)


def _may_link(signal: Signal, other: Signal | None, reason: str) -> Verdict:
    if not reason.strip():
        return no(gettext_noop("Geef een reden: waarom horen ze bij elkaar?"), "domain rules §2", "link.reason")
    if other is None or other.id == signal.id:
        absent = gettext_noop("Er is geen ander signaal met dit nummer dat u mag zien.")
        return no(absent, "domain rules §2", "link.absent")
    if signal.links.filter(other=other, ended_at__isnull=True).exists():
        return no(gettext_noop("Deze signalen zijn al verbonden."), "domain rules §2", "link.twice")
    return yes()
