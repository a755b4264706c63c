"""The file, the queue and access over HTTP: what each role sees, in few statements, with nothing readable below."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import meldroute
from meldroute.domain.route import Decision
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Category, Outcome, State, SubjectKind, SubjectRole
from meldroute.journal.acting import Acting
from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route import history, listing
from meldroute.route.actions import access, attaching, facts, linking, opening, revealing, subjects
from meldroute.route.models import (
    AccessKind,
    AccessRequest,
    Feedback,
    FeedbackKind,
    Link,
    Observation,
    Reporter,
    Signal,
    Subject,
    TimelineEntry,
)
from meldroute.route.sentences import Heading, sentence_of
from meldroute.vault.keys import WrongKey
from meldroute.web.tables import ITEM, TENANT
from people_here import acting, here, user
from signals_here import CANARY, noted, opened, person, place, reporter, statement

pytestmark = pytest.mark.django_db
ROUTE = Path(meldroute.__file__).parent
MOST = 12
"""SQL statements of a page of the queue, everything around it included (session, walls, journal)."""


def now(name: str = "meldpunt", **other: Any) -> Acting:
    return acting(name, at=datetime.now(UTC), **other)


def entered(client: Client, name: str) -> Client:
    client.force_login(user(name))
    if name == "waarnemer":  # belongs in two municipalities
        session = client.session
        session["municipality"] = str(here().id)
        session.save()
    return client


def page(client: Client, name: str, *args: Any, **told: Any) -> str:
    response = client.get(reverse(f"route:{name}", args=args), told)
    assert response.status_code == 200
    return str(response.content.decode())


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for query in caught.captured_queries)


def many(count: int) -> list[Signal]:
    with unit(now()) as by:
        return [opened(by, received_at=by.at - timedelta(hours=200 - number)) for number in range(count)]


def full(by: Acting, signal: Signal, times: int = 1) -> None:
    for number in range(times):
        who = person(by, signal)
        place(by, signal, house_number=str(number + 1))
        old = noted(by, signal, subject_id=who.id)
        facts.correct(by=by, observation=old, statement=statement(text="Anders"), why="geteld")
        attaching.attach(by=by, signal=signal, name=f"{number}.txt", body=b"oefening")
        other = opened(by)
        place(by, other, house_number=str(number + 1))
        linking.link(by=by, signal=signal, reference=other.reference, reason="zelfde adres")


@pytest.mark.parametrize("count", [0, 1, 51])
def test_the_queue_takes_few_statements_whatever_it_shows(client: Client, count: int) -> None:
    many(count)
    entered(client, "meldpunt")
    client.get("/")
    assert statements(client, reverse("route:queue")) <= MOST
    last = 2 if count > 50 else 1
    assert statements(client, reverse("route:queue") + f"?page={last}&state=registered&handler=me&due=week") <= MOST


def test_the_file_takes_the_same_statements_whatever_is_in_it(client: Client) -> None:
    with unit(now()) as by:
        small, large = opened(by), opened(by)
        full(by, small)
        full(by, large, times=6)
    entered(client, "meldpunt")
    client.get("/")
    small_count, large_count = (statements(client, reverse("route:file", args=[one.id])) for one in (small, large))
    assert large_count == small_count
    assert large_count <= 70


def test_the_queue_filters_pages_and_says_so_when_empty(client: Client) -> None:
    signals = many(53)
    with unit(now()):
        Signal.objects.filter(id=signals[3].id).update(state=State.CLOSED)
        Signal.objects.filter(id=signals[4].id).update(state=State.IN_LOO, handler_id=None)
        late = (datetime.now(UTC) - timedelta(days=3)).date()
        Signal.objects.filter(id=signals[5].id).update(due_on=late, forms=["sexual"])
    entered(client, "meldpunt")
    first, second = page(client, "queue"), page(client, "queue", page="2")
    assert "52 signalen" in first
    assert signals[0].reference in first
    assert signals[52].reference in second
    assert signals[0].reference not in second
    assert signals[3].reference not in first + second
    for told, wanted in (
        ({"state": "closed"}, 3),
        ({"state": "in_loo"}, 4),
        ({"handler": "none"}, 4),
        ({"due": "late"}, 5),
        ({"form": "sexual"}, 5),
    ):
        found = page(client, "queue", **told)
        assert "1 signaal" in found, told
        assert signals[wanted].reference in found
    assert "Geen signalen" in page(client, "queue", state="monitoring")
    assert "Geen signalen" in page(entered(client, "fg"), "queue")
    assert "te laat" in page(entered(client, "meldpunt"), "queue", due="late")


def test_nobody_looked_is_counted_from_the_journal(client: Client) -> None:
    with unit(acting(at=datetime.now(UTC) - timedelta(days=20))) as by:
        signal = opened(by)
    entered(client, "meldpunt")
    assert "niemand keek 20 dagen" in page(client, "queue")
    page(client, "file", signal.id)
    assert "niemand keek" not in page(client, "queue")


def test_a_sealed_signal_is_in_no_list_count_or_number(client: Client) -> None:
    with unit(now()) as by:
        opened(by)
        sealed = opened(by, sealed=True)
        opening.give_access(sealed, by=by, user_id=by.person, why="eigen melding", kind=AccessKind.REPORTED)
        reporter(by, sealed, user_id=by.person)
    with unit(now()) as by:
        assert listing.overdue(by.moved(by.at + timedelta(days=60))) == 1
        assert sum(number for _step, number, _late in listing.per_step(by)) == 1
        assert sealed not in listing.due_soonest(by)
    entered(client, "meldpunt")
    assert sealed.reference not in page(client, "queue")
    assert client.get(reverse("route:file", args=[sealed.id])).status_code == 404
    assert sealed.reference in page(client, "mine")
    assert sealed.reference in page(entered(client, "integriteit"), "queue")
    assert "2 mensen hebben toegang" in page(client, "file", sealed.id)


def bare(response: Any) -> str:
    """The page without ids and tokens, which differ each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


