"""What the plan says: brought from a file, changed with a decision. Every change is a new version; none is lost.

A change works from today on: what fell due before it stays as it was asked then, with what people recorded of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from meldroute.domain.plan import document as said
from meldroute.domain.policy_changes import Change, changes
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality
from meldroute.vault import keys

from ..models import Plan, Version
from ..roles import MANAGERS, may_manage
from .expanding import follow

ON = "plan.Plan"
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Decided:
    """A change: what is different in words, who decided so, and the version it was made from."""

    changed: str
    decision: str
    after: int


def bring(*, by: Acting, body: Body, followed_from: date | None = None) -> Plan:
    """Take a plan file in: a new plan, or a new version of the one with this id; the same content changes nothing.

    What was due before `followed_from` (default: today) is "not recorded yet" and never late. Raises Refused.
    """
    require(may_manage(by))
    told = said.parse_plan(body)
    require(_ours(by, told))
    known = Plan.objects.select_for_update().filter(code=told.id).first()
    if known is None:
        return _first(by, told, body, followed_from or by.today)
    if differs(known, body):
        decided = Decided(changed="", decision=told.decision, after=known.version)
        change(by=by, plan=known, body=body, decided=decided)
    return known


def differs(plan: Plan, body: Body) -> tuple[Change, ...]:
    """What a document would change in a plan."""
    return changes(newest(plan).body, body)


def newest(plan: Plan) -> Version:
    """What the plan says now."""
    return plan.versions.get(number=plan.version)


def change(*, by: Acting, plan: Plan, body: Body, decided: Decided) -> Version:
    """Make another document what the plan says from today on. Raises Refused, PolicyError."""
    require(may_manage(by))
    if not decided.decision.strip():
        reason = gettext_noop("Zeg wie dit wanneer heeft besloten.")
        raise Refused(no(reason, "plan R1.1", "plan.decision", MANAGERS))
    told = said.parse_plan(body)
    if told.id != plan.code:
        reason = gettext_noop("Dit is een ander plan. Lees het in als nieuw plan.")
        raise Refused(no(reason, "plan R1.1", "plan.other", MANAGERS))
    require(_ours(by, told))
    now = Plan.objects.select_for_update().get(id=plan.id)
    if now.version != decided.after:
        raise Refused(_stale())
    _tell(now, told)
    now.version += 1
    now.save()
    made = _version(by, now, body, decided)
    follow(now, told, today=by.today, first=False)
    journal.record(by=by, act="plan.change", on=ON, ids=[now.id, made.id])
    plan.version = now.version
    return made


def edit(*, by: Acting, plan: Plan, edited: Callable[[Body], Body], decided: Decided) -> Version:
    """Change the newest document by a function of `domain.plan.changing`. Raises Refused, PolicyError."""
    require(may_manage(by))
    return change(by=by, plan=plan, body=edited(newest(plan).body), decided=decided)


def _first(by: Acting, told: said.Plan, body: Body, followed_from: date) -> Plan:
    row = Plan(
        municipality_id=by.place,
        code=told.id,
        followed_from=followed_from,
        key_id=keys.make(municipality_id=by.place, purpose="plan"),
        made_by=by.user_id,
        made_at=by.at,
    )
    _tell(row, told)
    row.save(force_insert=True)
    _version(by, row, body, Decided("", told.decision, 0))
    follow(row, told, today=by.today, first=True)
    journal.record(by=by, act="plan.bring", on=ON, ids=[row.id])
    return row


def _tell(row: Plan, told: said.Plan) -> None:
    row.name, row.begins, row.ends, row.adopted_on = told.name, told.begins, told.ends, told.adopted_on


def _version(by: Acting, plan: Plan, body: Body, decided: Decided) -> Version:
    try:
        with transaction.atomic():
            return Version.objects.create(
                municipality_id=plan.municipality_id,
                plan=plan,
                number=plan.version,
                body=dict(body),
                changed=decided.changed[:400],
                decision=decided.decision.strip()[:400],
                by=by.user_id,
                at=by.at,
            )
    except IntegrityError:
        raise Refused(_stale()) from None


def _stale() -> Verdict:
    told = gettext_noop("Intussen is er een nieuwere versie van het plan. Kijk opnieuw.")
    return no(told, "architecture, habit 8", "plan.stale")


def _ours(by: Acting, told: said.Plan) -> Verdict:
    """A plan names its municipality; that of a neighbour is not taken in by mistake."""
    here = Municipality.objects.get(id=by.place)
    if here.name.casefold() == told.municipality.casefold():
        return yes()
    reason = gettext_noop(
        "Dit plan is van een andere gemeente. Kies eerst die gemeente, of pas de naam in het bestand aan."
    )
    return no(reason, "plan R1.2", "plan.municipality", MANAGERS)
