"""Seeing who reported: the meldpunt only; a protected reporter with a reason and a second person, for an hour."""

from __future__ import annotations

from datetime import timedelta

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting

from ..models import Reporter, Reveal
from ..visible import must_work
from .timeline import tell

OPEN_FOR = timedelta(hours=1)
"""How long a protected reporter can be seen after the second person agreed (decisions.md: short time)."""
SECONDS = (Role.MELDPUNT, Role.INTEGRITY, Role.PROCESS_OWNER, Role.PRIVACY_OFFICER)


def ask_reveal(*, by: Acting, reporter: Reporter, reason: str) -> Reveal:
    """Ask to see a protected reporter. Raises Refused."""
    signal = reporter.signal
    must_work(signal, by)
    require(_reason(reason))
    made = Reveal.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        reporter=reporter,
        signal=signal,
        reason=reason.strip(),
        asked_by=by.person,
        asked_at=by.at,
    )
    tell(signal, by=by, kind="reporter.ask", ids=(made.id,), reason=reason.strip())
    return made


def agree_reveal(*, by: Acting, reveal: Reveal) -> None:
    """The second person agrees; from now on the asker sees the reporter for an hour. Raises Refused."""
    require(_may_agree(reveal, by))
    reveal.agreed_by, reveal.agreed_at, reveal.until = by.person, by.at, by.at + OPEN_FOR
    reveal.save(update_fields=["agreed_by", "agreed_at", "until"])
    tell(reveal.signal, by=by, kind="reporter.agree", ids=(reveal.id,))


def see_reporter(*, by: Acting, reporter: Reporter) -> Reporter:
    """The reporter, journalled as a look. Raises Refused while a protected one is not revealed to `by`."""
    require(may_see(reporter, by))
    journal.record(by=by, act="look", on="route.Reporter", ids=[reporter.signal_id, reporter.id], fields=["name"])
    return reporter


def may_see(reporter: Reporter, by: Acting) -> Verdict:
    """Whether `by` may see who reported now."""
    if by.user_id is not None and reporter.user_id == by.user_id:
        return yes()
    wanted = Role.INTEGRITY if reporter.signal.sealed else Role.MELDPUNT
    if not by.is_any(wanted):
        reason = gettext_noop("Alleen het meldpunt ziet wie heeft gemeld.")
        return no(reason, "domain rules §3", "reporter.role", (wanted,))
    if reporter.protected and not _revealed(reporter, by):
        reason = gettext_noop("Deze melder is beschermd. Vraag het met een reden; een tweede persoon stemt in.")
        return no(reason, "decisions.md", "reporter.protected", SECONDS)
    return yes()


def _revealed(reporter: Reporter, by: Acting) -> bool:
    return reporter.reveals.filter(asked_by=by.person, agreed_at__isnull=False, until__gt=by.at).exists()


def _may_agree(reveal: Reveal, by: Acting) -> Verdict:
    if reveal.asked_by == by.user_id:
        reason = gettext_noop("Een ander moet instemmen: niet wie het vroeg.")
        return no(reason, "decisions.md", "reveal.second", SECONDS)
    if not by.is_any(*SECONDS):
        return no(gettext_noop("U kunt hier niet mee instemmen."), "decisions.md", "reveal.role", SECONDS)
    if reveal.agreed_at is not None:
        return no(gettext_noop("Er is al ingestemd."), "decisions.md", "reveal.once")
    return yes()


def _reason(reason: str) -> Verdict:
    if reason.strip():
        return yes()
    return no(gettext_noop("Geef een reden: waarom moet u weten wie heeft gemeld?"), "decisions.md", "reveal.reason")
