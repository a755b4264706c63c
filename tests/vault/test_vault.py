"""Encrypted fields: unreadable in the table, bound to their place, gone with their key."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from meldroute.domain.vocabulary import Channel, SourceKind, State
from meldroute.people.unit import unit
from meldroute.route.actions.opening import open_signal
from meldroute.route.actions.timeline import tell
from meldroute.route.models import Signal, TimelineEntry
from meldroute.vault import blobs, keys, lookup
from meldroute.vault.keyring import KeyFileRefused, create, load
from meldroute.vault.models import Canary, Chunk, DataKey
from meldroute.web import startup
from people_here import acting, here

CANARY = "kanarie-4f1b-vertrouwelijk"


def a_signal(by) -> Signal:
    return open_signal(
        by=by, source_kind=SourceKind.CARE, channel=Channel.MAIL, received_at=by.at, state=State.REGISTERED
    )


@pytest.mark.django_db
def test_the_table_holds_no_plaintext_and_the_row_gives_it_back() -> None:
    with unit(acting()) as by:
        entry = tell(a_signal(by), by=by, kind="test", text=CANARY)
        with connection.cursor() as cursor:
            cursor.execute("SELECT told FROM route_timelineentry WHERE id = %s", [entry.id])
            assert CANARY.encode() not in bytes(cursor.fetchone()[0])
    with unit(acting()):
        assert TimelineEntry.objects.get(id=entry.id).told == {"text": CANARY}


@pytest.mark.django_db
@pytest.mark.parametrize("moved", ["row", "municipality", "column"])
def test_ciphertext_opens_nowhere_else(moved: str) -> None:
    with unit(acting()) as by:
        signal = a_signal(by)
        entry = tell(signal, by=by, kind="test", text=CANARY)
        field = TimelineEntry._meta.get_field("told")
        sealed = field.pre_save(entry, False)
        if moved == "row":
            entry.id = uuid4()
        elif moved == "municipality":
            entry.municipality_id = uuid4()
        else:
            field = type(field)()
            field.set_attributes_from_name("other")
        with pytest.raises(keys.WrongKey):
            field.unsealed(entry, sealed)


@pytest.mark.django_db
def test_a_destroyed_key_never_comes_back() -> None:
    with unit(acting()) as by:
        signal = a_signal(by)
        entry = tell(signal, by=by, kind="test", text=CANARY)
        keys.destroy(signal.key_id, at=by.at)
    with unit(acting()):
        with pytest.raises(keys.KeyGone):
            _ = TimelineEntry.objects.get(id=entry.id).told
        with pytest.raises(DatabaseError), transaction.atomic():
            DataKey.objects.filter(id=signal.key_id).update(wrapped=b"x", destroyed_at=None)


@pytest.mark.django_db
def test_a_file_comes_back_whole_in_encrypted_chunks() -> None:
    body = (CANARY.encode() + b"\0") * 100_000
    with unit(acting()) as by:
        key = keys.make(municipality_id=by.place, purpose="mail")
        blob = blobs.store(body, municipality_id=by.place, key_id=key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM vault_chunk WHERE blob_id = %s", [blob.id])
            stored = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(stored) == len(body) // (1 << 20) + 1
    assert not any(CANARY.encode() in part for part in stored)
    with unit(acting()):
        assert blobs.read(blob.id) == body
    with unit(acting("beheer")):
        assert not Chunk.objects.exists()
        assert not DataKey.objects.exists()


@pytest.mark.django_db
def test_look_up_values_differ_per_municipality_and_kind() -> None:
    one, two = here("HS").id, here("BD").id
    told = {lookup.mac(municipality_id=place, kind=kind, value="x") for place in (one, two) for kind in ("a", "b")}
    assert len(told) == 4
    assert lookup.mac(municipality_id=one, kind="a", value="x") in told


def test_key_file_is_private_and_checked(tmp_path) -> None:
    path = tmp_path / "key"
    with pytest.raises(KeyFileRefused, match="bestaat niet"):
        load(path)
    create(path)
    kept = path.read_text()
    create(path)
    assert path.read_text() == kept
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(load(path).wrap) == 1
    path.chmod(0o644)
    with pytest.raises(KeyFileRefused, match="leesbaar voor anderen"):
        load(path)
    path.chmod(0o600)
    path.write_text('{"wrap": []}')
    with pytest.raises(KeyFileRefused, match="geen geldig"):
        load(path)


@pytest.mark.django_db
def test_start_refuses_another_key_file(settings, tmp_path) -> None:
    startup.check_key()
    startup.check_key()
    assert Canary.objects.count() == 1
    create(tmp_path / "key")
    settings.MELDROUTE_KEYS = load(tmp_path / "key")
    with pytest.raises(ImproperlyConfigured, match="hoort niet bij deze database"):
        startup.check_key()


@pytest.mark.django_db
def test_practice_is_a_property_of_the_database(settings) -> None:
    startup.check_practice()
    settings.MELDROUTE_PRACTICE = False
    with pytest.raises(ImproperlyConfigured, match="oefenomgeving"):
        startup.check_practice()
