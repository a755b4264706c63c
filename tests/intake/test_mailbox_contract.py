"""What every mailbox promises: the same tests against memory, a Maildir, a plain folder and a real Dovecot."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pytest

from intake import mails
from intake.dovecot import Dovecot
from meldroute.intake.mailboxes import (
    ImapMailbox,
    Mailbox,
    MailboxAddress,
    MaildirMailbox,
    MemoryMailbox,
    Trouble,
)

LIMIT = 4000
NAMES = itertools.count(1)
THREE = (mails.citizen(1), mails.care(2), mails.official(3))


class Box:
    """A mailbox of one kind: deliver into it, and open it as a reader does."""

    def __init__(self, deliver: Callable[[bytes], object], reader: Callable[[], Mailbox]) -> None:
        self.deliver = deliver
        self.reader = reader


def memory() -> Box:
    box = MemoryMailbox(limit=LIMIT)
    return Box(box.put, lambda: box)


def folder(path: Path, where: str, ending: str) -> Box:
    MaildirMailbox(path).done("file:none")  # makes the folders
    count = itertools.count(1)
    return Box(
        lambda raw: (path / where / f"{next(count):04}{ending}").write_bytes(raw),
        lambda: MaildirMailbox(path, limit=LIMIT, settle=0),
    )


def imap(server: Dovecot, options: str = "") -> Box:
    user = f"bak{next(NAMES)}"
    address = MailboxAddress.parse(server.url(user, options=options))
    return Box(lambda raw: server.deliver(user, raw), lambda: ImapMailbox(address, limit=LIMIT, pauses=()))


@pytest.fixture(params=["memory", "maildir", "seen by a mail program", "folder", "imap", "imap that moves", "starttls"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Box:
    match request.param:
        case "memory":
            return memory()
        case "maildir":
            return folder(tmp_path, "new", ".host")
        case "seen by a mail program":
            return folder(tmp_path, "cur", ":2,S")
        case "folder":
            return folder(tmp_path, "", ".eml")
        case "starttls":
            server = request.getfixturevalue("dovecot_tls")
            return imap(server, f"?security=starttls&ca={server.ca_file}")
        case _:
            server = request.getfixturevalue("dovecot")
            return imap(server, "?done=Verwerkt" if "moves" in request.param else "")


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def test_an_empty_box_gives_nothing(box: Box) -> None:
    with box.reader() as reader:
        assert list(reader.new()) == []


def test_every_mail_comes_once_whole_and_in_order(box: Box) -> None:
    for raw in THREE:
        box.deliver(raw)
    with box.reader() as reader:
        found = list(reader.new())
    assert [each.raw for each in found] == list(THREE)
    assert [each.size for each in found] == [len(raw) for raw in THREE]
    assert len({each.ref for each in found}) == 3
    assert all(each.ref.isascii() and len(each.ref) <= 120 and each.trouble is None for each in found)


def test_looking_changes_nothing(box: Box) -> None:
    box.deliver(THREE[0])
    with box.reader() as reader:
        first = list(reader.new())
    with box.reader() as reader:
        assert list(reader.new()) == first


def test_what_the_ledger_knows_is_not_fetched_again(box: Box) -> None:
    for raw in THREE:
        box.deliver(raw)
    with box.reader() as reader:
        known = {each.ref for each in list(reader.new())[:2]}
        again = list(reader.new(known.intersection))
    assert [(each.known, each.raw) for each in again] == [(True, None), (True, None), (False, THREE[2])]


def test_what_another_reader_took_meanwhile_is_not_fetched_again(box: Box) -> None:
    for raw in THREE:
        box.deliver(raw)
    asked: list[int] = []

    def known(refs: Sequence[str]) -> Collection[str]:
        """The other reader takes the last one while this one reads the first."""
        asked.append(len(refs))
        return refs if len(asked) == 4 else ()

    with box.reader() as reader:
        seen = list(reader.new(known))
    assert asked == [3, 1, 1, 1]
    assert [(each.known, each.raw) for each in seen] == [(False, THREE[0]), (False, THREE[1]), (True, None)]


def test_finished_while_reading(box: Box) -> None:
    for raw in THREE:
        box.deliver(raw)
    done: set[str] = set()
    with box.reader() as reader:
        for each in reader.new():
            assert reader.done(each.ref)
            done.add(each.ref)
        assert [each for each in reader.new(done.intersection) if not each.known] == []


def test_finishing_twice_or_what_was_never_there_is_no_error(box: Box) -> None:
    box.deliver(THREE[0])
    with box.reader() as reader:
        ref = next(iter(reader.new())).ref
        reader.done(ref)
        reader.done(ref)
        assert not reader.done("imap:1:2:3:nooit")
        assert not reader.done("niets")


def test_a_mail_that_is_too_large_stays_and_shows_its_headers(box: Box) -> None:
    box.deliver(mails.of_size(LIMIT))
    box.deliver(mails.of_size(LIMIT + 1))
    with box.reader() as reader:
        fits, large = list(reader.new())
        assert (fits.size, fits.trouble) == (LIMIT, None)
        assert (large.size, large.raw, large.trouble) == (LIMIT + 1, None, Trouble.TOO_LARGE)
        assert b"Subject: Grote bijlage" in large.headers
        assert not large.left
        assert large.trouble_text
        assert reader.done(large.ref, stays=True)
        assert large.ref in {each.ref for each in reader.new({large.ref}.intersection)}


def test_equal_mails_are_two_finds(box: Box) -> None:
    box.deliver(THREE[0])
    box.deliver(THREE[0])
    with box.reader() as reader:
        assert len({each.ref for each in reader.new()}) == 2


def test_two_readers_at_one_box_lose_nothing(box: Box) -> None:
    sent = [mails.citizen(number) for number in range(20)]
    for raw in sent:
        box.deliver(raw)
    ledger: set[str] = set()
    with box.reader() as one, box.reader() as other:
        for each, reader in zip_longest_readers(one, other):
            if each.raw is not None:
                ledger.add(digest(each.raw))
                reader.done(each.ref)
    assert ledger == {digest(raw) for raw in sent}


def zip_longest_readers(one: Mailbox, other: Mailbox):
    """Both readers by turns, each until it has nothing more."""
    for pair in itertools.zip_longest(one.new(), other.new()):
        yield from ((each, reader) for each, reader in zip(pair, (one, other), strict=True) if each)
