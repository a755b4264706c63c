"""Signed heads: made once a day, kept elsewhere, checked by anybody with the public key; months close and expire."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from meldroute.journal import actions as journal
from meldroute.journal import segments
from meldroute.journal.acting import Acting
from meldroute.journal.chain import CHANGED, FORGED, GONE, REMOVAL, verify
from meldroute.journal.models import Entry, SignedHead
from meldroute.journal.policies import years_kept
from meldroute.journal.sealing import NoHead, Sealed, public_key, read, seal_of
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.web.heads import sign_heads
from meldroute.web.management.commands.expire_journal import entered
from people_here import MONDAY, acting, here

OLD = datetime(2019, 3, 10, 12, tzinfo=UTC)


def told(at: datetime, count: int = 3) -> None:
    """Entries of that moment in the chain of Heemstede."""
    for number in range(count):
        with system(here().id, at + timedelta(seconds=number)) as by:
            journal.record(by=by, act=f"test.{number}", on="test.Thing")


def heads(kind: Sealed = Sealed.DAY) -> list[SignedHead]:
    """The signed heads of Heemstede."""
    with system(here().id, MONDAY):
        return list(SignedHead.objects.filter(chain=here().id, kind=kind))


@pytest.mark.django_db
def test_a_head_is_signed_once_a_day_and_filed_and_mailed(settings: Any, tmp_path: Path) -> None:
    settings.MELDROUTE_JOURNAL_HEADS = tmp_path / "elders"
    settings.MELDROUTE_JOURNAL_HEADS_MAIL = "fg@oefen.example"
    told(MONDAY)
    for hours in (0, 1, 14, 15):  # 22:00 and 23:00 UTC: the last hour of Monday is the first of Tuesday here
        sign_heads(here().id, MONDAY + timedelta(hours=hours))
    days = [row for row in heads() if row.kind == Sealed.DAY]
    assert [row.day for row in days] == [date(2026, 11, 23), date(2026, 11, 24)]
    assert all(row.filed_at for row in days)
    names = sorted(path.name for path in settings.MELDROUTE_JOURNAL_HEADS.iterdir())
    assert {"2026-11-23-day-heemstede.json", "2026-11-24-day-heemstede.json"} <= set(names)
    assert not [name for name in names if name.endswith(".part")]
    with system(here().id, MONDAY):
        mails = Outgoing.objects.filter(about="journal.SignedHead", about_id__in=[row.id for row in days])
        assert [mail.to for mail in mails] == ["fg@oefen.example"] * 2
        attached = {name: text for mail in mails for name, text in mail.attachments.items()}
        assert Entry.objects.filter(act="journal.sign", ids__overlap=[row.id for row in days]).count() == 2
    written = {path.name: path.read_text() for path in settings.MELDROUTE_JOURNAL_HEADS.iterdir()}
    assert attached.items() <= written.items()


@pytest.mark.django_db
def test_without_a_folder_the_heads_wait_and_are_filed_later(settings: Any, tmp_path: Path) -> None:
    told(MONDAY)
    sign_heads(here().id, MONDAY)
    assert not any(row.filed_at for row in heads())
    settings.MELDROUTE_JOURNAL_HEADS = tmp_path
    (tmp_path / "in-de-weg").write_text("x")
    settings.MELDROUTE_JOURNAL_HEADS = tmp_path / "in-de-weg"
    with pytest.raises(OSError, match="in-de-weg"):
        sign_heads(here().id, MONDAY)
    settings.MELDROUTE_JOURNAL_HEADS = tmp_path / "map"
    sign_heads(here().id, MONDAY)
    assert all(row.filed_at for row in heads())


@pytest.mark.django_db
def test_anybody_with_the_public_key_can_check_a_head_and_nobody_can_change_one() -> None:
    told(MONDAY)
    sign_heads(here().id, MONDAY)
    text = seal_of(heads()[0]).text()
    file = json.loads(text)
    key = load_pem_public_key(public_key().encode())
    key.verify(base64.b64decode(file["signature"]), file["head"].encode())  # type: ignore[union-attr, call-arg]
    said = json.loads(file["head"])
    for name, value in {"seq": said["seq"] - 1, "mac": "00" * 32, "at": "2026-11-23T08:00:01+00:00"}.items():
        other = json.dumps(said | {name: value}, separators=(",", ":"), sort_keys=True)
        with pytest.raises(InvalidSignature):
            key.verify(base64.b64decode(file["signature"]), other.encode())  # type: ignore[union-attr, call-arg]
        forged = read(json.dumps(file | {"head": other}))
        with unit(acting()):
            broken = verify(here().id, seals=[forged])[1]
        assert broken is not None
        assert broken.why == FORGED
    with unit(acting()):
        assert verify(here().id, seals=[read(text)])[1] is None


NO_HEADS = ["", "{}", "[]", '{"head": "x", "signature": ""}', '{"head": "{}", "signature": "AA=="}']


@pytest.mark.parametrize("text", NO_HEADS)
def test_a_text_that_is_no_head_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(NoHead, match="geen ondertekende kop"):
        read(text)


@pytest.mark.django_db
def test_the_application_cannot_change_a_signed_head() -> None:
    told(MONDAY)
    sign_heads(here().id, MONDAY)
    for change in ("UPDATE journal_signedhead SET seq = 1", "UPDATE journal_signedhead SET removed_at = now()",
                   "DELETE FROM journal_signedhead", "TRUNCATE journal_signedhead"):  # fmt: skip
        with unit(acting()), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.django_db
def test_the_command_takes_a_file_or_a_folder_and_names_what_is_wrong(settings: Any, tmp_path: Path) -> None:
    settings.MELDROUTE_JOURNAL_HEADS = tmp_path
    told(MONDAY)
    sign_heads(here().id, MONDAY)
    out = StringIO()
    call_command("verify_journal", "--json", "--head", str(tmp_path), stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["whole"]
    assert answer["heads"] == len(list(tmp_path.iterdir()))
    file = tmp_path / "2026-11-23-day-heemstede.json"
    out = StringIO()
    call_command("verify_journal", "--head", str(file), stdout=out)
    assert "klopt" in out.getvalue()
    file.write_text("{}")
    with pytest.raises(CommandError, match=r"2026-11-23-day-heemstede\.json: Dit is geen ondertekende kop"):
        call_command("verify_journal", "--head", str(file), stdout=StringIO())
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("verify_journal", "--head", str(tmp_path / "weg.json"), stdout=StringIO())
    out = StringIO()
    call_command("verify_journal", "--public-key", stdout=out)
    assert out.getvalue() == public_key()


def closed_months() -> list[SignedHead]:
    """Three old months with entries, closed, and a month that is not over its term."""
    for months in range(3):
        told(OLD + timedelta(days=31 * months))
    told(MONDAY)
    sign_heads(here().id, MONDAY + timedelta(days=30))
    return heads(Sealed.MONTH)


def test_an_expired_month_goes_whole_its_head_stays_and_the_removal_is_an_entry(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice organisation has no older entries than November 2026; these are put before it by a fresh chain."""
    place = here().id
    with connections["owner"].cursor() as cursor:  # an empty chain to begin with
        for table in ("journal_entry", "journal_head"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DELETE FROM {table} WHERE chain = %s", [place])
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    closed = closed_months()
    assert [row.day for row in closed] == [date(2019, 3, 1), date(2019, 4, 1), date(2019, 5, 1), date(2026, 11, 1)]
    assert [row.seq for row in closed[:3]] == [3, 6, 9]
    with unit(acting()):
        whole, broken = verify(place)
    assert broken is None

    out = StringIO()
    call_command("expire_journal", "--dry-run", stdout=out)
    assert out.getvalue().count("zou weggaan") == 3
    with unit(acting()):
        assert verify(place) == (whole, None)

    monkeypatch.setattr(segments, "BATCH", 2)
    _broken_off(closed[0])
    out = StringIO()
    call_command("expire_journal", stdout=out)
    assert out.getvalue().count("3 regels  weg") == 2
    with unit(acting()):
        assert verify(place) == (whole - 9 + 3, None)  # three entries tell of the removal
        assert verify(place, seals=[seal_of(row) for row in closed])[1] is None
        assert Entry.objects.filter(chain=place).order_by("seq")[0].seq == 10
        told_of = Entry.objects.filter(act="journal.remove").order_by("seq")
        assert [entry.ids for entry in told_of] == [[row.id] for row in closed[:3]]
        assert SignedHead.objects.filter(chain=place, removed_at__isnull=False).count() == 3
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('meldroute.municipality', %s, true)", [str(place)])
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using="owner"):
            cursor.execute("DELETE FROM journal_entry")
    out = StringIO()
    call_command("expire_journal", stdout=out)
    assert "Niets is ouder dan 5 jaar" in out.getvalue()
    _what_is_not_accepted(closed)