FILE_PAGES = ("file", "timeline", "access", "earlier")
WORK_PAGES = ("observe", "subject", "parts", "attach", "link", "handler", "access-give")


@pytest.mark.parametrize("who", ["handhaver", "privacy", "proceseigenaar", "fg", "burgemeester", "archief"])
def test_who_got_access_reads_and_does_not_write(client: Client, who: str) -> None:
    with unit(now()) as by:
        signal = opened(by)
        full(by, signal)
        until = by.today + timedelta(days=3)
        access.give(by=by, signal=signal, user_id=user(who).id, until=until, why="meelezen")
    entered(client, who)
    shown = page(client, "file", signal.id)
    assert "uw toegang eindigt" in shown
    assert "Waarneming toevoegen" not in shown
    assert "Wie heeft gemeld" not in shown
    assert "Kent u iemand hierin?" not in shown
    for name in FILE_PAGES:
        page(client, name, signal.id)
    for name in WORK_PAGES:
        assert client.get(reverse(f"route:{name}", args=[signal.id])).status_code == 403, name
    with unit(now()) as by:
        access.revoke(by=by, signal=signal, access=access.readers(signal)[0])
    for name in FILE_PAGES:
        assert client.get(reverse(f"route:{name}", args=[signal.id])).status_code == 404, name


@pytest.mark.parametrize("who", ["fg", "handhaver", "bloemendaal", "melder", "politie", "beheer"])
@pytest.mark.parametrize("name", FILE_PAGES + WORK_PAGES)
def test_foreign_looks_like_absent(client: Client, who: str, name: str) -> None:
    with unit(now()) as by:
        signal = opened(by)
    entered(client, who)
    foreign = client.get(reverse(f"route:{name}", args=[signal.id]))
    absent = client.get(reverse(f"route:{name}", args=[uuid4()]))
    assert foreign.status_code == absent.status_code
    assert foreign.status_code in (403, 404)
    assert bare(foreign) == bare(absent)


