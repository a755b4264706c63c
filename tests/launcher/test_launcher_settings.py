"""Settings by environment: what is wrong is refused with the name of the setting."""

import re
from pathlib import Path

import pytest

from launcher import settings
from launcher.places import ROOT
from launcher.say import Refused

REFUSED = [
    ("DATABASE_URL", "mysql://db/x"),
    ("DATABASE_URL", "postgresql://db"),
    ("DATABASE_URL", "postgresql://db:65536/x"),
    ("DATABASE_URL", "meldroute"),
    ("MELDROUTE_STATE", "hier"),
    ("MELDROUTE_STATE", __file__),
    ("MELDROUTE_MAILBOX", "pop3://mail/x"),
    ("MELDROUTE_MAILBOX", "maildir:postbus"),
    ("MELDROUTE_MAILBOX", "imap:///INBOX"),
    ("MELDROUTE_SMTP_URL", "http://mail"),
    ("MELDROUTE_SMTP_URL", "smtp://mail:poort"),
    ("MELDROUTE_KEY_FILE", "sleutels"),
    ("MELDROUTE_SECRET_KEY", "kort"),
    ("MELDROUTE_POSTGRES", "14"),
    ("MELDROUTE_OWNER_DATABASE_URL", "postgresql://owner@127.0.0.1/x"),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_wrong_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Refused, match=name):
        settings.read({name: value})


def test_good_settings_are_taken_over(tmp_path: Path) -> None:
    key_file = tmp_path / "keys"
    key_file.write_text("x")
    key_file.chmod(0o600)
    given = {
        "DATABASE_URL": "postgresql://app:w@db.voorbeeld.nl:5433/meldroute",
        "MELDROUTE_MAILBOX": "imap://meldpunt:w@mail.voorbeeld.nl/INBOX",
        "MELDROUTE_SMTP_URL": "smtps://mail.voorbeeld.nl",
        "MELDROUTE_KEY_FILE": str(key_file),
        "MELDROUTE_STATE": str(tmp_path),
    }
    read = settings.read(given)
    assert (read.database_url, read.mailbox, read.smtp_url) == tuple(given.values())[:3]
    assert (read.key_file, read.state) == (key_file, tmp_path)


def test_an_empty_value_counts_as_absent() -> None:
    assert settings.read({"DATABASE_URL": " ", "MELDROUTE_MAILBOX": ""}) == settings.Settings()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    key_file = tmp_path / "keys"
    key_file.write_text("x")
    key_file.chmod(mode)
    with pytest.raises(Refused, match="chmod 600"):
        settings.read({"MELDROUTE_KEY_FILE": str(key_file)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://app@db.voorbeeld.nl/x"),
        ("DATABASE_URL", "postgresql://app@10.0.0.5/x"),
        ("MELDROUTE_SMTP_URL", "smtp://mail.voorbeeld.nl"),
        ("MELDROUTE_MAILBOX", "imap://localhost.voorbeeld.nl/INBOX"),
    ],
)
def test_a_practice_installation_stays_on_this_machine(name: str, value: str) -> None:
    with pytest.raises(Refused, match=name):
        settings.check_practice(settings.read({name: value}))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"DATABASE_URL": "postgresql://app@127.0.0.1:5432/x", "MELDROUTE_SMTP_URL": "smtp://localhost:1025"},
        {"DATABASE_URL": "postgresql:///x", "MELDROUTE_MAILBOX": "imap://u:p@[::1]:1143/INBOX"},
    ],
)
def test_this_machine_is_fine_for_practice(given: dict[str, str]) -> None:
    settings.check_practice(settings.read(given))


def test_a_database_of_your_own_wants_a_key_file_of_its_own() -> None:
    with pytest.raises(Refused, match="MELDROUTE_KEY_FILE"):
        settings.check_real(settings.read({"DATABASE_URL": "postgresql://app@db.voorbeeld.nl/x"}))


def test_a_typing_error_in_a_name_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(Refused, match=r"MELDROUTE_MAILBOXX bestaat niet\. Bedoelt u MELDROUTE_MAILBOX\?"):
        settings.read({"MELDROUTE_MAILBOXX": "x"})


def test_the_table_in_the_documentation_is_complete() -> None:
    """Every setting that the application reads is known, and every known one has its row."""
    rows = re.findall(
        r"^\| `([A-Z_]+)`", (ROOT / "docs" / "operations" / "settings.md").read_text(), flags=re.MULTILINE
    )
    sources = "".join(path.read_text() for path in (ROOT / "src" / "meldroute").rglob("settings.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", sources))
    assert len(read) > 10
    assert set(rows) == {*settings.KNOWN, "DATABASE_URL"}
    assert read <= set(rows)
