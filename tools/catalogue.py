"""Bring the English catalogue of every chapter up to date: ``.state/venv/bin/python -m tools.catalogue``.

Each chapter keeps its own ``locale/en/LC_MESSAGES/django.po`` with the compiled ``.mo`` beside it. The tool reads what
is marked for translation in the chapter's modules and templates, keeps the English that is there (or that another
chapter already has for the same words), drops what is no longer used, sorts by the Dutch text and writes both files.
It needs no gettext programs: Django reads the templates, Python's own parser the modules, polib the catalogues. An
extractor of a library finds calls by name only and misses a function that was imported under another name.
After a merge conflict: take either side of the .mo, run this again and add both.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

CHAPTERS = Path(__file__).resolve().parent.parent / "src" / "meldroute"
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")
HEADER = {
    "Project-Id-Version": "meldroute",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
WIDTH = 120
# Which arguments of each function are context, text and plural; the same for its _lazy and _noop sisters.
ROLES = {
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
ARGUMENTS = {name + tail: roles for name, roles in ROLES.items() for tail in ("", "_lazy", "_noop")}
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""")
# English that two branches wrote for the same text, after a merge that kept both: the first stays.
TWICE = re.compile(r'^(msgstr(?:\[\d\])? .*\n(?:".*\n)*)(?:msgstr .*\n(?:".*\n)*)+', re.MULTILINE)


@dataclass(frozen=True, order=True)
class Message:
    """What gettext looks up: the Dutch text, its plural and its context; empty where there is none."""

    text: str
    context: str = ""
    plural: str = ""


@dataclass
class Marked:
    """The messages of one chapter, each with the files it stands in, and marks that cannot be read."""

    places: dict[Message, set[str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def add(self, message: Message, place: str) -> None:
        self.places.setdefault(message, set()).add(place)


def chapters() -> list[Path]:
    """The folders of the chapters, by name."""
    return sorted(path.parent for path in CHAPTERS.glob("*/__init__.py"))


def marked(chapter: Path) -> Marked:
    """Everything marked for translation in the modules and templates of a chapter."""
    found = Marked()
    for path in sorted(chapter.rglob("*.py")):
        place = path.relative_to(chapter).as_posix()
        _from_module(ast.parse(path.read_text(encoding="utf-8")), place, found)
    for path in sorted(p for p in chapter.rglob("templates/**/*") if p.is_file()):
        place = path.relative_to(chapter).as_posix()
        for call in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=place)):
            tree = ast.parse(call, mode="eval").body
            assert isinstance(tree, ast.Call)
            assert isinstance(tree.func, ast.Name)
            _take(tree, ARGUMENTS.get(tree.func.id, ("text",)), place, found)
    return found


def _from_module(tree: ast.Module, place: str, found: Marked) -> None:
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in names:
                _take(node, ARGUMENTS[names[called.id]], place, found)
            elif isinstance(called, ast.Attribute) and called.attr in ARGUMENTS:
                _take(node, ARGUMENTS[called.attr], place, found)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                if one.name in ARGUMENTS:
                    yield one.asname or one.name, one.name
        elif isinstance(node, ast.FunctionDef) and node.name in ARGUMENTS:
            yield node.name, node.name


def _take(call: ast.Call, roles: tuple[str, ...], place: str, found: Marked) -> None:
    told = {}
    for role, argument in zip(roles, call.args, strict=False):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            told[role] = argument.value
        elif isinstance(argument, ast.JoinedStr | ast.BinOp):  # a catalogue cannot hold what is made while running
            found.unreadable.append(f"{place}:{argument.lineno}: {ast.unparse(call)}")
            return
        else:  # a label that was marked where it is written
            return
    if told.get("text"):
        found.add(Message(**told), place)


def read(chapter: Path) -> polib.POFile:
    """The catalogue of a chapter as it stands; an empty one when there is none."""
    path = chapter / CATALOGUE
    if not path.exists():
        return polib.POFile(wrapwidth=WIDTH)
    return polib.pofile(TWICE.sub(r"\1", path.read_text(encoding="utf-8")), wrapwidth=WIDTH)


def english(entry: polib.POEntry) -> tuple[str, str]:
    """Singular and plural; empty where there is none."""
    if entry.msgid_plural:
        return entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(1, "")
    return entry.msgstr, ""


def known() -> dict[Message, tuple[str, str]]:
    """What all catalogues say now."""
    told = {}
    for chapter in chapters():
        for entry in read(chapter):
            if all(english(entry)[: 1 + bool(entry.msgid_plural)]):
                told[message_of(entry)] = english(entry)
    return told


def message_of(entry: polib.POEntry) -> Message:
    """What an entry of a catalogue translates."""
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def renewed(chapter: Path, found: Marked, elsewhere: Mapping[Message, tuple[str, str]]) -> polib.POFile:
    """The catalogue of a chapter as it should be; the chapter's own English before another's."""
    own = {message_of(entry): english(entry) for entry in read(chapter) if english(entry)[0]}
    fresh = polib.POFile(wrapwidth=WIDTH)
    fresh.metadata = dict(HEADER)
    for message, places in sorted(found.places.items()):
        one, more = own.get(message) or elsewhere.get(message) or ("", "")
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None, msgid_plural=message.plural)
        entry.occurrences = [(place, "") for place in sorted(places)]
        if message.plural:
            entry.msgstr_plural = {0: one, 1: more}
        else:
            entry.msgstr = one
        fresh.append(entry)
    return fresh


def write(chapter: Path, catalogue: polib.POFile) -> None:
    """The .po and the .mo; a chapter without anything to translate has neither."""
    path = chapter / CATALOGUE
    if not catalogue:
        path.unlink(missing_ok=True)
        path.with_suffix(".mo").unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    """Renew all catalogues and name what has no English yet; 1 when there is any, or a mark that cannot be read."""
    elsewhere = known()
    wrong = 0
    for chapter in chapters():
        found = marked(chapter)
        catalogue = renewed(chapter, found, elsewhere)
        write(chapter, catalogue)
        missing = [f"no English: {entry.msgid}" for entry in catalogue if not entry.translated()]
        missing += [f"not a plain text: {mark}" for mark in found.unreadable]
        for line in missing:
            print(f"{chapter.name}: {line}")
        wrong += len(missing)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
