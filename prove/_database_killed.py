"""The proof that `prove/database_killed.py` tells of."""

from __future__ import annotations

import os
import random
import resource
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from uuid import UUID

import psycopg
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from intake.test_intake_desk import CALL, DESK
from launcher.cluster import Cluster
from launcher.places import places
from launcher.roles import ADMIN
from meldroute.people.unit import unit
from meldroute.route.models import Attachment, Observation, Reporter, Signal, TimelineEntry
from meldroute.vault import blobs
from meldroute.vault.models import Blob, Chunk
from meldroute.web.practice import PASSWORD
from people_here import acting, user
from prove._pytest import rounds
from route.files import new
from web.serving import Visitor, database_url, served

ROUNDS = rounds(20)
CALLERS, EACH = 8, 25
MOST = 17 * 1024 * 1024
"""Bytes: a segment of the log is 16 MB, and must fit."""


class Database:
    """The server of this proof, to be killed and started again."""

    def __init__(self) -> None:
        found = places()
        self.cluster = Cluster(found, found.installation("bench"))

    @property
    def pid(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().split()[0])

    def kill(self, how: signal.Signals) -> None:
        pid = self.pid
        os.kill(pid, how)
        until = time.monotonic() + 30
        while time.monotonic() < until and _alive(pid):
            time.sleep(0.02)

    def start(self) -> None:
        """Start it again, with recovery, at the same port."""
        self.cluster.start()

    def start_full(self) -> None:
        """Start it so that no file of it may grow beyond MOST: a disk that is full, also for its superuser."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, before[1]))
        try:
            self.start()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def amcheck(self, database: str) -> str:
        """What amcheck says of every btree index of the database; empty when all is well."""
        port = int((self.cluster.installation.folder / "database-port").read_text())
        login = f"host=127.0.0.1 port={port} user={ADMIN} dbname={database}"
        with psycopg.connect(login, password=self.cluster.passwords.admin, autocommit=True) as line:
            line.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            rows = line.execute(
                "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
                "WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p'"
            ).fetchall()
            heaps = line.execute(
                "SELECT c.relname, h.msg FROM pg_class c, LATERAL verify_heapam(c.oid) h WHERE c.relkind = 'r'"
                " AND c.relpersistence = 'p'"
            ).fetchall()
        assert not heaps, heaps
        return f"{len(rows)} indexes"


def _alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@dataclass
class Callers:
    """Eight people at the desk, each registering calls; what every answer was."""

    port: int
    token: str
    cookies: dict[str, str]
    received: list[tuple[str, str]] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unsure: list[str] = field(default_factory=list)

    def call(self, caller: int, round_number: int) -> None:
        visitor = Visitor(self.port, dict(self.cookies))
        for number in range(EACH):
            what = f"proef {round_number}-{caller}-{number} in de oefenstraat"
            try:
                page = visitor.post(DESK, CALL | {"what": what, "csrfmiddlewaretoken": self.token})
            except (OSError, HTTPException):
                self.statuses[0] += 1
                self.unsure.append(what)
                continue
            self.statuses[page.status] += 1
            if page.status == 302:
                self.received.append((what, page.headers["Location"]))
            else:
                assert page.status == 503, page.text[:500]
                assert what in page.text
                self.unsure.append(what)
                time.sleep(0.05)

    def all_call(self, round_number: int, meanwhile: object) -> None:
        threads = [threading.Thread(target=self.call, args=(n, round_number)) for n in range(CALLERS)]
        for thread in threads:
            thread.start()
        meanwhile()
        for thread in threads:
            thread.join()


def looked_up(callers: Callers) -> tuple[int, int]:
    """Every received call is there once, whole; of the others each is there whole or not at all."""
    connections.close_all()
    with unit(acting()):
        texts = Counter(Observation.objects.filter(signal__isnull=False).values_list("id", flat=True))
        assert texts
        told = Counter(row.text for row in Observation.objects.all() if row.text.startswith("proef "))
        assert set(told.values()) <= {1}
        assert {what for what, _ in callers.received} <= set(told)
        assert set(told) <= {what for what, _ in callers.received} | set(callers.unsure)
        ids = set(Signal.objects.values_list("id", flat=True))
        assert {UUID(where.strip("/").split("/")[-1]) for _, where in callers.received if where.count("-") == 4} <= ids
        whole = set(Reporter.objects.values_list("signal_id", flat=True))
        assert ids == whole == set(TimelineEntry.objects.values_list("signal_id", flat=True))
    return len(told), len(callers.unsure)


def test_every_answer_received_is_there_after_a_crash(committed: str) -> None:
    chance, database = random.Random(2026), Database()
    with served(database_url(committed), workers=2) as port:
        visitor = Visitor(port)
        visitor.login("meldpunt", PASSWORD)
        callers = Callers(port, visitor.token(DESK), visitor.cookies)
        for number in range(ROUNDS):

            def crash(number: int = number) -> None:
                time.sleep(chance.uniform(0.1, 2.5))
                database.kill(signal.SIGQUIT if number % 2 else signal.SIGKILL)
                time.sleep(0.2)
                database.start()

            callers.all_call(number, crash)
        there, unsure = looked_up(callers)
        print(f"crashes {ROUNDS}, calls {ROUNDS * CALLERS * EACH}, answers {dict(callers.statuses)}")
        stored = there - len(callers.received)
        print(f"received {len(callers.received)}, all there; unsure {unsure}, of which stored {stored}")
        print(f"amcheck clean: {database.amcheck(committed)}, all heaps")


def test_a_disk_that_is_full_stores_nothing_half(committed: str) -> None:
    """Attachments until PostgreSQL cannot make its file larger; then a disk with room again."""
    database = Database()
    database.kill(signal.SIGQUIT)
    database.start_full()
    connections.close_all()
    client = Client(raise_request_exception=False)
    client.force_login(user("meldpunt"))
    with unit(acting()) as by:
        address = reverse("route:attach", args=[new(by=by).id])
    answers = Counter(_attached(client, address, number) for number in range(40))
    assert set(answers) == {302, 503}
    _nothing_half(answers[302])
    database.kill(signal.SIGQUIT)
    database.start()
    connections.close_all()
    assert _attached(client, address, 99) == 302
    _nothing_half(answers[302] + 1)
    print(f"disk full: of 40 files of 1 MB {answers[302]} kept, {answers[503]} refused, nothing half; room again: kept")
    print(f"amcheck clean: {database.amcheck(committed)}, all heaps")


def _attached(client: Client, address: str, number: int) -> int:
    body = random.Random(number).randbytes(1024 * 1024)
    answer = client.post(address, {"file": SimpleUploadedFile(f"{number}.bin", body)})
    assert answer.status_code == 302 or "De gegevens zijn even niet bereikbaar" in answer.content.decode()
    return int(answer.status_code)


def _nothing_half(kept: int) -> None:
    with unit(acting()):
        sizes = [len(blobs.read(row.blob_id)) for row in Attachment.objects.all()]
        assert sizes == [1024 * 1024] * kept
        assert Blob.objects.count() == kept
        assert Chunk.objects.count() == kept
        assert TimelineEntry.objects.filter(kind="attachment.add").count() == kept
