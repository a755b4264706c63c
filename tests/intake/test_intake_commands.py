"""The commands as processes: a real Dovecot is read, the ledger is listed, the bytes come back equal."""

from __future__ import annotations

import hashlib
import json
import subprocess
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from intake import hostile, mails
from intake.commands_here import manage, told
from intake.dovecot import Dovecot
from meldroute.domain.vocabulary import Triage
from meldroute.intake.models import Mail
from meldroute.people.unit import system
from people_here import here


def said(done: subprocess.CompletedProcess[bytes]) -> Any:
    """What a process says: one line of JSON."""
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") == 1
    return json.loads(done.stdout)


def test_a_real_dovecot_is_read_once_and_every_byte_comes_back(
    dovecot: Dovecot, committed: str, settings: Any, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    who = f"meldpunt-{uuid.uuid4().hex[:8]}@voorbeeld.nl"
    sent = [build() for build in mails.SOURCE_KINDS.values()]
    dovecot.deliver(who, *sent)
    settings.MELDROUTE_MAILBOX = dovecot.url(who)
    first = said(manage(committed, "fetch_mail", "--once", "--json", mailbox=settings.MELDROUTE_MAILBOX))
    assert first == {"seen": 8, "stored": 8, "duplicates": 0, "needs_hand": 0, "left": 0}
    second = told("fetch_mail", "--once")
    assert second == {
        "seen": second["duplicates"],
        "stored": 0,
        "duplicates": second["seen"],
        "needs_hand": 0,
        "left": 0,
    }
    assert not any(r"\Seen" in flags for flags in dovecot.flags(who))
    rows = told("mail_ledger")
    hashes = [hashlib.sha256(raw).hexdigest() for raw in sent]
    assert sorted(row["sha256"] for row in rows) == sorted(hashes)
    assert {row["municipality"] for row in rows} <= {"heemstede", "bloemendaal", "zandvoort"}
    assert manage(committed, "mail_ledger", "--raw", hashes[0]).stdout == sent[0]
    capsysbinary.readouterr()
    call_command("mail_ledger", "--raw", hashes[1])
    assert capsysbinary.readouterr().out == sent[1]


@pytest.mark.usefixtures("committed")
def test_whatever_the_bytes_the_run_goes_on_and_all_is_in_the_ledger(settings: Any, tmp_path: Path) -> None:
    hashes = set()
    for number, build in enumerate(hostile.TABLE.values()):
        raw = build()
        hashes.add(hashlib.sha256(raw).hexdigest())
        (tmp_path / f"{number}.eml").write_bytes(raw)
    settings.MELDROUTE_MAILBOX = f"maildir:{tmp_path}"
    counts = told("fetch_mail", "--once")
    assert counts["seen"] == len(hostile.TABLE) == counts["stored"] + counts["duplicates"]
    rows = told("mail_ledger")
    kept = [row for row in rows if row["size"] <= 25 * 1024 * 1024]
    assert {row["sha256"] for row in kept} == hashes
    assert len(rows) == counts["stored"]
    assert sum(row["needs_hand"] for row in rows) == counts["needs_hand"] > 0


def test_a_box_that_is_away_is_said_and_the_count_is_still_given(committed: str) -> None:
    done = manage(committed, "fetch_mail", "--once", "--json", mailbox="maildir:/bestaat-niet/bus")
    assert done.returncode == 1
    assert json.loads(done.stdout)["seen"] == 0
    assert b"Traceback" not in done.stderr


def test_a_sealed_mail_is_listed_without_its_number_and_not_given_back(
    committed: str, settings: Any, tmp_path: Path
) -> None:
    raw = mails.citizen()
    (tmp_path / "een.eml").write_bytes(raw)
    settings.MELDROUTE_MAILBOX = f"maildir:{tmp_path}"
    assert told("fetch_mail", "--once")["stored"] == 1
    place = next(code for code in ("HS", "BD", "ZV") if _has_mail(code))
    with system(here(place).id, datetime.now(UTC)):
        Mail.objects.update(sealed=True, state=Triage.NEW)
    (row,) = told("mail_ledger")
    assert row["sealed"]
    assert row["signal"] is None
    refused = manage(committed, "mail_ledger", "--raw", row["sha256"])
    assert refused.returncode == 1
    assert refused.stdout == b""
    (tmp_path / "twee.eml").write_bytes(raw)
    again = told("fetch_mail", "--once")
    assert again["duplicates"] == 1
    assert again["stored"] == 0


def _has_mail(code: str) -> bool:
    with system(here(code).id, datetime.now(UTC)):
        return Mail.objects.exists()


@pytest.mark.django_db
def test_an_unknown_hash_gives_nothing(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(CommandError):
        call_command("mail_ledger", "--raw", "0" * 64)
    assert capsysbinary.readouterr().out == b""
