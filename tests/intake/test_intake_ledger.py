"""The ledger: stored before it is understood, nothing lost, nothing twice, and counted so that it adds up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from intake import mails
from meldroute.domain.vocabulary import Triage
from meldroute.intake import polling
from meldroute.intake.actions import fetching, ledger, understanding
from meldroute.intake.actions.fetching import Tally, fetch
from meldroute.intake.actions.ledger import raw_of, sha256_of
from meldroute.intake.mailboxes import Found, MemoryMailbox
from meldroute.intake.models import Glimpse, Mail
from meldroute.intake.polling import read_new
from meldroute.journal.acting import Acting
from meldroute.people.unit import system
from people_here import MONDAY, here

MEGABYTE = 1024 * 1024


def fetched(box: MemoryMailbox, key: str = "postbus") -> Tally:
    tally, new = fetch(box, municipality_id=here().id, mailbox_key=key, enter=system, at=MONDAY)
    tally.needs_hand += len(read_new(here().id, MONDAY) & set(new))
    assert tally.seen == tally.stored + tally.duplicates + tally.left
    assert tally.needs_hand <= tally.stored
    return tally


def rows() -> list[Mail]:
    with system(here().id, MONDAY):
        found = list(ledger.listed())
        for mail in found:
            mail.__dict__["raw"] = raw_of(mail)
            assert mail.subject_line is not None
            assert mail.reading is not None
    return found


@pytest.mark.django_db
def test_every_kind_of_mail_is_stored_with_its_bytes_and_understood() -> None:
    sent = [build() for build in mails.SOURCE_KINDS.values()]
    assert fetched(MemoryMailbox(sent)) == Tally(seen=8, stored=8)
    found = rows()
    assert sorted(mail.__dict__["raw"] for mail in found) == sorted(sent)
    assert {mail.state for mail in found} == {Triage.NEW}
    assert all(mail.reading["text"] for mail in found)


@pytest.mark.django_db
def test_the_same_bytes_again_are_a_duplicate_wherever_they_lie() -> None:
    raw = mails.citizen()
    assert fetched(MemoryMailbox([raw])).stored == 1
    assert fetched(MemoryMailbox([raw, raw]), "andere bus") == Tally(seen=2, duplicates=2)
    assert len(rows()) == 1


@pytest.mark.django_db
def test_a_mail_met_again_in_its_place_is_marked_again_without_being_fetched() -> None:
    box = MemoryMailbox([mails.citizen()])
    box.done = lambda ref, *, stays=False: False  # the process died before the mark
    assert fetched(box) == Tally(seen=1, stored=1)
    del box.done
    assert fetched(box) == Tally(seen=1, duplicates=1)
    assert len(box.finished) == 1


@pytest.mark.django_db
def test_a_box_full_of_what_was_taken_before_costs_one_question() -> None:
    """Mails that stay in the box are no work of every look at it."""
    units: list[object] = []

    @contextmanager
    def counted(place: UUID, at: datetime) -> Iterator[Acting]:
        units.append(place)
        with system(place, at) as by:
            yield by

    box = MemoryMailbox([mails.of_size(5000 + number) for number in range(5)], limit=4000)
    for stored in (5, 0):
        units.clear()
        tally, _ = fetch(box, municipality_id=here().id, mailbox_key="vol", enter=counted, at=MONDAY)
        assert (tally.seen, tally.stored, len(box.staying)) == (5, stored, 5)
    assert len(units) == 1


@pytest.mark.django_db
def test_only_what_lies_in_the_box_is_looked_up_however_much_was_taken_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "AT_ONCE", 2)
    fetched(MemoryMailbox([mails.citizen(number) for number in range(6)]))
    with system(here().id, MONDAY):
        taken = [glimpse.ref for glimpse in Glimpse.objects.order_by("ref")]
        (key,) = set(Glimpse.objects.values_list("mailbox_key", flat=True))
        asked = [*taken[:3], "memory:elders"]
        assert ledger.places_taken(here().id, key, asked) == dict.fromkeys(taken[:3], False)
        assert ledger.places_taken(here().id, key, []) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, UnicodeError])
def test_a_reader_that_breaks_leaves_a_visible_row_with_its_bytes(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def broken(raw: bytes, **_: object) -> object:
        if b"Grote bijlage" in raw:
            raise error("stuk")
        return real(raw)

    real = understanding.read
    monkeypatch.setattr(understanding, "read", broken)
    bad, good = mails.of_size(5000), mails.citizen()
    assert fetched(MemoryMailbox([bad, good])) == Tally(seen=2, stored=2, needs_hand=1)
    by_state = {mail.state: mail for mail in rows()}
    assert by_state[Triage.NEEDS_HAND].__dict__["raw"] == bad
    assert by_state[Triage.NEEDS_HAND].problem
    assert by_state[Triage.NEW].__dict__["raw"] == good


@pytest.mark.django_db
def test_a_mail_that_kills_the_process_every_time_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """Not even the last net catches it."""

    def deadly(*_: object, **__: object) -> object:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(understanding, "read", deadly)
        for _ in range(understanding.MOST_TRIES):
            with pytest.raises(Killed):
                fetched(MemoryMailbox([mails.citizen()]))
    (mail,) = rows()
    assert mail.read_at is None
    assert read_new(here().id, MONDAY) == {mail.id}
    (mail,) = rows()
    assert mail.state == Triage.NEEDS_HAND
    assert mail.__dict__["raw"] == mails.citizen()


@pytest.mark.django_db
def test_a_mail_that_cannot_be_kept_stays_in_the_box_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(found: Found, *args: object, **kwargs: object) -> Mail:
        if found.raw == mails.care():
            raise ValueError("geen plaats")
        return real(found, *args, **kwargs)

    real = ledger._store
    box = MemoryMailbox([mails.citizen(), mails.care(), mails.police()])
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "_store", full)
        assert fetched(box) == Tally(seen=3, stored=2, left=1)
    assert mails.care() not in box.finished.values()
    assert fetched(box) == Tally(seen=1, stored=1)


@pytest.mark.django_db
def test_a_row_that_clashes_for_another_reason_is_not_taken_for_a_duplicate(monkeypatch: pytest.MonkeyPatch) -> None:
    def clashing(*_: object, **__: object) -> Mail:
        raise ledger.IntegrityError("iets anders")

    box = MemoryMailbox([mails.citizen()])
    monkeypatch.setattr(ledger, "_store", clashing)
    assert fetched(box) == Tally(seen=1, left=1)
    assert not box.finished


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "hand"), [(25 * MEGABYTE, 0), (25 * MEGABYTE + 1, 1)])
def test_25_mb_is_taken_and_more_stays_in_the_box_with_a_line_for_a_person(size: int, hand: int) -> None:
    raw = mails.of_size(size)
    box = MemoryMailbox([raw])
    assert fetched(box) == Tally(seen=1, stored=1, needs_hand=hand)
    (mail,) = rows()
    assert mail.size == size
    assert mail.sender == "groot@inwoner.example"
    assert mail.subject_line == "Grote bijlage"
    if hand:
        assert box.staying
        assert mail.state == Triage.NEEDS_HAND
        assert "25 MB" in mail.problem
        assert raw.startswith(mail.__dict__["raw"])
        assert fetched(box) == Tally(seen=1, duplicates=1)
    else:
        assert mail.__dict__["raw"] == raw
        assert list(box.finished.values()) == [raw]


@pytest.mark.django_db
def test_two_large_mails_with_the_same_headers_are_two() -> None:
    box = MemoryMailbox([mails.of_size(26 * MEGABYTE), mails.of_size(27 * MEGABYTE)])
    assert fetched(box) == Tally(seen=2, stored=2, needs_hand=2)


@pytest.mark.django_db
def test_the_hash_is_of_the_bytes() -> None:
    fetched(MemoryMailbox([mails.citizen()]))
    with system(here().id, MONDAY):
        mail = Mail.objects.get()
        digest = sha256_of(mail)
        assert digest not in str(Mail.objects.values().get())
    assert digest == fetching.hashlib.sha256(mails.citizen()).hexdigest()


@pytest.mark.django_db
def test_a_person_who_settles_meanwhile_is_not_written_over() -> None:
    """Reading writes what it read, and never the state or version that somebody else set."""
    box = MemoryMailbox([mails.citizen()])
    fetch(box, municipality_id=here().id, mailbox_key="postbus", enter=system, at=MONDAY)
    with system(here().id, MONDAY):
        Mail.objects.update(state=Triage.NO_SIGNAL, version=7)
    read_new(here().id, MONDAY)
    (mail,) = rows()
    assert (mail.state, mail.version) == (Triage.NO_SIGNAL, 7)
    assert mail.reading["text"]


def race(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same time, each on a connection of its own; what they gave."""
    results: list[object] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            results.append(act())
        except Exception as error:  # the test looks at it
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.usefixtures("committed")
def test_two_pollers_at_once_with_60_mails() -> None:
    place = here().id
    sent = [mails.citizen(number) for number in range(100, 160)]

    def poll_one(key: str) -> Callable[[], Tally]:
        box = MemoryMailbox(sent)

        def act() -> Tally:
            tally, new = fetch(box, municipality_id=place, mailbox_key=key, enter=system, at=MONDAY)
            tally.needs_hand += len(read_new(place, MONDAY) & set(new))
            return tally

        return act

    first, second = race(poll_one("een"), poll_one("twee"))
    assert isinstance(first, Tally), first
    assert isinstance(second, Tally), second
    for tally in (first, second):
        assert tally.seen == 60 == tally.stored + tally.duplicates + tally.left
        assert tally.left == 0
        assert tally.needs_hand == 0
    assert first.stored + second.stored == 60
    found = rows()
    assert sorted(mail.__dict__["raw"] for mail in found) == sorted(sent)
    assert all(mail.read_at and mail.state == Triage.NEW for mail in found)
    with system(place, MONDAY):
        assert Glimpse.objects.count() == 120


