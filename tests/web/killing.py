"""Workers killed by SIGKILL at any moment, in the middle of real work; then a judge counts every effect.

The jobs: mails to send through a real SMTP server, mails to take in, files to scan. Used with a few kills by the suite
and with 500 by `./meldroute prove worker_kills`.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import connections

from intake import mails
from intake.clamd import FakeScanner
from meldroute.intake.actions.ledger import raw_of
from meldroute.intake.models import Mail
from meldroute.intake.scanning import scan_due
from meldroute.journal.models import Entry
from meldroute.people.unit import system, unit
from meldroute.post.models import Delivery, Outgoing
from meldroute.post.sending import LEASE, sweep
from meldroute.route.actions import attaching
from meldroute.route.models import Attachment, Signal
from meldroute.vault.models import Blob
from meldroute.vault.scanner import Scan
from meldroute.web.ticks import TICKS
from meldroute.web.worker import Tick, work
from people_here import acting, here
from post.mails import queued
from post.wires import Server
from route.files import new

OPEN = (Scan.WAITING, Scan.UNREACHED)


def ticks() -> tuple[Tick, ...]:
    """The worker's own ticks, turned all the time; the scanner of the tests in the place of clamd."""
    scanner = FakeScanner()

    def scan(place: object, at: datetime) -> None:
        scan_due(place, at, scanner)

    own = [replace(tick, seconds=0.0) for tick in TICKS if tick.name in ("postbus", "post")]
    return (*own, Tick("scannen", 0.0, scan))


def worker() -> int:
    """A worker in a process of its own; its pid."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(ticks(), Event(), pause=0.001)
        finally:
            os._exit(0)
    return child


def killed(children: list[int], after: float) -> None:
    """SIGKILL to all, `after` so many seconds."""
    time.sleep(after)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@dataclass
class Jobs:
    """What there is to do. Two jobs a round: one mail to send, and a mail to take in or a file to scan."""

    folder: Path
    signal_id: object = None
    to_send: set[str] = field(default_factory=set)
    to_take: list[bytes] = field(default_factory=list)
    to_scan: int = 0

    def add(self, number: int) -> None:
        with unit(acting(at=datetime.now(UTC))) as by:
            if self.signal_id is None:
                self.signal_id = new(by=by).id
            self.to_send.add(queued(by, subject=f"nummer {number}").message_id)
            if number % 5 < 2:
                signal_row = Signal.objects.get(id=self.signal_id)
                attaching.attach(by=by, signal=signal_row, name=f"{number}.txt", body=b"regel %d" % number)
                self.to_scan += 1
                return
        raw = mails.citizen(number)
        (self.folder / f"{number}.eml").write_bytes(raw)
        self.to_take.append(raw)

    def left(self) -> int:
        """What a living worker still has to do."""
        with system(here().id, datetime.now(UTC)):
            waiting = Outgoing.objects.filter(state=Delivery.QUEUED).count()
            unread = Mail.objects.filter(read_at=None).count() + len(self.to_take) - Mail.objects.count()
            return waiting + unread + _of_files().filter(scan__in=OPEN).count()


def _of_files() -> object:
    return Blob.objects.filter(id__in=Attachment.objects.values("blob_id"))


def kill_workers(kills: int, folder: Path, server: Server, *, longest: float = 0.4) -> str:
    """So many kills, then one worker to the end; judged. Gives the figures."""
    assert f"maildir:{folder}" == settings.MELDROUTE_MAILBOX
    chance, jobs = random.Random(2026), Jobs(folder)
    for number in range(kills):
        jobs.add(number)
        children = [worker() for _ in range(2 if number % 4 == 0 else 1)]
        killed(children, chance.uniform(0.02, longest))
    before = len(server.delivered)
    last = worker()
    until = time.monotonic() + 300
    while time.monotonic() < until and jobs.left():
        time.sleep(0.1)
    killed([last], 0.3)
    with system(here().id, datetime.now(UTC) + LEASE + timedelta(minutes=1)) as by:
        sweep(by=by)
    delivered = Counter(message_from_bytes(data)["Message-ID"] for data in server.delivered)
    return f"kills {kills}, {_mails_out(jobs, delivered)}, {before} of them while kills went on; {_effects(jobs)}"


def _mails_out(jobs: Jobs, delivered: Counter[str]) -> str:
    """None twice; one that did not surely arrive is there to be looked after."""
    assert set(delivered.values()) <= {1}
    assert set(delivered) <= jobs.to_send
    with unit(acting(at=datetime.now(UTC))):
        states = dict(Outgoing.objects.values_list("message_id", "state"))
    sent = {one for one, state in states.items() if state == Delivery.SENT}
    uncertain = {one for one, state in states.items() if state == Delivery.UNCERTAIN}
    assert sent | uncertain == set(states) == jobs.to_send
    assert sent <= set(delivered)
    return f"sent {len(sent)}, uncertain {len(uncertain)} (arrived: {len(uncertain & set(delivered))}), twice 0"


def _effects(jobs: Jobs) -> str:
    """Every effect in the database once: rows, and journal entries about them."""
    with system(here().id, datetime.now(UTC)):
        assert Counter(raw_of(mail) for mail in Mail.objects.all()) == Counter(jobs.to_take)
        assert not Mail.objects.filter(read_at=None).exists()
        rows = Entry.objects.filter(act__in=("mail.store", "mail.read", "mail.sent", "file.scan"))
        entries = Counter((entry.act, one) for entry in rows for one in entry.ids)
        assert set(entries.values()) == {1}
        assert _of_files().filter(scan=Scan.CLEAN).count() == jobs.to_scan
    return f"taken in {len(jobs.to_take)}, scanned {jobs.to_scan}, each once"
