"""The pages of the work on a signal in a real browser: no axe violations, no sideways scroll, as each role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from browser import Site, aside, site, surveyed
from meldroute.domain.route import Decision
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, Weighing
from meldroute.people.unit import unit
from meldroute.route.actions import asking, checking, danger, deciding, tasks
from meldroute.route.models import HandOver, PrivacyCheck, Signal, Task, TaskKind
from meldroute.sources.models import Query
from people_here import acting, user
from route import files


@pytest.fixture
def served(committed: str) -> Iterator[Site]:
    """The application on a fresh database."""
    with site() as running:
        yield running


def prepared() -> dict[str, str]:
    """A signal in enriching and one in its meeting, with work that waits for everybody; the pages to look at."""
    now = datetime.now(UTC) - timedelta(minutes=5)
    enriching, table = _enriching(now), _at_the_table(now)
    with unit(acting()):
        check = PrivacyCheck.objects.filter(signal=table).get()
        query = Query.objects.get(signal_id=enriching.id)
        task = Task.objects.get(signal=enriching)
        urgent = HandOver.objects.get(signal=enriching)
    first, second = f"/signalen/{enriching.id}", f"/signalen/{table.id}"
    return {
        "besluiten": f"meldpunt {second}/besluit/",
        "besluit": f"meldpunt {second}/besluit/?besluit=hold",
        "overdracht-besluit": f"meldpunt {first}/besluit/?besluit=not_taken_up",
        "weging": f"meldpunt {first}/wegingen/1/",
        "wegingen": f"meldpunt {first}/wegingen/",
        "toetsen": f"meldpunt {first}/toetsen/",
        "toets-1": f"meldpunt {first}/toetsen/1/",
        "toets-voor-wie": f"meldpunt {second}/toetsen/2b/",
        "toets-2b": f"meldpunt {second}/toetsen/2b/?voor=enforcement",
        "bronnen": f"meldpunt {first}/bronnen/",
        "bron": f"meldpunt {first}/bronnen/vraag/{query.id}/",
        "bron-vraag": f"meldpunt {first}/bronnen/kvk/",
        "taken-signaal": f"meldpunt {first}/taken/",
        "taak-geven": f"meldpunt {first}/taken/nieuw/",
        "intrekken": f"meldpunt /taken/{task.id}/intrekken/",
        "overdragen": f"meldpunt {first}/overdragen/team_mensenhandel/",
        "gedeeld": f"meldpunt {first}/gedeeld/",
        "gevaar": f"meldpunt {first}/gevaar/",
        "verantwoorden": f"meldpunt /overdrachten/{urgent.id}/verantwoording/",
        "ontvangst": f"meldpunt /overdrachten/{urgent.id}/ontvangst/",
        "dossier": f"meldpunt {first}/",
        "dossier-overleg": f"meldpunt {second}/",
        "wachtend": "meldpunt /wachtend/",
        "advies": f"privacy /toetsen/{check.id}/",
        "advies-wacht": "privacy /wachtend/",
        "besluit-toets": f"proceseigenaar /toetsen/{check.id}/",
        "taken": "handhaver /taken/",
        "taak": f"handhaver /taken/{task.id}/",
    }


def _enriching(now: datetime) -> Signal:
    with unit(acting(at=now)) as by:
        signal = files.new(by=by)
        files.fact(signal, by=by, text="Vier matrassen in de ruimte boven de keuken")
        files.weigh(signal, [*files.FIRST, Weighing.THREE], by=by)
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.TAKE_UP)
    files.checked(signal, Check.ONE, sources=("bag", "kvk"), at=acting(at=now))
    with unit(acting(at=now + timedelta(seconds=5))) as by:
        row = asking.ask_source(by=by, signal=signal, source="bag", question="Staat er een woning boven?")
        asking.answer_source(by=by, signal=signal, query=row, hit=False)
        wanted = tasks.Wanted(
            kind=TaskKind.OBSERVE,
            question="Brandt er 's nachts licht boven de keuken?",
            assignee=user("handhaver").id,
            due_on=files.in_days(by, 7),
            place="Voorbeeldstraat 1, Heemstede",
        )
        tasks.give(by=by, signal=signal, wanted=wanted)
        told = {"told": "Adres en wat er te horen was", "reason": "Geschreeuw achter een dichte deur"}
        danger.share(by=by, signal=signal, recipient=Recipient.POLICE, **told)
    return signal


def _at_the_table(now: datetime) -> Signal:
    with unit(acting(at=now)) as by:
        signal = files.new(by=by)
        seen = files.fact(signal, by=by, text="Busje haalt elke ochtend om 5 uur mensen op")
        ill = files.fact(signal, by=by, text="Een van hen is ziek", category=Category.SPECIAL)
        files.weigh(signal, files.FIRST, by=by)
        given = deciding.Given(reason="snel bespreken")
        deciding.decide(by=by, signal=signal, version=1, decision=Decision.AGENDA_WITHOUT_SOURCES, given=given)
        asked = checking.Asked(
            check=Check.TWO_A,
            question="Het busje zegt iets over het patroon; zonder dat kan het overleg niet kiezen.",
            facts=(seen.id, ill.id),
            recipient=Recipient.SIGNALENOVERLEG,
            purpose=Purpose.DISCUSS,
        )
        checking.ask(by=by, signal=signal, asked=asked)
    return signal


def test_every_page_of_the_work_is_clean(served: Site) -> None:
    assert surveyed(served, aside(prepared)) == {}
