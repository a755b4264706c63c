"""The plan of Heemstede in a practice installation, with an invented story of what was done and what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.people.unit import system
from meldroute.plan import files
from meldroute.plan.actions import recording, versions
from meldroute.plan.models import Action, Event, Occurrence, Plan, Proof

FILE = "heemstede-2024-2026.toml"
OWNERS = {
    "R4.1": ("privacy", ""),
    "R4.2": ("privacy", ""),
    "R4.4": ("meldpunt", "waarnemer"),
    "R4.11": ("handhaver", "bwt"),
    "R4.14": ("handhaver", "bwt"),
    "R4.15": ("handhaver", "bwt"),
    "R4.18": ("proceseigenaar", "meldpunt"),
    "R4.19": ("sociaaldomein", "meldpunt"),
}
"""Who does it and who stands in: practice accounts."""
LATE = {"R4.2": (date(2024, 11, 18), "Eerste DPIA vastgesteld"), "R4.13": (date(2025, 5, 20), "Nieuw Bibob-beleid")}
"""Done after the last day, and what shows it."""
SKIPPED = {
    ("R4.11", "2025-Q2"): "Geen capaciteit bij de politie; verschoven naar het derde kwartaal.",
    ("R4.7", "2025-Q3"): "De landelijke campagne liep niet in dit kwartaal.",
}
OPEN = {("R4.10", "2026-Q3"), ("R4.8", "2026-Q2")}
"""Forgotten: these are too late now."""
BUSY = ("R4.4", "R4.11", "R4.18")
WEEKS_OFF = frozenset({31, 32, 33, 52, 53, 1})
MARK = "(Oefening.)"


@dataclass
class Story:
    """Rows of the past, kept at once: several hundred single acts would hold up the first start."""

    by: Acting
    times: list[Occurrence] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)

    def tell(self, row: Occurrence, status: Status, *, on: date | None = None, words: str = "") -> None:
        """What became of one time: done on a day shown by `words`, or skipped because of them."""
        reason = words if status is Status.SKIPPED else ""
        row.status, row.done_on, row.reason, row.version = status, on, reason, 1
        self.times.append(row)
        told = {"municipality_id": row.municipality_id, "occurrence": row, "at": self.by.at}
        self.events.append(Event(status=status, done_on=on, reason=reason, **told))
        if on is not None:
            self.proofs.append(Proof(kind=ProofKind.NOTE, on=on, text=words, **told))

    def keep(self) -> None:
        """Write it all, with one line in the journal."""
        Occurrence.objects.bulk_update(self.times, ["status", "done_on", "reason", "version"], batch_size=500)
        Event.objects.bulk_create(self.events)
        Proof.objects.bulk_create(self.proofs)
        journal.record(by=self.by, act="plan.story", on="plan.Occurrence", ids=[row.id for row in self.times])


def make_plan(at: datetime, plans: Path) -> None:
    """Bring the plan, give its actions owners, and tell the story of the quarters before `at`."""
    place = Municipality.objects.get(slug="heemstede").id
    body = files.read((plans / FILE).read_text(encoding="utf-8"))
    with system(place, at, "inrichten") as by:
        plan = versions.bring(by=by, body=body, followed_from=date(2024, 4, 1))
        _owners(plan, by)
        story = Story(by)
        for row in Occurrence.objects.filter(action__plan=plan).select_related("action"):
            _tell(row, story)
        story.keep()


def _owners(plan: Plan, by: Acting) -> None:
    people = {user.email.partition("@")[0]: user.id for user in User.objects.all()}
    for action in Action.objects.filter(plan=plan, code__in=OWNERS):
        owner, stand_in = OWNERS[action.code]
        recording.own(by=by, action=action, owner=people.get(owner), stand_in=people.get(stand_in))


def _tell(row: Occurrence, story: Story) -> None:
    code, today = row.action.code, story.by.today
    if code in LATE:
        day, words = LATE[code]
        story.tell(row, Status.DONE, on=day, words=f"{words}. {MARK}")
    elif (code, row.key) in SKIPPED:
        story.tell(row, Status.SKIPPED, words=f"{SKIPPED[code, row.key]} {MARK}")
    elif row.due < today and (code, row.key) not in OPEN:
        _past(row, story)
    elif row.begins <= today and code in BUSY:
        story.tell(row, Status.UNDER_WAY)


def _past(row: Occurrence, story: Story) -> None:
    if row.action.code == "signalenoverleg" and row.begins.isocalendar().week in WEEKS_OFF:
        story.tell(row, Status.SKIPPED, words=f"Vakantie; er was geen signaal. {MARK}")
        return
    kinds = [ProofKind(kind).label for kind in row.action.proof]
    words = f"{kinds[0][:1].upper()}{kinds[0][1:]}. {MARK}" if kinds else MARK
    story.tell(row, Status.DONE, on=row.due - (row.due - row.begins) // 4, words=words)
