"""Files in folders: half-written, vanishing, linked, unreadable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake import mails
from meldroute.intake.mailboxes import MailboxUnavailable, MaildirMailbox, MemoryMailbox, Trouble

MAIL = mails.citizen()


def opened(path: Path, **more: object) -> MaildirMailbox:
    return MaildirMailbox(path, settle=0, **more)  # type: ignore[arg-type]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    assert list(opened(tmp_path).new()) == []
    return tmp_path


def test_a_file_that_is_still_growing_is_left(box: Path) -> None:
    path = box / "groeit.eml"
    path.write_bytes(MAIL[:100])
    reader = opened(box, sleep=lambda _: path.write_bytes(MAIL[:200]) and None)
    (found,) = reader.new()
    assert (found.trouble, found.raw, found.left) == (Trouble.STILL_ARRIVING, None, True)
    path.write_bytes(MAIL)
    (found,) = opened(box).new()
    assert found.raw == MAIL


def test_a_file_that_grew_after_it_was_read_is_not_put_away(box: Path) -> None:
    path = box / "groeit.eml"
    path.write_bytes(MAIL[:100])
    reader = opened(box)
    (half,) = reader.new()
    path.write_bytes(MAIL)
    assert not reader.done(half.ref)
    (whole,) = reader.new({half.ref}.intersection)
    assert whole.raw == MAIL
    assert reader.done(whole.ref)
    assert (box / "verwerkt" / "groeit.eml").read_bytes() == MAIL


def test_old_files_are_taken_without_waiting(box: Path) -> None:
    (box / "oud.eml").write_bytes(MAIL)
    os.utime(box / "oud.eml", (1_700_000_000, 1_700_000_000))
    reader = MaildirMailbox(box, sleep=_never)
    assert [found.raw for found in reader.new()] == [MAIL]


def _never(seconds: float) -> None:
    raise AssertionError("nothing to wait for")


def test_delivery_by_rename_from_tmp(box: Path) -> None:
    (box / "tmp" / "1.host").write_bytes(MAIL)
    assert list(opened(box).new()) == []
    (box / "tmp" / "1.host").rename(box / "new" / "1.host")
    assert [found.raw for found in opened(box).new()] == [MAIL]


@pytest.mark.parametrize("name", [".verborgen.eml", "foto.jpg", "bericht.eml.part", "verwerkt/oud.eml"])
def test_other_files_in_the_folder_are_no_mail(box: Path, name: str) -> None:
    (box / name).write_bytes(MAIL)
    assert list(opened(box).new()) == []


@pytest.mark.parametrize("name", ["BERICHT.EML", "sleep.msg", "naam met spatie é.eml"])
def test_dropped_files_are_mail(box: Path, name: str) -> None:
    (box / name).write_bytes(MAIL)
    assert [found.raw for found in opened(box).new()] == [MAIL]


def test_names_that_are_no_text_are_no_trouble(box: Path) -> None:
    (Path(os.fsdecode(os.fsencode(box) + b"/new/\xff\xfe.host"))).write_bytes(MAIL)
    (found,) = opened(box).new()
    assert found.ref.isascii()
    assert opened(box).done(found.ref)


def test_links_pipes_and_folders_are_not_followed(box: Path) -> None:
    (box / "elders.txt").write_bytes(b"geheim")
    (box / "new" / "link.eml").symlink_to(box / "elders.txt")
    os.mkfifo(box / "new" / "pijp.eml")
    (box / "new" / "map.eml").mkdir()
    assert list(opened(box).new()) == []


def test_a_file_that_vanishes_while_reading_is_passed_over(box: Path) -> None:
    (box / "new" / "1").write_bytes(MAIL)
    (box / "new" / "2").write_bytes(MAIL)
    reading = opened(box).new()
    next(reading)
    (box / "new" / "2").unlink()
    assert list(reading) == []


def test_equal_names_do_not_overwrite_what_was_done_before(box: Path) -> None:
    for number in (1, 2):
        (box / "bericht.eml").write_bytes(mails.citizen(number))
        reader = opened(box)
        assert reader.done(next(iter(reader.new())).ref)
    kept = {path.read_bytes() for path in (box / "verwerkt").iterdir()}
    assert kept == {mails.citizen(1), mails.citizen(2)}


def test_an_empty_file_is_a_mail_too(box: Path) -> None:
    (box / "new" / "leeg").touch()
    assert [found.raw for found in opened(box).new()] == [b""]


def test_the_folder_is_made_but_not_the_way_to_it(tmp_path: Path) -> None:
    assert list(opened(tmp_path / "mail").new()) == []
    assert (tmp_path / "mail" / "new").is_dir()
    with pytest.raises(MailboxUnavailable, match="bestaat niet"):
        list(opened(tmp_path / "geen" / "mail").new())


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "mail").write_bytes(b"")
    with pytest.raises(MailboxUnavailable, match="kan niet worden gelezen"):
        list(opened(tmp_path / "mail").new())


def test_an_unreadable_file_does_not_stop_the_others(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal of the operating system is played."""
    (box / "new" / "1").write_bytes(MAIL)
    (box / "new" / "2").write_bytes(MAIL)
    real = os.open

    def refusing(path: os.PathLike[str] | str, *more: int) -> int:
        if os.fspath(path).endswith("/new/1"):
            raise PermissionError(13, "nee")
        return real(path, *more)

    monkeypatch.setattr("meldroute.intake.mailboxes.maildir.os.open", refusing)
    assert [found.trouble for found in opened(box).new()] == [Trouble.UNREADABLE, None]


def test_a_memory_box_that_is_away() -> None:
    box = MemoryMailbox([MAIL])
    box.away = True
    with pytest.raises(MailboxUnavailable, match="viel weg"):
        list(box.new())