@pytest.mark.django_db
def test_a_box_that_cannot_be_read_stops_no_other_and_stays_visible(settings: object, tmp_path: Path) -> None:
    settings.MELDROUTE_MUNICIPALITY = "heemstede"
    settings.MELDROUTE_MAILBOX = f"maildir:{tmp_path}/bus"
    (tmp_path / "bus").mkdir()
    (tmp_path / "bus" / "een.eml").write_bytes(mails.citizen())
    with system(here().id, MONDAY) as by:
        key_id = ledger.keys.make(municipality_id=by.place, purpose="mailbox")
        polling.Mailbox.objects.create(municipality_id=by.place, key_id=key_id, address=f"maildir:{tmp_path}/weg/bus")
        polling.Mailbox.objects.create(municipality_id=by.place, key_id=key_id, address="onzin:")
    tally, trouble = polling.poll_all(here().id, MONDAY)
    assert tally == Tally(seen=1, stored=1)
    assert trouble is not None
    with system(here().id, MONDAY):
        boxes = {box.address: box for box in polling.Mailbox.objects.all()}
        assert len(boxes) == 3
        assert not boxes[settings.MELDROUTE_MAILBOX].trouble
        assert not boxes[settings.MELDROUTE_MAILBOX].active
        assert boxes["onzin:"].trouble
        assert all(box.polled_at == MONDAY for box in boxes.values())
    with pytest.raises(type(trouble)):
        polling.poll(here().id, MONDAY + timedelta(minutes=1))


@pytest.mark.django_db
def test_only_the_municipality_sees_its_ledger() -> None:
    fetched(MemoryMailbox([mails.citizen()]))
    with system(here("BD").id, MONDAY):
        assert not Mail.objects.exists()
    identity: dict[str, set[bytes]] = {}
    for code in ("HS", "BD"):
        fetch(MemoryMailbox([mails.care()]), municipality_id=here(code).id, mailbox_key="x", enter=system, at=MONDAY)
        with system(here(code).id, MONDAY):
            identity[code] = {bytes(mail.mac) for mail in Mail.objects.all()}
    assert not identity["HS"] & identity["BD"]
