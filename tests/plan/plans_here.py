"""The plan of Heemstede as the tests follow it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from meldroute.domain.plan.keeping import Status
from meldroute.domain.plan.self_scan import Answer
from meldroute.journal.acting import Acting
from meldroute.people.models import Municipality, User
from meldroute.people.unit import system, unit
from meldroute.plan import feed, files
from meldroute.plan.actions import recording, versions
from meldroute.plan.actions.recording import Given
from meldroute.plan.models import Action, Feed, Occurrence, Plan, Reminder, Rung, ScanAnswer
from meldroute.plan.proving import settle
from people_here import MONDAY, acting

FOLDER = Path(__file__).resolve().parents[2] / "plans"
HEEMSTEDE = (FOLDER / "heemstede-2024-2026.toml").read_text(encoding="utf-8")


def body(text: str = HEEMSTEDE) -> dict[str, Any]:
    """The document of a plan file."""
    return files.read(text)


def followed(at: datetime = MONDAY, since: date | None = date(2024, 4, 1), *, name: str = "meldpunt") -> Plan:
    """Heemstede's plan, followed since a day (None: since today)."""
    with unit(acting(name, at=at)) as by:
        return versions.bring(by=by, body=body(), followed_from=since)


def time(code: str, key: str) -> Occurrence:
    """One occurrence; must be called inside a unit of work."""
    return Occurrence.objects.select_related("action").get(action__code=code, key=key)


def small(municipality: str, word: str) -> dict[str, Any]:
    """A plan of one action, whose texts are all `word`."""
    told = {"source": word, "title": word, "text": word, "owner": word}
    return {
        "format": 1,
        "plan": {
            "id": "klein-2026",
            "name": word,
            "municipality": municipality,
            "begins": "2026-01-01",
            "ends": "2027-12-31",
            "adopted_on": "2026-01-01",
            "decision": word,
            "source": word,
        },
        "pillar": [{"number": 1, "name": word, "source": word}],
        "action": [{"id": "K1", "pillar": 1, "cadence": "doorlopend", "proof": ["leaflet"], **told}],
    }


def one_of_each(place: Municipality, people: Mapping[str, User], word: str, at: datetime) -> dict[str, Any]:
    """A plan with an action that belongs to the meldpunt, a time with proof, a reminder and a feed."""
    keeper = people["meldpunt"]
    with system(place.id, at) as by:
        plan = versions.bring(by=by, body=small(place.name, word), followed_from=date(2026, 1, 1))
        action = Action.objects.get(plan=plan)
        recording.own(by=by, action=action, owner=keeper.id, stand_in=None)
        row = Occurrence.objects.select_related("action").filter(action=action, due__gte=by.today).earliest("due")
        proof = recording.prove(
            by=by, row=row, given=Given(text=word, file_name="bewijs.txt", body=word.encode()), on=by.today
        )
        settle(by=by, row=row, status=Status.UNDER_WAY, reason=word)
        ScanAnswer.objects.create(
            municipality_id=place.id,
            criterion="bibob",
            text=word,
            answer=Answer.PARTLY,
            proof=word,
            by=keeper.id,
            at=at,
        )
        Reminder.objects.create(
            municipality_id=place.id,
            occurrence_id=row.id,
            user_id=keeper.id,
            rung=Rung.LATE,
            since=by.today,
            digest_id=uuid4(),
            at=at,
        )
    with unit(Acting(keeper.id, place.id, at=at, origin="test")):
        calendar = Feed.objects.create(municipality_id=place.id, user_id=keeper.id)
    told = {"action_id": action.id, "occurrence_id": row.id, "proof_id": proof.id, "criterion": "bibob"}
    return told | {"feed": feed.address(calendar)}
