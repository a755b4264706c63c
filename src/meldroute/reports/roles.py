"""Who makes reports and who reads them. The database holds the same (migration 0002)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting

MAKERS = (Role.MELDPUNT, Role.PROCESS_OWNER)
READERS = (*MAKERS, Role.BOARD)
SOURCE = "plan §3.3.4"


def may_make(by: Acting) -> Verdict:
    """Whether somebody makes, changes and adopts reports; the system may too."""
    if by.user_id is None or by.is_any(*MAKERS):
        return yes()
    reason = gettext_noop("Het meldpunt en de proceseigenaar maken rapporten.")
    return no(reason, SOURCE, "report.role", MAKERS)
