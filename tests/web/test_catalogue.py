"""The English catalogue is complete: every marked text of every chapter, with the same placeholders, compiled.

A chapter that is added falls under it by itself: the chapters are the packages that are there.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from tools import catalogue

CHAPTERS = catalogue.chapters()
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?[a-z][^>]*>")
LETTERS = re.compile(r"[^\W\d_]{2}")
EQUAL = {
    "%(number)s: %(state)s", "Account", "Agenda", "Bestuurlijk Team Prostitutie", "Code", "Contract", "LOO", "Later",
    "Lokaal Overleg Ondermijning (LOO)", "Meld Misdaad Anoniem", "Menu", "Model", "PDF", "Partner", "Partners",
    "Postcode", "Protocol", "RIEC", "Veilig Thuis", "Website", "document", "l j F Y, H:i", "online", "open", "postcode",
    "Passkey", "Plan", "Routine", "account", "accounts", "agenda", "export", "j F Y", "partner", "plan", "routine",
    "sector", "status", "training", "video", "webinar", "website",
}  # fmt: skip
"""Words that are the same in English, proper names, and the form of a date."""
NAMES = {"Meldroute"}
SAMPLES = ("gallery", "gallery_meeting", "gallery_report", "gallery_signal", "gallery_today")
"""Pages with invented sample texts, for who builds a page; a real installation does not show them."""
SPOKEN = {"title", "alt", "aria-label", "aria-description", "placeholder", "label"}


def name_of(chapter: Path) -> str:
    return chapter.name


@pytest.fixture(scope="module", params=CHAPTERS, ids=name_of)
def chapter(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_marked_text_has_english(chapter: Path) -> None:
    found = catalogue.marked(chapter)
    known = {catalogue.message_of(entry) for entry in catalogue.read(chapter) if entry.translated()}
    assert not found.unreadable
    assert not set(found.places) - known, "run tools.catalogue and write the English (CONTRIBUTING.md)"
    assert not known - set(found.places), "no longer used: run tools.catalogue"


def test_placeholders_and_tags_are_the_same(chapter: Path) -> None:
    for entry in catalogue.read(chapter):
        one, more = catalogue.english(entry)
        assert sorted(PLACEHOLDER.findall(one)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid
        assert sorted(PLACEHOLDER.findall(more)) == sorted(PLACEHOLDER.findall(entry.msgid_plural)), entry.msgid


def test_english_differs_from_dutch(chapter: Path) -> None:
    same = {entry.msgid for entry in catalogue.read(chapter) if entry.msgstr == entry.msgid}
    assert not {text for text in same if LETTERS.search(PLACEHOLDER.sub("", text))} - EQUAL


def test_the_compiled_catalogue_is_of_this_text(chapter: Path) -> None:
    told = catalogue.read(chapter)
    compiled = chapter / catalogue.CATALOGUE.with_suffix(".mo")
    assert compiled.exists() == bool(told)
    if told:
        assert compiled.read_bytes() == told.to_binary()


def test_chapters_agree_on_a_text() -> None:
    """Django puts all catalogues together; where two differ, the order of the chapters would decide."""
    found: dict[catalogue.Message, set[tuple[str, str]]] = {}
    for one in CHAPTERS:
        for entry in catalogue.read(one):
            found.setdefault(catalogue.message_of(entry), set()).add(catalogue.english(entry))
    assert {message: said for message, said in found.items() if len(said) > 1} == {}


def test_django_finds_every_catalogue() -> None:
    apps = {
        catalogue.CHAPTERS / name.split(".")[1] for name in settings.INSTALLED_APPS if name.startswith("meldroute.")
    }
    listed = {Path(path).parent for path in settings.LOCALE_PATHS}
    assert {one for one in CHAPTERS if (one / catalogue.CATALOGUE).exists()} <= apps | listed


def test_the_tool_reads_names_contexts_plurals_and_keeps_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "CHAPTERS", tmp_path)
    here = tmp_path / "nieuw"
    (here / "templates").mkdir(parents=True)
    (here / "__init__.py").write_text(
        "from django.utils.translation import gettext as zeg, ngettext, pgettext\n"
        'zeg("een " "zin")\nngettext("%(n)s dag", "%(n)s dagen", 2)\npgettext("mei", "maand")\n'
        'zeg(f"nee {1}")\nnee("x")\n'
    )
    (here / "templates" / "bladzijde.html").write_text(
        '{% load i18n %}{% translate "Hallo" %}{{ x|default:_("niets") }}{% blocktranslate count n=1 %}een{% plural %}'
        "{{ n }} meer{% endblocktranslate %}"
    )
    assert catalogue.main() == 1
    told = catalogue.read(here)
    assert {(one.msgctxt, one.msgid, one.msgid_plural) for one in told} == {
        (None, "een zin", ""),
        (None, "%(n)s dag", "%(n)s dagen"),
        ("mei", "maand", ""),
        (None, "Hallo", ""),
        (None, "niets", ""),
        (None, "een", "%(n)s meer"),
    }
    assert catalogue.marked(here).unreadable == ["__init__.py:5: zeg(f'nee {1}')"]
    for entry in told:
        entry.msgstr = "" if entry.msgid_plural else "said"
        entry.msgstr_plural = {0: "one", 1: "more"} if entry.msgid_plural else {}
    told.append(polib.POEntry(msgid="vervallen", msgstr="gone"))
    catalogue.write(here, told)
    (here / "__init__.py").write_text((here / "__init__.py").read_text().replace('f"nee {1}"', "x"))
    assert catalogue.main() == 0
    assert [entry.msgid for entry in catalogue.read(here)] == ["%(n)s dag", "Hallo", "een", "een zin", "maand", "niets"]


class Bare(HTMLParser):
    """Words of a template that stand outside the translation tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN and value and LETTERS.search(value)]

    def handle_data(self, data: str) -> None:
        if LETTERS.search(data) and not set(re.findall(r"\w+", data)) <= NAMES:
            self.found.append(data.strip())


def literal(source: str) -> str:
    """The text of a template without its tags, and without the blocks that hold no words of the page."""
    kept, until = [], ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type == TokenType.BLOCK and not until:
            wanted = token.contents.split()[1:2] if word == "block" else []
            skips = word in ("blocktranslate", "comment") or (wanted and wanted[0] in ("body_modifier", "body_class"))
            until = f"end{word}" if skips else ""
        elif token.token_type == TokenType.BLOCK and word == until:
            until = ""
        elif token.token_type == TokenType.TEXT and not until:
            kept.append(token.contents)
    return "".join(kept)


def test_no_template_has_words_outside_the_translation_tags(chapter: Path) -> None:
    for path in sorted(chapter.rglob("templates/**/*.html")):
        if path.stem not in SAMPLES:
            page = Bare()
            page.feed(literal(path.read_text(encoding="utf-8")))
            page.close()
            assert page.found == [], path.relative_to(chapter)
