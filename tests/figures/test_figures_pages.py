"""The pages of figures as the people who use them, and as those who may not; and the walls under them."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from figures import numbers_here as numbers
from meldroute.domain.verdict import Refused
from meldroute.figures.actions import runs, tables
from meldroute.figures.files import KINDS
from meldroute.figures.keeping import kept, opened
from meldroute.figures.models import Figure, Overlap, Run, RunState
from meldroute.figures.sheet import TEMPLATE
from meldroute.journal.models import Entry
from meldroute.people.unit import NotHere, unit
from people_here import acting, here, user

ABOUT = {"title": "Regio 2025", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}
OTHERS = ["meldpunt", "fg", "privacy", "proceseigenaar", "beheer", "melder", "handhaver", "politie", "bloemendaal"]


def entered(client: Client, name: str = "analist") -> Client:
    client.force_login(user(name))
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"figures:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_table_comes_in_as_file_and_ends_as_an_estimation_that_waits(client: Client) -> None:
    entered(client)
    file = SimpleUploadedFile("overlap.csv", ("\ufeff" + numbers.GOOD.replace(",", ";")).encode())
    answer = client.post(reverse("figures:upload"), ABOUT | {"file": file})
    with unit(acting("analist")):
        row = Overlap.objects.get()
    assert answer.headers["Location"] == reverse("figures:definitions", args=[row.id])
    assert row.lists == ["Politie", "Opvang", "Zorg"]
    assert sum(row.cells.values()) == 662
    page = text(client, "overlap", row.id)
    assert "Vul eerst de definities in" in page
    assert "662" in page

    refused = client.post(reverse("figures:ask", args=[row.id]), {"methods": "all", "replicates": 100, "seed": 1})
    assert "Vul eerst de definities in" in refused.content.decode()
    told = {"common": numbers.COMMON}
    told |= {f"text{i}": f"lijst {i}" for i in range(3)} | {f"fits{i}": "on" for i in range(3)}
    assert client.post(reverse("figures:definitions", args=[row.id]), told).status_code == 302
    answer = client.post(reverse("figures:ask", args=[row.id]), {"methods": "all", "replicates": 100, "seed": 1})
    with unit(acting("analist")):
        run = Run.objects.get()
        acts = [entry.act for entry in Entry.objects.filter(actor=user("analist").id).order_by("id")]
    assert answer.headers["Location"] == reverse("figures:run", args=[run.id])
    assert (run.state, run.common) == (RunState.QUEUED, numbers.COMMON)
    assert {"figures.keep", "figures.define", "figures.ask", "refused.figures.definitions"} <= set(acts)
    waiting = text(client, "run", run.id)
    assert "De schatting wacht op haar beurt" in waiting
    assert "Nu verversen" in waiting


@pytest.mark.django_db
def test_errors_stand_in_their_cells_and_nothing_is_lost(client: Client) -> None:
    wrong = "Politie,Opvang,Politie,aantal\n1,0,x,5\n0,1,0,-3\n1,1,0,2,5\n1,0,x,7\n0,0,0,4\n"
    answer = entered(client).post(reverse("figures:upload"), ABOUT | {"text": wrong})
    page = answer.content.decode()
    for words in (
        "Deze naam staat er al",
        "Vul 0 of 1 in.",
        "niet negatief",
        "Hier staan 5 waarden; het moeten er 4 zijn.",
        "Deze combinatie staat ook op regel 2.",
        "Wie op geen lijst staat, is niet gezien.",
        "7 dingen in de tabel kloppen nog niet",
        "1,1,0,2,5",
        "Regio 2025",
        "2025-12-31",
    ):
        assert words in page, words
    with unit(acting("analist")):
        assert not Overlap.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\x00\x01\x02", "geen tekstbestand"),
        (b"%PDF-1.7 \x80", "De laatste kolom moet"),
        (b"", "Het verstuurde bestand is leeg."),
        (b"a,b,count\n" + b"1,0,1\n" * 400_000, "groter dan 2 MB"),
        ("Politie;Zorg;aantal\n1;0;ë".encode("cp1252"), "Vul een heel getal in"),
    ],
)
def test_a_file_that_is_no_table_is_refused_on_screen(client: Client, body: bytes, words: str) -> None:
    file = SimpleUploadedFile("overlap.csv", body)
    answer = entered(client).post(reverse("figures:upload"), ABOUT | {"file": file})
    assert answer.status_code == 200
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_period_is_required_and_runs_forward(client: Client) -> None:
    told = {"title": "x", "starts_on": "2025-12-31", "ends_on": "2025-01-01", "text": numbers.GOOD}
    page = entered(client).post(reverse("figures:upload"), told).content.decode()
    assert "eindigt voor zij begint" in page
    assert "1,1,1,9" in page
    assert client.post(reverse("figures:upload"), {"title": "x", "text": numbers.GOOD}).status_code == 200
    with unit(acting("analist")):
        assert not Overlap.objects.exists()


@pytest.mark.django_db
def test_the_template_can_be_filled_in_and_sent_back(client: Client) -> None:
    body = entered(client).get(reverse("figures:template")).content.decode()
    assert body == TEMPLATE
    filled = body.replace(",0\r\n", ",12\r\n")
    assert client.post(reverse("figures:upload"), ABOUT | {"text": filled}).status_code == 302


@pytest.mark.django_db
def test_a_table_is_typed_in_a_grid_and_copied_with_a_change(client: Client) -> None:
    entered(client)
    assert "Lijst 1" in text(client, "grid")
    query = "?list0=Politie&list1=Zorg"
    assert "Politie + Zorg" in text(client, "grid", query=query)
    bad = client.post(reverse("figures:grid") + query, ABOUT | {"n1": "40", "n2": "-1", "n3": "12"})
    assert 'value="40"' in bad.content.decode()
    client.post(reverse("figures:grid") + query, ABOUT | {"n1": "40", "n2": "", "n3": "12"})
    with unit(acting("analist")):
        row = Overlap.objects.get()
        assert tables.table_of(row).counts == (0, 40, 0, 12)
    page = text(client, "overlap", row.id)
    assert f"kopie={row.id}" in page
    copied = text(client, "grid", query=f"{query}&kopie={row.id}")
    assert 'value="40"' in copied
    assert 'value="Regio 2025"' in copied
    same = "?list0=Zorg&list1=Zorg"
    assert "twee keer" in text(client, "grid", query=same)


@pytest.mark.django_db
def test_a_finished_estimation_says_all_that_belongs_beside_the_figure(client: Client) -> None:
    run = numbers.finished(numbers.estimable())
    page = text(entered(client), "run", run.id)
    for words in (
        "vermoedelijke slachtoffers",
        "Niet gezien",
        "Grenzen",
        numbers.COMMON,
        "wie Politie kent",
        "Startgetal",
        "Versie van de methode",
        "Olaf Bos",
        "1 januari 2025 tot en met 31 december 2025",
        "<svg",
        "Verborgen lijst",
        "Afgerond op twee cijfers",
    ):
        assert words in page, words
    with unit(acting("analist")):
        seen = Entry.objects.filter(act="look", on="figures.Run", ids__contains=[run.id])
        assert seen.count() == 1


@pytest.mark.django_db
def test_an_answer_comes_out_of_the_database_as_it_went_in() -> None:
    table = numbers.estimable()
    run = numbers.finished(table)
    with unit(acting("analist")):
        row = Run.objects.get(id=run.id)
        answer = opened(row.answer)
        assert kept(answer) == row.answer
        assert list(answer.shown.sizes.items()) == list(table.sizes.items())
        assert answer.found.table == table
        again = opened(row.outside)
        assert kept(again) == row.outside
        assert again.digest == ""


@pytest.mark.django_db
def test_a_refusal_gives_its_numbers_and_the_count_without_doubles(client: Client) -> None:
    run = numbers.finished(numbers.sparse())
    page = text(entered(client), "run", run.id)
    assert "Geen schatting" in page
    assert "Maar 3 mensen staan op meer dan één lijst" in page
    assert "29 <span" in page
    outside = text(client, "run", run.id, query="?voor=openbaar")
    assert "Maar 3 mensen" not in outside
    assert "Te weinig mensen staan op meer dan één lijst." in outside


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["partners", "openbaar"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_small_leaves_for_outside(client: Client, kind: str, audience: str) -> None:
    run = numbers.finished(numbers.sparse())
    address = reverse("figures:file", args=[run.id, kind])
    inside, outside = (entered(client).get(f"{address}?voor={who}") for who in ("intern", audience))
    assert inside.status_code == outside.status_code == 200
    assert "attachment" in outside.headers["Content-Disposition"]
    if kind == "json":
        whole, part = json.loads(inside.content), json.loads(outside.content)
        assert {row["count"] for row in whole["table"]["overlap"]} == {14, 9, 3, 2, 1}
        assert all(row["count"] >= 5 for row in part["table"]["overlap"])
        assert part["table"]["content_sha256"] is None
        assert part["table"]["sizes"]["Zorg"] is None
        assert part["checks"] == {"hidden": [], "left_out": [], "merged": []}
    if kind == "csv":
        assert [line[-2:] for line in outside.content.decode().split()[1:] if line[-2:] in (",3", ",2", ",1")] == []
    if kind == "html":
        assert "Maar 3 mensen" in inside.content.decode()
        assert "Maar 3 mensen" not in outside.content.decode()
        assert "zijn verborgen" in outside.content.decode()
    if kind == "pdf":
        assert outside.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_the_board_sees_what_was_shared_and_no_more(client: Client) -> None:
    run = numbers.finished(numbers.sparse())
    entered(client, "burgemeester")
    assert "Er is nog niets gedeeld" in text(client, "list")
    entered(client).post(reverse("figures:share", args=[run.id]))
    with unit(acting("analist")):
        figure = Figure.objects.get()
    entered(client, "burgemeester")
    assert "Regio 2025" in text(client, "list")
    page = text(client, "figure", figure.id)
    assert "Geen schatting" in page
    assert "Maar 3 mensen" not in page
    for kind in KINDS:
        assert client.get(reverse("figures:figure-file", args=[figure.id, kind])).status_code == 200
    assert client.get(reverse("figures:run", args=[run.id])).status_code == 403
    with unit(acting("burgemeester")):
        assert (Figure.objects.count(), Run.objects.count(), Overlap.objects.count()) == (1, 0, 0)
        assert Figure.objects.all().delete()[0] == 0
    entered(client).post(reverse("figures:withdraw", args=[run.id]))
    entered(client, "burgemeester")
    assert client.get(reverse("figures:figure", args=[figure.id])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", OTHERS)
def test_others_find_no_figures_on_any_page_and_none_in_the_database(client: Client, who: str) -> None:
    run = numbers.finished(numbers.sparse(), 0)
    with unit(acting("analist")) as by:
        runs.share(by=by, run=Run.objects.get(id=run.id))
    entered(client, who)
    for name, args in (("list", []), ("upload", []), ("run", [run.id]), ("overlap", [run.overlap_id]), ("compare", [])):
        answer = client.get(reverse(f"figures:{name}", args=args))
        assert answer.status_code == 403
        assert "Regio 2025" not in answer.content.decode()
    assert "Cijfers" not in client.get("/").content.decode()
    with unit(acting(who, code="BD" if who == "bloemendaal" else "HS")) as by:
        assert (Overlap.objects.count(), Run.objects.count(), Figure.objects.count()) == (0, 0, 0)
        with pytest.raises(Refused):
            numbers.brought(by, numbers.sparse())
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Overlap(**plain(by.place)).save(force_insert=True)


def plain(place: object) -> dict:
    """A row as the wall sees it."""
    return {
        "municipality_id": place, "title": "x", "starts_on": "2025-01-01", "ends_on": "2025-01-02", "lists": [],
        "cells": {}, "sha256": "", "file_sha256": "", "made_by": uuid4(), "made_at": numbers.now(),
    }  # fmt: skip


@pytest.mark.django_db
def test_another_municipality_and_a_role_that_ended_see_nothing() -> None:
    numbers.finished(numbers.sparse())
    with unit(acting("analist")), connection.cursor() as cursor:
        cursor.execute("SELECT mr_holds(ARRAY['analyst']), mr_holds(ARRAY['board'])")
        assert cursor.fetchone() == (True, False)
    user("analist").memberships.update(ends="2020-01-01")
    with pytest.raises(NotHere), unit(acting("analist")):
        pass
    user("bloemendaal").memberships.update(role="analyst")
    with unit(acting("bloemendaal", code="BD")):
        assert Overlap.objects.count() == 0
    assert here("BD")


@pytest.mark.django_db
def test_delete_can_be_undone_and_for_good_is_for_good(client: Client) -> None:
    run = numbers.finished(numbers.sparse())
    entered(client)
    client.post(reverse("figures:share", args=[run.id]))
    client.post(reverse("figures:remove-run", args=[run.id]))
    with unit(acting("analist")):
        assert not Figure.objects.exists()
    assert "Terugzetten" in text(client, "overlap", run.overlap_id)
    client.post(reverse("figures:bring-back-run", args=[run.id]))
    client.post(reverse("figures:destroy-overlap", args=[run.overlap_id]))
    with unit(acting("analist")):
        assert Run.objects.get().removed_at is None
    client.post(reverse("figures:remove-overlap", args=[run.overlap_id]))
    assert "voorgoed verwijderen" in text(client, "list")
    client.post(reverse("figures:bring-back-overlap", args=[run.overlap_id]))
    assert "voorgoed verwijderen" not in text(client, "list")
    client.post(reverse("figures:remove-overlap", args=[run.overlap_id]))
    assert "niet terug te draaien" in text(client, "destroy-overlap", run.overlap_id)
    client.post(reverse("figures:destroy-overlap", args=[run.overlap_id]))
    with unit(acting("analist")):
        assert (Overlap.objects.count(), Run.objects.count()) == (0, 0)
        assert Entry.objects.filter(act="figures.destroy", ids__contains=[run.overlap_id, run.id]).count() == 1


@pytest.mark.django_db
def test_saved_estimations_stand_beside_each_other(client: Client) -> None:
    one, two = numbers.finished(numbers.estimable(), 20), numbers.finished(numbers.sparse())
    entered(client)
    address = reverse("figures:compare")
    page = client.get(f"{address}?run={one.id}&run={two.id}").content.decode()
    assert page.count("niet gezien:") == 3
    assert "Maar 3 mensen" in page
    assert "tellen niet hetzelfde" not in page
    with unit(acting("analist")):
        Run.objects.filter(id=two.id).update(common="Iets anders")
    assert "tellen niet hetzelfde" in client.get(f"{address}?run={one.id}&run={two.id}").content.decode()
    assert "Kies twee tot vier" in client.get(f"{address}?run={one.id}").content.decode()
    assert client.get(f"{address}?run={'x' * 36}").status_code == 404


@pytest.mark.django_db
def test_too_many_waiting_and_a_removed_table_are_refused() -> None:
    with unit(acting("analist")) as by:
        row = numbers.brought(by, numbers.sparse())
        for _ in range(runs.MOST_WAITING):
            runs.ask(by=by, row=row, asked=runs.Asked())
        with pytest.raises(Refused, match="tien schattingen"):
            runs.ask(by=by, row=row, asked=runs.Asked())
        tables.remove(by=by, row=row)
        assert set(Run.objects.values_list("state", flat=True)) == {RunState.CANCELLED}
        with pytest.raises(Refused, match="verwijderd"):
            runs.ask(by=by, row=Overlap.objects.get(), asked=runs.Asked())
        with pytest.raises(Refused, match="klaar"):
            runs.share(by=by, run=Run.objects.all()[0])
