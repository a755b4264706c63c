"""Whose turn it is: the owner of an action; without one, whoever keeps the plan. The stand-in when it stays undone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from .models import Action


def turn_of(action: Action, keepers: Collection[UUID], here: Collection[UUID]) -> list[UUID]:
    """Who is asked first; an owner whose account ended counts as none. `here`: accounts that work now."""
    if action.owner is not None and action.owner in here:
        return [action.owner]
    if action.stand_in is not None and action.stand_in in here:
        return [action.stand_in]
    return sorted(keepers)


def is_of(action: Action, person: UUID, *, keeps: bool) -> bool:
    """Whether an action belongs in somebody's calendar: owner, stand-in, or nobody's and this person keeps the plan."""
    return person in (action.owner, action.stand_in) or (keeps and action.owner is None)
