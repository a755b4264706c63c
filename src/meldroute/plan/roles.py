"""Who reads the plan, who keeps it, who records what was done. The database holds the same (migration 0002)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting

from .models import Action

R = Role
MANAGERS = (R.MELDPUNT, R.PROCESS_OWNER)
READERS = (
    *MANAGERS,
    R.BOARD,
    R.PRIVACY_OFFICER,
    R.FG,
    R.ARCHIVIST,
    R.INTEGRITY,
    R.ENFORCEMENT,
    R.MEETING_MEMBER,
    R.REPORTER,
)
SOURCE = "domain rules §3"


def may_manage(by: Acting) -> Verdict:
    """Whether the plan itself, its owners and its proof can be changed; the system may too."""
    if by.user_id is None or by.is_any(*MANAGERS):
        return yes()
    reason = gettext_noop("Het meldpunt en de proceseigenaar houden het plan bij.")
    return no(reason, SOURCE, "plan.role", MANAGERS)


def may_record(by: Acting, action: Action) -> Verdict:
    """Whether somebody can say what became of this action: who keeps the plan, its owner and the stand-in."""
    if may_manage(by).allowed or (by.is_any(*READERS) and by.user_id in (action.owner, action.stand_in)):
        return yes()
    reason = gettext_noop("Alleen de eigenaar, de waarnemer, het meldpunt en de proceseigenaar leggen dit vast.")
    return no(reason, SOURCE, "plan.owner", MANAGERS)
