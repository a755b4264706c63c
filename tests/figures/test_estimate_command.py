"""`meldroute estimate`: JSON, text, reports, and one clear line for whatever cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from meldroute.domain.estimation import Estimate
from meldroute.figures.estimate import main
from meldroute.figures.estimate_words import unseen
from meldroute.figures.keeping import _rounded

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/domain/estimation/data"
ESTIMATE_KEYS = {
    "method",
    "model",
    "n",
    "lo",
    "hi",
    "level",
    "lo80",
    "hi80",
    "bic",
    "headline",
    "replicates",
    "dropped",
    "cpu_seconds",
}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_holds_what_was_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, str(DATA / "UKdat_5.csv"), "--json", "--method", "stepwise", "--replicates", "400")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert {"table", "refused", "estimates", "warnings", "existence", "seed", "version"} <= set(found)
    assert found["table"]["lists"] == ["LA", "NG", "PFNCA", "GO", "GP"]
    assert found["table"]["seen"] == 2744
    assert len(found["table"]["sha256"]) == 64
    assert found["refused"] is None
    (estimate,) = found["estimates"]
    assert set(estimate) >= ESTIMATE_KEYS
    assert estimate["n"] == pytest.approx(11312.9903, rel=1e-6)
    assert estimate["headline"] == "range"
    assert estimate["lo"] < estimate["lo80"] < estimate["n"] < estimate["hi80"] < estimate["hi"]
    assert all(w["nl"] and w["en"] for w in found["warnings"])


def test_without_replicates_the_limits_are_walds_and_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, str(DATA / "UKdat_5.csv"), "--json", "--method", "stepwise", "--replicates", "0")
    (estimate,) = json.loads(out)["estimates"]
    assert (estimate["lo"], estimate["hi"]) == pytest.approx((9884.40, 13027.40), abs=0.006)
    assert estimate["limits"] == "wald"
    assert estimate["headline"] == "point"


def test_all_methods(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, str(DATA / "Korea.csv"), "--json", "--method", "all", "--replicates", "50")
    assert [e["method"] for e in json.loads(out)["estimates"]] == ["stepwise", "bic", "bma"]


def test_a_refusal_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(DATA / "Artificial_3.csv"), "--json")
    found = json.loads(out)
    assert code == 0
    assert found["estimates"] == []
    assert {"list_without_overlap", "seen_twice"} == {r["code"] for r in found["refused"]["reasons"]}
    assert found["existence"]["pairs"] == {"A:B": 1, "A:C": 0, "B:C": 0}
    assert found["table"]["overlap"]


def test_text_says_presumed_victims_and_keeps_unseen_apart(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, str(DATA / "Korea.csv"), "--replicates", "50")
    assert "vermoedelijke slachtoffers" in out
    assert "niet gezien" in out
    assert "Startgetal: 1" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("A,B,count\n1,0,-4\n", "negatief"),
        ("A,B,count\n1,0,4.5\n", "geen heel getal"),
        ("A,B,count\n1,0,4\n1,0,5\n", "twee keer"),
        ("A,B,count,jaar\n1,0,4,2015\n", "onbekende kolom"),
        ("count\n4\n", "geen lijsten"),
        ("", "leeg"),
        ("\x00\xff", "tekst"),
    ],
)
def test_a_bad_table_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes(content.encode("latin-1"))
    code, out, err = run(capsys, str(path), "--json")
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nergens.csv"],
        ["x.csv", "--method", "gok"],
        ["x.csv", "--replicates", "-1"],
        ["x.csv", "--seed", "a"],
        ["x.csv", "--replicates", "99999999"],
    ],
)
def test_a_bad_command_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_html_report_needs_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text((DATA / "Korea.csv").read_text().replace("b,c,d", "<b>,c&c,d"))
    report = tmp_path / "verslag.html"
    assert run(capsys, str(table), "--replicates", "50", "--report", str(report))[0] == 0
    content = report.read_text()
    page = _Page()
    page.feed(content)
    names = [tag for tag, _ in page.tags]
    assert "b" not in names
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not [a for _, a in page.tags if {"src", "href"} & set(a)]
    assert ("html", {"lang": "nl"}) in page.tags
    assert "c&amp;c" in content
    pictures = content.split("<svg")[1:]
    assert len(pictures) == 2
    for picture in pictures:
        root = ElementTree.fromstring("<svg" + picture.split("</svg>")[0] + "</svg>")
        kinds = [child.tag.split("}")[1] for child in root]
        assert kinds[:2] == ["title", "desc"]
        assert all(child.text for child in root[:2])
    assert "Niet openbaar" not in content


def test_the_pdf_report_is_a_tagged_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "verslag.pdf"
    words = (str(DATA / "UKdat_5.csv"), "--method", "stepwise", "--replicates", "50", "--report", str(report))
    assert run(capsys, *words)[0] == 0
    content = report.read_bytes()
    assert content.startswith(b"%PDF-")
    refused = tmp_path / "geen.pdf"
    assert run(capsys, str(DATA / "Artificial_3.csv"), "--report", str(refused))[0] == 0
    assert refused.read_bytes().startswith(b"%PDF-")


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (str(DATA / "Korea.csv"), "--replicates", "10", "--report", str(tmp_path / "weg" / "x.html"))
    code, _, err = run(capsys, *words)
    assert code == 2
    assert err.count("\n") == 1


def test_the_command_loads_no_django() -> None:
    check = "import sys; import meldroute.figures.estimate; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT / "src", check=False).returncode == 0


@pytest.mark.parametrize(("total", "seen"), [(1498.0, 662), (1549.0, 662), (95_400.0, 12_345)])
def test_figures_team_and_board_read_the_same_number_unseen(total: float, seen: int) -> None:
    found = Estimate("bic", "", total, total, total, 0.95, total, total, None, "bca")
    assert unseen(found, seen) == unseen(_rounded(found), seen)
