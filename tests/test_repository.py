"""The documentation keeps its word: what it links to is there, what it names exists, and its pictures stay small."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from launcher import commands
from launcher.help import OVERVIEW

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURES = sorted((ROOT / "docs/pictures").glob("*.png"))
MEASURED = re.compile(r"\./meldroute (?:--empty )?([a-z][a-z-]*)")


def named(path: Path) -> str:
    """A page by its path in the repository."""
    return path.relative_to(ROOT).as_posix()


def screen_words() -> str:
    """Everything that templates and code can put on a screen, with white space folded and literals joined."""
    found = []
    for path in sorted((ROOT / "src/meldroute").rglob("*")):
        if path.suffix in (".html", ".py", ".toml"):
            text = path.read_text(encoding="utf-8")
            found.append(re.sub(r'"\s*\n\s*"', "", text) if path.suffix == ".py" else text)
    return html.unescape(re.sub(r"\s+", " ", "\n".join(found)))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    files = [one.partition("#")[0] for one in targets if not one.startswith(("http://", "https://", "mailto:", "#"))]
    assert [one for one in files if not (page.parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_of_a_page_is_in_the_help(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    used = {name for part in re.findall(r"`[^`]+`", text) + _blocks(text) for name in MEASURED.findall(part)}
    assert sorted(name for name in used if name not in commands.ACTIONS or f"\n  {name} " not in OVERVIEW) == []


def _blocks(text: str) -> list[str]:
    return re.findall(r"```.*?```", text, re.DOTALL) + re.findall(r"^ {4}.+$", text, re.MULTILINE)


def test_the_readme_names_commands_and_shows_a_picture_first() -> None:
    """So that the tests above cannot pass on nothing."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"run", "test"} <= set(MEASURED.findall(text))
    assert "docs/pictures/" in text[: text.index("## The two commands")]


def test_every_word_in_bold_in_the_guide_of_the_meldpunt_stands_on_a_screen() -> None:
    text = (ROOT / "docs/howto/meldpunt.md").read_text(encoding="utf-8")
    bold = {re.sub(r"\s+", " ", one) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
    words = screen_words()
    assert len(bold) > 40
    assert sorted(one for one in bold if one not in words and one.rstrip(".") not in words) == []


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_a_picture_is_small_and_shown_somewhere(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000
    assert any(f"pictures/{picture.name}" in page.read_text(encoding="utf-8") for page in PAGES)