def _broken_off(first: SignedHead) -> None:
    """A removal that stopped half-way: the chain holds, and what is left of the month too; a change in it is seen."""
    place = here().id
    with unit(acting()):
        whole, _ = verify(place)
    with entered(place), journal.told(using="owner"):
        segments.remove(first, by=Acting(None, place, at=MONDAY), using="owner")
    with entered(place):
        assert segments.sweep(place, using="owner") == 2
    with unit(acting()):
        assert verify(place) == (whole - 3 + 1, None)
        assert [entry.seq for entry in Entry.objects.filter(chain=place).order_by("seq")[:2]] == [1, 4]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in ("journal_entry", "journal_head", "journal_signedhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        for change, why in (("act = 'x'", CHANGED), ("seq = 2", GONE), ("seq = -1", GONE)):
            with transaction.atomic(using="owner"):
                cursor.execute(f"UPDATE journal_entry SET {change} WHERE chain = %s AND seq = 1", [place])
                broken = verify(place, using="owner")[1]
                assert broken is not None
                assert broken.why == why
                transaction.set_rollback(True, using="owner")
        transaction.set_rollback(True, using="owner")


def _what_is_not_accepted(closed: list[SignedHead]) -> None:
    """Rows gone without the entry that says so, one row too many, and a removed month whose head is gone."""
    place = here().id
    cases = {
        REMOVAL: "UPDATE journal_signedhead SET removed_at = now() WHERE seq > 9 AND kind = 'month'",
        GONE: "SELECT 1",
    }
    for why, change in cases.items():
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for table in ("journal_entry", "journal_head", "journal_signedhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(change)
            gone = closed[3].seq if why == REMOVAL else 10
            cursor.execute("DELETE FROM journal_entry WHERE chain = %s AND seq <= %s", [place, gone])
            broken = verify(place, using="owner")[1]
            assert broken is not None
            assert broken.why == why
            cursor.execute("DELETE FROM journal_signedhead WHERE chain = %s", [place])
            assert verify(place, using="owner")[1] is not None
            transaction.set_rollback(True, using="owner")


@pytest.mark.django_db
def test_the_term_comes_from_the_policy_and_nothing_goes_a_day_early() -> None:
    assert years_kept() == 5
    told(OLD)
    row = SignedHead(chain=here().id, kind=Sealed.MONTH, day=date(2019, 2, 1), seq=1, mac=b"", at=OLD, signature=b"")
    with system(here().id, MONDAY):
        row.save(force_insert=True)

        def gone(day: date) -> bool:
            return bool(segments.expired(here().id, today=day, years=5, using="default"))

        assert not gone(date(2024, 2, 29))
        assert gone(date(2024, 3, 1))