ROLES_OF_PAGES = {
    "access-ask": {"handhaver", "privacy", "proceseigenaar", "burgemeester", "archief", "bwt"},
    "break-glass": {"handhaver", "privacy", "proceseigenaar", "bwt"},
    "supervise": {"fg"},
    "alerts": {"fg", "privacy"},
    "access-requests": {"meldpunt", "waarnemer"},
    "mine": {"melder", "handhaver", "meldpunt", "zorgcoordinator", "politie", "fg"},
}
EVERYBODY = set().union(*ROLES_OF_PAGES.values()) | {"analist", "beheer", "secretaris"}


@pytest.mark.parametrize("name", ["access-ask", "break-glass", "supervise", "alerts", "access-requests"])
def test_pages_about_access_by_role(client: Client, name: str) -> None:
    for who in sorted(EVERYBODY):
        status = entered(client, who).get(reverse(f"route:{name}")).status_code
        assert status == (200 if who in ROLES_OF_PAGES[name] else 403), (name, who)


def test_own_reports_are_for_who_reported(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        row = reporter(by, signal, user_id=user("melder").id)
        opening.give_access(signal, by=by, user_id=user("melder").id, why="melder", kind=AccessKind.REPORTED)
        Feedback.objects.create(
            municipality_id=signal.municipality_id,
            key_id=signal.key_id,
            signal=signal,
            reporter=row,
            kind=FeedbackKind.RECEIPT,
            round=1,
            due_on=by.today,
            text="Dank voor uw bericht.",
            given_at=by.at,
        )
    shown = page(entered(client, "melder"), "mine")
    assert signal.reference in shown
    assert "Het meldpunt weegt wat er met uw melding kan." in shown
    assert "Dank voor uw bericht." in shown
    assert client.get(reverse("route:file", args=[signal.id])).status_code == 403
    with unit(now()):
        Signal.objects.filter(id=signal.id).update(state=State.IN_LOO)
    shown = page(client, "mine")
    assert "in behandeling" in shown
    assert "LOO" not in shown
    assert "U hebt nog niets gemeld" in page(entered(client, "sociaaldomein"), "mine")
    for who in ("beheer", "analist"):
        assert entered(client, who).get(reverse("route:mine")).status_code == 403


def test_access_is_asked_granted_and_used_with_forms(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
    ask = {"reference": signal.reference, "reason": "controle voorbereiden"}
    assert entered(client, "handhaver").post(reverse("route:access-ask"), ask).status_code == 302
    assert "wacht op antwoord" in page(client, "access-ask")
    with unit(now()):
        request = AccessRequest.objects.get()
    answer = reverse("route:access-answer", args=[request.id])
    assert "controle voorbereiden" in page(entered(client, "meldpunt"), "access-requests")
    assert client.post(answer, {"granted": "yes", "until": ""}).status_code == 200
    assert client.post(answer, {"granted": "no", "answer": ""}).status_code == 200
    until = (datetime.now(UTC) + timedelta(days=2)).date()
    assert client.post(answer, {"granted": "yes", "until": until.isoformat()}).status_code == 302
    assert "gegeven" in page(entered(client, "handhaver"), "access-ask")
    page(client, "file", signal.id)


def test_break_glass_opens_at_once_and_shows_at_once(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
    entered(client, "handhaver")
    told = {"reference": signal.reference, "reason": "iemand in gevaar"}
    response = client.post(reverse("route:break-glass"), told, follow=True)
    assert "Noodtoegang voor één dag" in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("route:file", args=[signal.id])
    for who in ("privacy", "fg"):
        shown = page(entered(client, who), "alerts")
        assert signal.reference in shown
        assert "iemand in gevaar" in shown
        assert "Kees Jansen" in shown
    refused = entered(client, "handhaver").post(reverse("route:break-glass"), told | {"reference": "HS-2026-9999"})
    assert "Er is geen signaal met dit nummer dat zo open kan" in refused.content.decode()
    with unit(now()):
        assert Entry.objects.filter(act="refused.access.absent", result="refused").count() == 1


def test_a_closed_signal_that_was_not_taken_up_opens_with_a_reason(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        noted(by, signal)
        Signal.objects.filter(id=signal.id).update(state=State.CLOSED, outcome=Outcome.NOT_TAKEN_UP)
    entered(client, "meldpunt")
    unlock = reverse("route:unlock", args=[signal.id])
    assert client.get(reverse("route:file", args=[signal.id])).url == unlock  # type: ignore[attr-defined]
    for name in ("timeline", "observe", "weighings", "access"):
        assert client.get(reverse(f"route:{name}", args=[signal.id])).status_code == 403, name
    assert client.post(unlock, {"reason": " "}).status_code == 200
    assert client.post(unlock, {"reason": "zelfde adres"}).status_code == 302
    assert "matrassen" in page(client, "file", signal.id)


def test_earlier_signals_are_a_number_a_year_and_an_outcome(client: Client) -> None:
    with unit(now()) as by:
        before, signal, other = opened(by), opened(by), opened(by)
        for one in (before, signal):
            place(by, one)
        noted(by, before, text="Geheim van vroeger")
    shown = page(entered(client, "meldpunt"), "earlier", signal.id)
    assert before.reference in shown
    assert "Geheim van vroeger" not in shown
    assert other.reference not in shown
    assert "1 eerder signaal" in page(client, "file", signal.id)
    address = reverse("route:earlier-open", args=[signal.id, before.id])
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "samen wegen"}).url == reverse("route:file", args=[before.id])  # type: ignore[attr-defined]
    assert client.get(reverse("route:earlier-open", args=[signal.id, other.id])).status_code == 404
    with unit(now()):
        assert TimelineEntry.objects.get(signal=before, kind="access.reopen").told == {"reason": "samen wegen"}


def test_a_download_never_opens_in_the_page(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        made = attaching.attach(by=by, signal=signal, name="o'p\";x.html", body=b"hallo <script>alert(1)</script>")
    address = reverse("route:attachment", args=[signal.id, made.id])
    response = entered(client, "meldpunt").get(address)
    assert response.content == b"hallo <script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    with unit(now()) as by:
        other = opened(by)
    assert client.get(reverse("route:attachment", args=[other.id, made.id])).status_code == 404
    assert entered(client, "bloemendaal").get(address).status_code == 404


def test_every_form_of_the_file_works_without_script(client: Client) -> None:
    with unit(now()) as by:
        signal, other = opened(by), opened(by)
    entered(client, "meldpunt")

    def post(name: str, /, *args: UUID, query: str = "", **told: Any) -> None:
        response = client.post(reverse(f"route:{name}", args=[signal.id, *args]) + query, told)
        assert response.status_code == 302, response.context and response.context["form"].errors

    seen = {"truth": "fact", "text": "Vier matrassen", "confidence": "sure", "category": "place", "capacity": "chance"}
    post("known", antwoord="nee")
    post("observe", **seen)
    with unit(now()):
        old = Observation.objects.get()
    post("observation-correct", old.id, why="geteld", **seen | {"text": "Drie matrassen"})
    post("subject", query="?soort=person", role="possible_victim", name=CANARY, minor="on")
    post("subject", query="?soort=address", street="Voorbeeldstraat", house_number="1")
    with unit(now()):
        who = Subject.objects.get(kind=SubjectKind.PERSON)
    post("subject-change", who.id, role="witness", born="1998")
    with unit(now()):
        changed = Subject.objects.get(kind=SubjectKind.PERSON, valid_until__isnull=True)
        assert changed.told == {"name": CANARY, "born": "1998"}
        assert changed.role == SubjectRole.WITNESS
    post("parts", what="means:deception")
    post("link", reference=other.reference, reason="zelfde busje")
    with unit(now()):
        linked = Link.objects.get()
    post("unlink", linked.id)
    post("access-give", person=user("bwt").id, reason="controle", until=(datetime.now(UTC).date()).isoformat())
    with unit(now()):
        version = Signal.objects.get(id=signal.id).version
    post("handler", person=user("waarnemer").id, reason="verlof", version=version)
    entered(client, "waarnemer")
    post("handler-take", version=version + 1)
    shown = page(client, "file", signal.id)
    assert "Drie matrassen" in shown
    assert CANARY not in shown
    assert "Niemand kreeg de oude waarneming" in page(client, "recall", signal.id, old.id)


def test_who_knows_somebody_is_sent_to_hand_over(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
    entered(client, "meldpunt")
    assert "Kent u iemand hierin?" in page(client, "file", signal.id)
    answer = client.post(reverse("route:known", args=[signal.id]), {"antwoord": "ja"})
    assert answer.url == reverse("route:handler", args=[signal.id])  # type: ignore[attr-defined]
    shown = page(client, "file", signal.id)
    assert "Kent u iemand hierin?" not in shown
    assert "Waarneming toevoegen" not in shown
    assert client.get(reverse("route:observe", args=[signal.id])).status_code == 403


def test_a_protected_reporter_over_http(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        row = reporter(by, signal, protected=True, name=CANARY)
    address = reverse("route:reporter", args=[signal.id, row.id])
    assert CANARY not in entered(client, "meldpunt").get(address).content.decode()
    assert client.post(address, {"reason": "terugbellen"}).status_code == 302
    with unit(now("waarnemer")) as by:
        waiting = listing.reveals_waiting(by)
        assert [reveal.reason for reveal in waiting] == ["terugbellen"]
    agree = reverse("route:reveal-agree", args=[signal.id, waiting[0].id])
    assert client.post(agree).status_code == 403
    assert CANARY not in client.get(address).content.decode()
    assert entered(client, "waarnemer").post(agree).status_code == 302
    assert CANARY not in client.get(address).content.decode()
    assert CANARY in entered(client, "meldpunt").get(address).content.decode()


def test_a_message_of_mma_is_for_the_meldpunt_only(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        made = noted(by, signal)
        made.id, made.category, made.text = uuid4(), Category.MMA, "Startinformatie"
        made.save(force_insert=True)
        access.give(by=by, signal=signal, user_id=user("handhaver").id, until=by.today, why="controle")
    assert "Startinformatie" in page(entered(client, "meldpunt"), "file", signal.id)
    assert "Startinformatie" not in page(entered(client, "handhaver"), "file", signal.id)


def test_the_timeline_tells_everything_and_who_looked(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        full(by, signal)
        subjects.open_card(by=by, subject=signal.subjects.filter(kind="person")[0], reason="toets 1")
    entered(client, "waarnemer")
    for _ in range(3):
        page(client, "file", signal.id)
    shown = page(client, "timeline", signal.id)
    for text in ("Naam bekeken van persoon A", "toets 1", "Waarneming verbeterd", "Dossier bekeken", "3 keer", "Noor"):
        assert text in shown, text
    only = page(client, "timeline", signal.id, soort="access")
    assert "Dossier bekeken" in only
    assert "Waarneming verbeterd" not in only
    with unit(now()) as by:
        headings = {line.heading for line in history.history(signal, by)}
        assert headings == {Heading.ROUTE, Heading.FACTS, Heading.ACCESS}
        moments = [line.at for line in history.history(signal, by)]
        assert moments == sorted(moments, reverse=True)


def kinds_told() -> Iterator[tuple[str, str]]:
    """Every act code that a call of `tell` names, with its file."""
    for path in sorted(ROUTE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell":
                for keyword in node.keywords:
                    if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant):
                        yield str(keyword.value.value), path.name


def test_every_act_has_a_sentence() -> None:
    told = dict(kinds_told())
    assert len(told) > 30
    assert {kind: where for kind, where in told.items() if sentence_of(kind) is None} == {}
    assert [d for d in Decision if sentence_of(f"signal.{d.value}") is None] == []


def test_no_column_of_any_table_holds_what_was_told() -> None:
    with unit(now()) as by:
        signal = opened(by)
        who = person(by, signal, told={"name": CANARY, "mail": "kanariegeel@oefen.example", "note": CANARY})
        old = noted(by, signal, text=CANARY, source=CANARY)
        facts.correct(by=by, observation=old, statement=statement(text=CANARY), why=CANARY)
        attaching.attach(by=by, signal=signal, name=f"{CANARY}.txt", body=CANARY.encode())
        row = reporter(by, signal, name=CANARY, mail=CANARY, phone=CANARY, protected=True)
        revealing.ask_reveal(by=by, reporter=row, reason=CANARY)
        subjects.open_card(by=by, subject=who, reason=CANARY)
        linking.link(by=by, signal=signal, reference=opened(by).reference, reason=CANARY)
        access.give(by=by, signal=signal, user_id=user("bwt").id, until=by.today, why=CANARY)
    with unit(now("handhaver")) as by:
        access.ask_access(by=by, reference=signal.reference, reason=CANARY)
        access.break_glass(by=by, reference=signal.reference, reason=CANARY)
    with unit(now()), connection.cursor() as cursor:
        for table in sorted(TENANT | ITEM):
            written = ["kanariegeel", *(text.encode().hex() for text in (CANARY.split()[0], "kanariegeel"))]
            sql = f"SELECT count(*) FROM {table} t WHERE lower(t::text) LIKE ANY(%s)"
            cursor.execute(sql, [[f"%{text}%" for text in written]])
            assert cursor.fetchone() == (0,), table
        assert Observation.objects.filter(signal=signal)[0].text == CANARY


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE route_subject a SET told = b.told FROM route_subject b WHERE a.id <> b.id",
        "UPDATE route_reporter SET name = mail",
        "UPDATE route_subject a SET told = a.told || '\\x00'::bytea",
    ],
    ids=["other row", "other column", "changed"],
)
def test_moved_or_changed_ciphertext_is_refused(sql: str) -> None:
    with unit(now()) as by:
        signal = opened(by)
        person(by, signal)
        person(by, signal, told={"name": "Ander Oefennaam"})
        reporter(by, signal)
    with unit(now()), connection.cursor() as cursor:
        cursor.execute(sql)
    with unit(now()), pytest.raises(WrongKey):
        _ = [row.told for row in Subject.objects.all()], [row.name for row in Reporter.objects.all()]


def test_ciphertext_of_another_municipality_is_refused() -> None:
    with unit(now()) as by:
        row = person(by, opened(by))
    with unit(now()):
        again = Subject.objects.get(id=row.id)
        again.municipality_id = uuid4()
        with pytest.raises(WrongKey):
            assert again.told


def test_counts_for_the_start_page_take_one_statement_each() -> None:
    many(3)
    with unit(now("handhaver")) as by:
        access.ask_access(by=by, reference="HS-2026-0001", reason="nodig")
    later = timedelta(days=30)
    with unit(now()) as by:
        by = by.moved(by.at + later)
        for count in (listing.per_state, listing.per_step, listing.overdue, listing.due_soonest):
            with CaptureQueriesContext(connection) as caught:
                count(by)
            assert len(caught) == 1, count
        assert {step: (n, late) for step, n, late in listing.per_step(by)}[2] == (3, 3)
        assert listing.overdue(by) == 3
        assert [row.reason for row in listing.requests_waiting(by)] == ["nodig"]
    with unit(now("handhaver")) as by:
        assert [row.reference for row in listing.requests_of_mine(by)] == ["HS-2026-0001"]
        assert listing.requests_waiting(by) == []
        assert listing.per_step(by) == [(step, 0, 0) for step in range(1, 7)]
        assert listing.alerts(by) == []


def test_a_refusal_leaves_nothing_half_done(client: Client) -> None:
    with unit(now()) as by:
        signal = opened(by)
        person(by, signal, told={"mail": "handhaver@oefen.example"})
    told = {"reference": signal.reference, "reason": "nodig"}
    response = entered(client, "handhaver").post(reverse("route:break-glass"), told)
    assert "komt zelf in het signaal voor" in response.content.decode()
    assert client.get(reverse("route:file", args=[signal.id])).status_code == 404
    with unit(now()) as by:
        assert access.readers(signal) == []
        with pytest.raises(Refused):
            access.give(by=by, signal=signal, user_id=user("handhaver").id, until=by.today, why="toch")
