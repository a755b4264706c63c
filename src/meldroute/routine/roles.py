"""Who does the routine. The database holds the same (migration 0002)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting

DOERS = (Role.MELDPUNT, Role.PROCESS_OWNER)
SOURCE = "domain rules §10"


def may_do(by: Acting) -> Verdict:
    """Whether somebody can say what became of a step; the system may too."""
    if by.user_id is None or by.is_any(*DOERS):
        return yes()
    return no(gettext_noop("Het meldpunt en de proceseigenaar doen de routine."), SOURCE, "routine.role", DOERS)
