"""The measurement that `bench/during.py` tells of."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from bench import _beside as beside
from intake import mails
from meldroute.intake.actions.fetching import fetch
from meldroute.intake.mailboxes import MaildirMailbox
from meldroute.intake.models import Mail
from meldroute.intake.polling import read_new
from meldroute.intake.ticking import forget_due
from meldroute.journal.models import Entry
from meldroute.people.unit import system, unit
from people_here import acting, here, user
from signals_here import opened

MAILS, SIZE = 1_000, 50_000
SIGNALS = 10_000
ROWS = 100_000
FILL_MONTH = """
ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE journal_signedhead NO FORCE ROW LEVEL SECURITY;
INSERT INTO journal_entry (id, chain, seq, at, actor, roles, act, "on", ids, fields, result, origin, mac)
 SELECT gen_random_uuid(), %s, -n, '2019-03-10', gen_random_uuid(), '{meldpunt}', 'look', 'route.Signal',
 ARRAY[gen_random_uuid()], '{}', 'done', '127.0.0.1', sha256(n::text::bytea) FROM generate_series(0, %s - 1) n;
INSERT INTO journal_signedhead (id, chain, kind, day, seq, mac, at, signature)
 VALUES (gen_random_uuid(), %s, 'month', '2019-03-01', 0, '', '2019-04-01', '');
ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE journal_signedhead FORCE ROW LEVEL SECURITY;
ANALYZE journal_entry;
"""
"""A month before the first row of the chain; its links are not genuine, which removing does not ask."""
QUIET = 100
"""Pages asked while nothing else goes on, before each piece of work and after it."""


class Page(NamedTuple):
    """One answer: CPU of application and database, and how long it took, in ms."""

    cpu: float
    took: float


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Do `work` in a process of its own, with a connection of its own; gives whether it is still busy."""
    connections.close_all()
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    ended: list[int] = []

    def busy() -> bool:
        if not ended and (told := os.waitpid(child, os.WNOHANG))[0]:
            ended.append(told[1])
        return not ended

    yield busy
    code = ended[0] if ended else os.waitpid(child, 0)[1]
    assert code == 0, code


def asked(client: Client, going: Callable[[int], bool]) -> list[Page]:
    """The first page of the queue, again and again."""
    address, found = reverse("route:queue"), list[Page]()
    assert client.get(address).status_code == 200
    now = beside.clock()
    while going(len(found)):
        cpu, began = now(), time.perf_counter()
        client.get(address)
        found.append(Page(now() - cpu, (time.perf_counter() - began) * 1000))
    return found


def compared(name: str, client: Client, work: Callable[[], object]) -> None:
    """Print what the page costs while `work` goes on, beside the same page before and after it."""
    quiet = asked(client, lambda done: done < QUIET)
    with meanwhile(work) as busy:
        during = asked(client, lambda _done: busy())
    quiet += asked(client, lambda done: done < QUIET)
    told = [f"\nqueue during {name}: {len(during)} pages"]
    for one, before, after in zip(Page._fields, zip(*quiet, strict=True), zip(*during, strict=True), strict=True):
        half, most = median(after), quantiles(after, n=20)[-1]
        told.append(
            f"{one} {half:.1f} ms, {half / median(before):.2f}x of {median(before):.1f} ms; "
            f"slowest twentieth {most:.1f} ms, {most / quantiles(before, n=20)[-1]:.2f}x"
        )
    print("; ".join(told))


def test_during(committed: str, tmp_path: Path) -> None:
    """Print the page during the intake of mails, while their copies are let go, and while the journal gets shorter."""
    with unit(acting(at=acting().at - timedelta(minutes=1))) as by:
        beside.fill(SIGNALS, opened(by).id)
    beside.make_bare(1)
    beside.as_in_use()
    for number in range(MAILS):
        (tmp_path / f"{number}.eml").write_bytes(mails.of_size(SIZE, number))
    at, place = datetime.now(UTC), here().id
    client = Client()
    client.force_login(user("meldpunt"))

    def take_in() -> None:
        with MaildirMailbox(tmp_path, settle=0) as box:
            fetch(box, municipality_id=place, mailbox_key="meting", enter=system, at=at)
        read_new(place, at)

    compared(f"the intake of {MAILS} mails", client, take_in)
    with system(place, at):
        assert Mail.objects.update(content_until=at) == MAILS
    compared(f"letting go of {MAILS} copies", client, lambda: forget_due(place, at))
    with system(place, at):
        assert not Mail.objects.filter(blob_id__isnull=False).exists()
    with connections["owner"].cursor() as cursor:
        cursor.execute(FILL_MONTH, [place, ROWS, place])
    compared(f"the removal of a month of {ROWS} rows of the journal", client, lambda: call_command("expire_journal"))
    with system(place, at):
        assert not Entry.objects.filter(seq__lte=0).exists()
