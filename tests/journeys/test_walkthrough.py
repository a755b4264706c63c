"""One mail through all six steps: real actions of every role, and a mail received over real SMTP."""

from __future__ import annotations

import json
import socket
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.management import call_command

from meldroute.journal.chain import verify
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from people_here import acting, here


class Kept(Sink):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        return "250 OK"


@pytest.fixture
def sink(settings: object) -> object:
    """A real SMTP server on loopback that the outbox is pointed at."""
    kept = Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.MELDROUTE_SMTP = settings.MELDROUTE_SMTP | {"host": "127.0.0.1", "port": port, "use_tls": False}
    yield kept
    server.stop()


def walked() -> dict:
    out = StringIO()
    call_command("walkthrough", "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.mark.django_db
def test_a_mail_goes_through_all_six_steps_twice_and_each_time_one_mail_comes_out(sink: Kept) -> None:
    first, second = walked(), walked()
    assert first["reference"] != second["reference"]
    assert first["message_id"] != second["message_id"]
    for told in (first, second):
        assert told["states"]["enriching"] == "enriching"
        assert told["states"]["in_loo"] == "in_loo"
        assert told["states"]["closed"] == "closed"
        assert told["journal_entries"] > 30
        assert sum(told["message_id"].encode() in mail for mail in sink.mails) == 1
    assert len(sink.mails) == 2
    for mail in sink.mails:
        assert b"matras" not in mail
        assert b"mensenhandel" not in mail.lower()
    with unit(acting()):
        assert verify(here().id)[1] is None
        assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}
