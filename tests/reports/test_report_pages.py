"""The pages of reports as the people who use them, and the files that go out."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.reporting.kinds import Kind
from meldroute.people.unit import unit
from meldroute.plan import files as plan_files
from meldroute.reports.actions import making
from meldroute.reports.document import document
from meldroute.reports.files import file_of
from meldroute.reports.models import Report, ReportState
from people_here import acting, here, user
from plan.plans_here import followed
from reports.reports_here import DECISION, adopted, made, signals

pytestmark = pytest.mark.django_db
OUTSIDE = ["fg", "privacy", "beheer", "melder", "handhaver", "politie", "analist"]
ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def now() -> datetime:
    """A moment just past, because pages act at the moment itself."""
    return datetime.now(UTC) - timedelta(hours=2)


def entered(client: Client, name: str = "meldpunt") -> Client:
    """The browser of one of the standing people, just logged in."""
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here().id)
    session["proven"] = datetime.now(UTC).isoformat()
    session.save()
    return client


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"reports:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_lists_say_what_will_come(client: Client) -> None:
    assert "Hier komt een rapport zodra u het maakt" in text(entered(client), "list")
    assert "Nog niets vastgesteld" in text(entered(client, "burgemeester"), "list")


def test_a_report_is_made_written_adopted_and_read(client: Client) -> None:
    """By the meldpunt, and then by the mayor, who saw nothing of it before."""
    signals(12, now() - timedelta(days=3))
    entered(client)
    year = str(now().year)
    answer = client.post(reverse("reports:make"), {"kind": "year", "year": year, "half": "1"})
    with unit(acting(at=now())):
        row = Report.objects.get()
    page = reverse("reports:report", args=[row.id])
    assert answer.headers["Location"] == page
    assert f"Jaarrapport voor de raad, {year}" in client.get(page).content.decode()

    write = reverse("reports:write", args=[row.id])
    wrong = client.post(write, {"edition": 1, "summary": "Er waren 3 slachtoffers."}).content.decode()
    assert "noemt een aantal" in wrong
    assert "Er waren 3 slachtoffers." in wrong, "what was typed stays"
    assert client.post(write, {"edition": 1, "summary": "Een rustig jaar.\n\nMeer volgt."}).status_code == 302
    assert "net gewijzigd" in client.post(write, {"edition": 1, "summary": "Te laat."}).content.decode()

    mayor = entered(Client(), "burgemeester")
    assert mayor.get(page).status_code == 404
    adopt = reverse("reports:adopt", args=[row.id])
    client.post(adopt, {"edition": 2, "decision": DECISION})
    assert "Meer volgt." in mayor.get(page).content.decode()
    assert DECISION in mayor.get(page).content.decode()
    for name in ("write", "adopt"):
        assert mayor.get(reverse(f"reports:{name}", args=[row.id])).status_code == 403

    client.post(reverse("reports:new-version", args=[row.id]))
    with unit(acting(at=now())):
        second = Report.objects.get(version=2)
    assert "Geen verschil" in text(client, "compare", second.id)
    client.post(reverse("reports:write", args=[second.id]), {"edition": 1, "summary": "Een druk jaar."})
    changed = text(client, "compare", second.id)
    assert "Een rustig jaar." in changed
    assert "Een druk jaar." in changed
    assert "Er is geen vorige versie" in text(client, "compare", row.id)
    client.post(reverse("reports:remove", args=[second.id]))
    assert "Weggelegd" in text(client, "list")
    client.post(reverse("reports:bring-back", args=[second.id]))
    assert "Weggelegd" not in text(client, "list")


@pytest.mark.parametrize("name", OUTSIDE)
def test_others_get_no_report(client: Client, name: str) -> None:
    row = adopted(at=now())
    entered(client, name)
    for page, args in (("list", ()), ("make", ()), ("report", (row.id,)), ("compare", (row.id,))):
        assert client.get(reverse(f"reports:{page}", args=args)).status_code == 403


def test_taking_a_report_along_asks_who_sits_there(client: Client) -> None:
    row = adopted(at=now())
    entered(client, "burgemeester")
    address = reverse("reports:file", args=[row.id, "pdf"])
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    session = client.session
    del session["proven"]
    session.save()
    assert client.get(address).headers["Content-Type"].startswith("text/html")
    assert entered(client, "burgemeester").get(reverse("reports:file", args=[row.id, "toml"])).status_code == 404


def every_kind() -> list[Report]:
    """One report of each kind."""
    followed()
    signals(12, now() - timedelta(days=3))
    with unit(acting(at=now())) as by:
        return [making.make(by=by, wanted=making.wanted_of(by, kind, by.today)) for kind in Kind]


def test_every_kind_as_pdf_says_all_and_is_tagged() -> None:
    for row in every_kind():
        with unit(acting(at=now())):
            told, body = document(row), file_of(row, "pdf")
        with pikepdf.open(io.BytesIO(body)) as pdf:
            assert str(pdf.Root.Lang) == "nl"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.docinfo["/Title"]) == row.title
            kinds = structure(pdf)
            assert "pdfuaid:part" in bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert kinds.count("H1") + kinds.count("H") >= 1 + len(told.parts)
        assert kinds.count("Table") == sum(len(part.grids) for part in told.parts)
        assert kinds.count("TH") >= sum(len(grid.head) for part in told.parts for grid in part.grids)


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of every tag, each heading as H1."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:  # type: ignore[attr-defined]
                walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kind = str(node.S)[1:]
            found.append("H1" if kind.startswith("H") and kind[1:].isdecimal() else kind)
            walk(node.get("/K"))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def named(space: str, name: str) -> str:
    """A name of ODF as ElementTree writes it."""
    return f"{{{ODF[space]}}}{name}"


def cells_of(rows: list[ElementTree.Element]) -> list[list[str]]:
    """The words of each cell of each row."""
    return [["".join(cell.itertext()) for cell in row.findall("table:table-cell", ODF)] for row in rows]


def test_every_kind_as_odt_has_headings_tables_and_language() -> None:
    for row in every_kind():
        with unit(acting(at=now())):
            told, body = document(row), file_of(row, "odt")
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            assert file.read("mimetype").decode() == "application/vnd.oasis.opendocument.text"
            trees = {name: ElementTree.fromstring(file.read(f"{name}.xml")) for name in ("content", "styles", "meta")}
        content = trees["content"]
        headings = content.findall(".//text:h", ODF)
        levels = {"".join(one.itertext()): one.get(named("text", "outline-level")) for one in headings}
        assert levels[row.title] == "1"
        assert [name for name, level in levels.items() if level == "2"] == [part.heading for part in told.parts]
        grids = [grid for part in told.parts for grid in part.grids]
        tables = content.findall(".//table:table", ODF)
        for table, grid in zip(tables, grids, strict=True):
            assert cells_of(table.findall("table:table-header-rows/table:table-row", ODF)) == [list(grid.head)]
            assert cells_of(table.findall("table:table-row", ODF)) == [list(cells) for cells in grid.rows]
        whole = "".join(content.itertext())
        assert all(line in whole for part in told.parts for line in (*part.paragraphs, *part.notes))
        said = {style.get(named("fo", "language")) for style in trees["styles"].iter()}
        assert said == {"nl", None}
        assert trees["meta"].findtext(".//dc:language", namespaces=ODF) == "nl-NL"


def test_the_plan_file_of_the_draft_is_read_again() -> None:
    row = every_kind()[-1]
    assert row.kind == Kind.NEXT_PLAN
    assert plan_files.read(file_of(row, "toml").decode())["plan"]["id"] == "heemstede-2027-2029"


def test_practice_is_said_on_every_report() -> None:
    row = made(at=now())
    with unit(acting(at=now())):
        told = document(row)
    assert row.practice
    assert "Oefenomgeving: alle gegevens zijn verzonnen." in told.lines
    assert "Oefening" in told.footer
    assert row.state == ReportState.DRAFT
