"""Who reads the register of awareness, who keeps it, who sees small numbers. The database holds the same (0002)."""

from __future__ import annotations

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, yes
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.plan.roles import MANAGERS, READERS

KEEPERS, LOOKERS = MANAGERS, READERS
EXACT = (*MANAGERS, Role.BOARD)
"""The meldpunt and the staf veiligheid see every number; for others small ones stay hidden."""
SOURCE = "plan R4.3-R4.10"


def may_keep(by: Acting) -> Verdict:
    """Whether activities, groups and calls can be written; the system may too."""
    if by.user_id is None or by.is_any(*KEEPERS):
        return yes()
    reason = gettext_noop("Het meldpunt en de proceseigenaar houden bij wat er aan bewustwording gebeurt.")
    return no(reason, SOURCE, "awareness.role", KEEPERS)


def sees_all(by: Acting) -> bool:
    """Whether small numbers are shown."""
    return by.user_id is None or by.is_any(*EXACT)
