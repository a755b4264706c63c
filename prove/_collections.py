"""The proof that `prove/collections.py` tells of."""

from __future__ import annotations

import mailbox
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import process_time
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from intake.soundness import assert_sound
from meldroute.domain.vocabulary import Triage
from meldroute.intake import polling
from meldroute.intake.actions.ledger import raw_of
from meldroute.intake.message import Problem, read
from meldroute.intake.models import Mail
from meldroute.people.unit import system
from people_here import MONDAY, here, user

FOLDERS = [Path(word) for word in sys.argv[1:] if Path(word).is_dir()]
SECONDS = 2
"""CPU that reading one mail may take (T2)."""


def mails_in(folder: Path) -> list[bytes]:
    """Every file as it is; an mbox of several mails as its mails."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        raw = path.read_bytes()
        several = raw.startswith(b"From ") and b"\n\nFrom " in raw
        found += _of_mbox(path) if several else [raw]
    return found


def _of_mbox(path: Path) -> list[bytes]:
    with closing(mailbox.mbox(path)) as box:
        return [bytes(mail) for mail in box]


@pytest.mark.usefixtures("committed")
def test_each_mail_is_stored_once_understood_or_in_need_of_a_hand_and_shown(tmp_path: Path) -> None:
    assert FOLDERS, "name the folders with mails on the command line"
    settings.MELDROUTE_MAILBOX, settings.MELDROUTE_MUNICIPALITY = f"maildir:{tmp_path}", "heemstede"
    sent = _dropped(tmp_path)
    once = set(sent)
    place = here().id
    tally, trouble = polling.poll_all(place, MONDAY)
    assert trouble is None
    assert (tally.seen, tally.stored, tally.left) == (len(sent), len(once), 0)
    with system(place, MONDAY):
        rows = list(Mail.objects.order_by("came_at", "id"))
        stored = {mail.id: raw_of(mail) for mail in rows}
        assert sorted(stored.values()) == sorted(once)
        assert all(mail.read_at for mail in rows)
    hand = Counter(mail.problem for mail in rows if mail.state == Triage.NEEDS_HAND)
    print(f"{len(sent)} mails, {len(once)} of them different, {len(rows)} stored; in need of a hand: {dict(hand)}")
    assert Problem.UNEXPECTED.value not in hand
    _shown({mail_id: len(read(raw).parts) for mail_id, raw in stored.items()})
    assert polling.poll_all(place, MONDAY)[0].stored == 0


def _dropped(box: Path) -> list[bytes]:
    """The mails lie in the box; each was read by itself, within its time."""
    sent: list[bytes] = []
    for folder in FOLDERS:
        fresh = mails_in(folder)
        slowest = 0.0
        for raw in fresh:
            began = process_time()
            assert_sound(read(raw))
            slowest = max(slowest, process_time() - began)
        print(f"{folder.name}: {len(fresh)} mails, at most {slowest:.2f} s of CPU each")
        assert slowest < SECONDS
        sent += fresh
    for number, raw in enumerate(sent):
        (box / f"{number}.eml").write_bytes(raw)
    return sent


def _shown(parts: dict[UUID, int]) -> None:
    """Every mail stands in the list, and its page, its source and its files open."""
    client = Client()
    client.force_login(user("meldpunt"))
    page = client.get(reverse("intake:triage")).content.decode()
    assert [mail_id for mail_id in parts if str(mail_id) not in page] == []
    asked = [reverse(f"intake:{name}", args=[mail_id]) for mail_id in parts for name in ("mail", "source")]
    files = [(mail_id, number) for mail_id, count in parts.items() for number in range(1, count + 1)]
    asked += [reverse("intake:part", args=one) for one in files]
    answers = Counter((client.get(address).status_code, address.split("/")[3]) for address in asked)
    print(f"{len(asked)} pages and files of them: {dict(answers)}")
    assert {status for status, _ in answers} == {200}
