"""The pages of the plan as the people who use them, and the calendar as a calendar program reads it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.plan.keeping import Status
from meldroute.journal.models import Entry
from meldroute.people.models import Membership, User
from meldroute.people.unit import unit
from meldroute.plan import proving
from meldroute.plan.actions import recording
from meldroute.plan.models import Action, Occurrence, Plan
from meldroute.plan.proving import Offered
from people_here import acting, user
from plan.plans_here import HEEMSTEDE, followed, time

pytestmark = pytest.mark.django_db


def entered(client: Client, name: str = "meldpunt") -> Client:
    client.force_login(user(name))
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"plan:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def row_of(code: str, key: str) -> Occurrence:
    with unit(acting()):
        return time(code, key)


def test_without_a_plan_the_page_says_how_one_comes_in(client: Client) -> None:
    assert "Lees een plan in" in text(entered(client), "grid")
    assert "Lees een plan in" not in text(entered(client, "handhaver"), "grid")


def test_the_grid_shows_every_action_in_a_fixed_number_of_statements(client: Client) -> None:
    followed()
    entered(client)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = text(client, "grid")
    with unit(acting()):
        titles = list(Action.objects.values_list("title", flat=True))
    assert all(title in page for title in titles)
    assert re.findall(r'<th scope="col"[^>]*><abbr title="([^"]+)"', page)[0] == "2024-Q2"
    assert page.count("vóór vaststelling") > 1
    assert len(seen) <= 20
    filtered = text(client, "grid", query="?pijler=4&jaar=2025")
    assert filtered.count('mr-table__group"') == 1
    assert "Horeca-overleg" not in filtered


def test_recording_from_the_page_refused_and_done_then_undone(client: Client) -> None:
    followed()
    entered(client)
    row = row_of("R4.7", "2026-Q3")
    url = reverse("plan:time", args=[row.id])
    told: dict[str, Any] = {"status": "done", "done_on": "2026-09-01", "version": 0}
    refused = client.post(url, told)
    assert "Zeg waaruit blijkt dat het is gedaan" in refused.content.decode()
    assert client.post(url, told | {"text": "Posters opgehangen (oefening)"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Posters opgehangen" in page
    assert "gedaan op di 1 september 2026" in page
    stale = client.post(url, told | {"status": "skipped", "reason": "toch niet"}).content.decode()
    assert "Intussen legde iemand anders hier iets vast" in stale
    assert 'name="version" value="1"' in stale
    assert client.post(reverse("plan:undo", args=[row.id]), {"version": 1}).status_code == 302
    assert row_of("R4.7", "2026-Q3").status == Status.PLANNED


def test_a_file_as_proof_is_kept_and_leaves_only_when_scanned(client: Client, settings: Any) -> None:
    settings.MELDROUTE_UNSCANNED = False
    followed()
    entered(client)
    row = row_of("R4.7", "2026-Q4")
    file = SimpleUploadedFile("verslag.txt", b"Kort verslag van de campagne (oefening)")
    assert client.post(reverse("plan:prove", args=[row.id]), {"bewijs-file": file}).status_code == 302
    with unit(acting()):
        proof = row.proofs.get()
    assert (proof.kind, proof.file_name) == (ProofKind.FILE, "verslag.txt")
    assert client.get(reverse("plan:file", args=[proof.id])).status_code == 302
    empty = client.post(reverse("plan:prove", args=[row.id]), {})
    assert "Geef een tekst, een verwijzing of een bestand." in empty.content.decode()
    film = SimpleUploadedFile("film.avi", b"RIFF\x20\0\0\0AVI LIST" + bytes(20))
    refused = client.post(reverse("plan:prove", args=[row.id]), {"bewijs-file": film})
    assert "kan het opslaan als PDF, foto of film" in refused.content.decode()
    with unit(acting()):
        assert row.proofs.count() == 1


def test_what_the_program_saw_is_asked_and_counts_after_a_yes(client: Client) -> None:
    followed()
    entered(client)
    row = row_of("R4.8", "2026-Q4")
    with unit(acting()) as by:
        proving.offer(
            by=by, proof=Offered(ProofKind.CAMPAIGN, "test.Thing", row.id, date(2026, 11, 3), "Bericht op Facebook")
        )
        proof = row.proofs.get()
    assert "Telt dit mee?" in text(client, "time", row.id)
    client.post(reverse("plan:accept", args=[proof.id]))
    assert row_of("R4.8", "2026-Q4").status == Status.DONE


def test_who_may_not_record_sees_who_does(client: Client) -> None:
    followed()
    entered(client, "handhaver")
    row = row_of("R4.7", "2026-Q3")
    page = text(client, "time", row.id)
    assert "Het meldpunt legt vast" in page
    assert "mr-record" not in page
    client.post(reverse("plan:time", args=[row.id]), {"status": "under_way", "version": 0})
    assert row_of("R4.7", "2026-Q3").status == Status.PLANNED
    with unit(acting()):
        assert Entry.objects.filter(act="refused.plan.owner").count() <= 1


def test_the_plan_changes_by_a_form_with_a_decision(client: Client) -> None:
    followed()
    entered(client, "proceseigenaar")
    with unit(acting()):
        action = Action.objects.get(code="R4.16")
    page = client.get(reverse("plan:amend", args=[action.id])).content.decode()
    assert 'value="Jaarlijks, Q2"' in page
    told = {
        "title": "Horeca-overleg",
        "text": "Overleg met ondernemers.",
        "cadence": "jaarlijks, Q2 en Q4",
        "owner": "beleidsmedewerker veiligheid",
        "source": "Oefenbesluit",
        "changed": "Twee keer per jaar",
        "decision": "Collegebesluit 1 (oefening)",
        "version": "1",
        "proof": ["meeting"],
    }
    wrong = client.post(reverse("plan:amend", args=[action.id]), told | {"cadence": "vaak"}).content.decode()
    assert "zegt niet wanneer" in wrong
    assert client.post(reverse("plan:amend", args=[action.id]), told).status_code == 302
    assert row_of("R4.16", "2026-Q4").due == date(2026, 12, 31)
    history = text(client, "history")
    assert "Twee keer per jaar" in history
    assert "Integraal Veiligheidsplan 2024-2027" in history
    assert "Collegebesluit van 9 juli 2024" in history
    assert "Collegebesluit 1 (oefening)" in history
    ending = {"on": "2026-11-01", "changed": "Stopt", "decision": "Besluit 2 (oefening)", "version": "2"}
    assert client.post(reverse("plan:end", args=[action.id]), ending).status_code == 302
    assert "geëindigd op" in text(client, "action", action.id)
    new = told | {"code": "R4-20", "pillar": "4", "title": "Huisartsen", "begins": "2026-11-01", "version": "3"}
    assert client.post(reverse("plan:add"), new).status_code == 302
    assert "Huisartsen" in text(client, "grid")
    twice = client.post(reverse("plan:add"), new | {"version": "4"}).content.decode()
    assert "komt twee keer voor" in twice


def test_a_plan_comes_in_by_the_page_read_compared_adopted(client: Client) -> None:
    entered(client)
    url = reverse("plan:bring")
    wrong = client.post(url, {"text": HEEMSTEDE.replace('cadence = "Q4 2024"', 'cadence = "gauw"')}).content.decode()
    assert re.search(r"regel \d+ van het bestand: regel R4.13, veld cadence", wrong)
    read = client.post(url, {"file": SimpleUploadedFile("plan.toml", HEEMSTEDE.encode())}).content.decode()
    assert "19 acties, 5 afspraken daarbuiten" in read
    assert client.post(url, {"text": HEEMSTEDE, "adopt": "on", "followed_from": "2026-01-01"}).status_code == 302
    with unit(acting()):
        assert Plan.objects.get().followed_from == date(2026, 1, 1)
    assert "Er verandert niets" in client.post(url, {"text": HEEMSTEDE}).content.decode()
    other = HEEMSTEDE.replace('cadence = "Q4 2024"', 'cadence = "Q4 2026"')
    compared = client.post(url, {"text": other}).content.decode()
    assert "<del>Q4 2024</del> <ins>Q4 2026</ins>" in compared
    lacking = client.post(url, {"text": other, "adopt": "on"}).content.decode()
    assert "Zeg wie dit wanneer heeft besloten." in lacking
    whole = {"text": other, "adopt": "on", "changed": "Bibob later", "decision": "Besluit (oefening)"}
    assert client.post(url, whole).status_code == 302
    binary = client.post(url, {"file": SimpleUploadedFile("plan.toml", b"\xff\xfe\x00")}).content.decode()
    assert "Dit is geen tekstbestand" in binary


def test_owner_and_stand_in_are_two_people(client: Client) -> None:
    followed()
    entered(client)
    with unit(acting()):
        action = Action.objects.get(code="R4.16")
    url, one = reverse("plan:own", args=[action.id]), str(user("handhaver").id)
    assert "iemand anders dan de eigenaar" in client.post(url, {"owner": one, "stand_in": one}).content.decode()
    assert client.post(url, {"owner": one, "stand_in": ""}).status_code == 302
    assert "Kees Jansen" in text(client, "action", action.id)
    assert client.post(url, {"owner": str(user("politie").id)}).status_code == 200


def test_the_overview_opens_in_a_spreadsheet_and_holds_no_formula(client: Client) -> None:
    followed()
    entered(client)
    row = row_of("R4.7", "2026-Q3")
    told = {"status": "done", "done_on": "2026-09-01", "version": 0, "text": "=HYPERLINK(1)"}
    client.post(reverse("plan:time", args=[row.id]), told)
    rows = list(csv.reader(io.StringIO(text(client, "overview").lstrip("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["code", "pijler", "actie"]
    assert len(rows) == 280
    done = next(one for one in rows if one[0] == "R4.7" and one[4] == "2026-Q3")
    assert done[5:] == ["2026-09-30", "gedaan", "2026-09-01", "'=HYPERLINK(1)"]


def feed_of(client: Client) -> str:
    page = client.post(reverse("plan:calendar"), follow=True).content.decode()
    found = re.search(r'value="http[^"]*?(/plan/agenda/[^"]+)"', page)
    assert found
    return found[1]


def test_a_calendar_program_reads_the_feed_which_names_no_case(client: Client) -> None:
    followed()
    entered(client, "handhaver")
    with unit(acting()) as by:
        action = Action.objects.get(code="R4.15")
        recording.own(by=by, action=action, owner=user("handhaver").id, stand_in=None)
        recording.record(by=by, row=time("R4.15", "2026-Q3"), told=recording.Recorded(Status.SKIPPED, 0, reason="ziek"))
    url = feed_of(client)
    answer = Client().get(url)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = vobject.readOne(answer.content.decode()).vevent_list
    days = {event.dtstart.value for event in events}
    assert date(2026, 12, 31) in days
    assert date(2026, 9, 30) not in days
    assert all(event.summary.value.startswith("Toezicht in de horeca") for event in events)
    assert len({event.uid.value for event in events}) == len(events)
    assert b"HS-2026" not in answer.content


def test_a_feed_ends_when_it_is_renewed_ended_or_its_owner_leaves(client: Client) -> None:
    followed()
    entered(client)
    first = feed_of(client)
    second = feed_of(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Client().get(second.replace("/plan.ics", "x/plan.ics")).status_code == 404
    client.post(reverse("plan:calendar"), {"end": "1"})
    assert Client().get(second).status_code == 404
    third = feed_of(client)
    Membership.objects.filter(user=user("meldpunt")).update(ends="2020-01-01")
    assert Client().get(third).status_code == 404
    User.objects.filter(email="meldpunt@oefen.example").update(is_active=False)
    assert Client().get(third).status_code == 404
