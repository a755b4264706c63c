"""The words on the command line: help, refusals, clean output, exit codes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from launcher_clones import clean_environment, make_clone, meldroute, stop_database

from launcher import commands, help, measuring, settings, testing
from launcher.places import ROOT, Places, places
from launcher.say import Refused


@pytest.fixture(scope="module")
def clone(open_folder: Path) -> Iterator[Places]:
    where = make_clone(open_folder / "commands")
    yield where
    stop_database(where)


def test_every_command_is_in_the_help_and_works_without_a_state_folder(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, str(ROOT / "meldroute"), "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=clean_environment(MELDROUTE_STATE=str(tmp_path / "state")),
    )
    here = places()
    for name in commands.ACTIONS:
        assert (f"\n  {name} " in shown.stdout) is commands.available(here, name)
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("name", help.COMMANDS)
def test_help_of_a_command_starts_with_how_to_use_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Gebruik: ./meldroute {name}")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["bestaatniet"], 2, "bestaat niet"),
        (["run", "--poort", "8000"], 2, "--poort"),
        (["run", "--port"], 2, "--port"),
        (["run", "--port", "x"], 2, "niet x"),
        (["run", "--port=70000"], 2, "70000"),
        (["check", "alles"], 2, "geen opties"),
    ],
)
def test_what_cannot_be_is_refused_in_one_message(
    words: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(words) == code
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.out == ""


def test_walkthrough_is_for_practice_only(clone: Places) -> None:
    refused = meldroute(clone, "walkthrough", "--empty")
    assert refused.returncode == 1
    assert "alleen in de oefeninstallatie" in refused.stderr


def test_what_this_version_does_not_have_is_said(clone: Places) -> None:
    refused = meldroute(clone, "plan")
    assert refused.returncode == 2
    assert "hoort niet bij deze versie" in refused.stderr
    shown = meldroute(clone, "--help").stdout
    assert "\n  plan " not in shown
    assert "\n  walkthrough " in shown


def test_a_wrong_setting_ends_in_one_clear_line(clone: Places) -> None:
    refused = meldroute(clone, "run", DATABASE_URL="mysql://db/x")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("meldroute: DATABASE_URL is geen adres van een PostgreSQL-database.")
    assert refused.stderr.count("\n") == 1


def test_practice_refuses_a_database_elsewhere(clone: Places) -> None:
    refused = meldroute(clone, "run", DATABASE_URL="postgresql://app@db.voorbeeld.nl/meldroute")
    assert refused.returncode == 1
    assert "praat alleen met deze machine" in refused.stderr


def test_output_of_a_json_command_is_only_json_even_the_first_time(clone: Places) -> None:
    first = meldroute(clone, "walkthrough", "--json")
    assert json.loads(first.stdout) == {"reference": "HS-2026-0001"}
    assert "Database maken" in first.stderr
    again = meldroute(clone, "walkthrough", "--json")
    assert json.loads(again.stdout) == {"reference": "HS-2026-0001"}
    assert again.stderr == ""
    assert len(list((clone.state / "practice" / "verzonden").glob("*.eml"))) == 2


def test_the_exit_code_is_that_of_the_command(clone: Places) -> None:
    assert meldroute(clone, "manage", "fail").returncode == 7


def test_the_application_sees_its_own_environment_only(clone: Places) -> None:
    asked = meldroute(clone, "manage", "environment", PGUSER="iemand", PYTHONSTARTUP="x", DJANGO_SETTINGS_MODULE="y")
    seen = json.loads(asked.stdout)
    assert not [name for name in seen if name.startswith("PG")]
    assert "PYTHONSTARTUP" not in seen
    assert "MELDROUTE_OWNER_DATABASE_URL" not in seen
    assert seen["DJANGO_SETTINGS_MODULE"] == "meldroute.web.settings"
    assert seen["DATABASE_URL"].startswith("postgresql://app:")
    assert seen["MELDROUTE_PRACTICE"] == "1"
    assert seen["MELDROUTE_MAILBOX"] == f"maildir:{clone.state}/practice/postbus"
    assert len(seen["MELDROUTE_SECRET_KEY"]) >= 50


def test_secrets_stay_the_same_between_commands(clone: Places) -> None:
    seen = [json.loads(meldroute(clone, "manage", "environment").stdout) for _ in range(2)]
    assert seen[0]["MELDROUTE_SECRET_KEY"] == seen[1]["MELDROUTE_SECRET_KEY"]
    assert seen[0]["DATABASE_URL"] == seen[1]["DATABASE_URL"]


def test_changed_migrations_are_applied_once(clone: Places) -> None:
    meldroute(clone, "manage", "check")
    folder = clone.source / "meldroute" / "people" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("# new\n")
    calls = clone.state / "practice" / "calls"
    before = calls.read_text().count("migrate as owner")
    meldroute(clone, "manage", "check")
    meldroute(clone, "manage", "check")
    assert calls.read_text().count("migrate as owner") == before + 1


def test_two_commands_at_once_in_a_new_clone(open_folder: Path) -> None:
    where = make_clone(open_folder / "at-once")
    command = [sys.executable, str(where.root / "meldroute"), "manage", "sql", "SELECT 1"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment())
        for _ in range(2)
    ]
    answers = [each.communicate(timeout=60) for each in both]
    assert [json.loads(out) for out, _ in answers] == [[[1]], [[1]]], answers
    calls = (where.state / "practice" / "calls").read_text()
    assert calls.count("migrate as owner") == 1
    assert not list(where.state.glob("practice/database/data/postmaster.pid"))


def test_a_database_of_your_own_needs_the_owner_to_make_tables(clone: Places, tmp_path: Path) -> None:
    refused = meldroute(clone, "manage", "check", DATABASE_URL="postgresql://app@127.0.0.1:1/meldroute")
    assert refused.returncode == 1
    assert "MELDROUTE_OWNER_DATABASE_URL" in refused.stderr


def test_pytest_uses_both_cores_unless_told_otherwise() -> None:
    both = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    assert testing.spread([]) == both
    assert testing.spread(["tests/domain", "-k", "x"]) == both
    assert testing.spread(["-n0"]) == []
    assert testing.spread(["-p", "no:xdist"]) == []
    assert testing.spread(["--pdb"]) == []


def test_measurements_are_listed_with_what_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "intake.py").write_text('"""Mails per second.\n\nMore."""\n')
    (tmp_path / "bench" / "_shared.py").write_text("")
    assert measuring.modules(tmp_path / "bench") == {"intake": "Mails per second."}
    where = Places(tmp_path, tmp_path / ".state")
    assert measuring.run(where, settings.Settings(), "bench", ["--list"]) == 0
    assert "Mails per second." in capsys.readouterr().out
    with pytest.raises(Refused, match="intake"):
        measuring.run(where, settings.Settings(), "bench", ["anders"])
