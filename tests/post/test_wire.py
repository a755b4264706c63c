"""What the real wire and the pretended one say of every way in which a server can misbehave."""

from __future__ import annotations

from uuid import uuid4

import pytest

from meldroute.post.message import Letter
from meldroute.post.models import Delivery
from meldroute.post.wire import Smtp, Wire

from .wires import Does, FakeWire, Point, Server, closed_port, smtp_at

Q, S, U, F = Delivery.QUEUED, Delivery.SENT, Delivery.UNCERTAIN, Delivery.FAILED
TABLE = [
    (None, Does.CUT, S, 1),
    (Point.CONNECT, Does.CUT, Q, 0),
    (Point.HELLO, Does.CUT, Q, 0),
    (Point.MAIL, Does.CUT, Q, 0),
    (Point.RCPT, Does.CUT, Q, 0),
    (Point.DATA, Does.CUT, Q, 0),
    (Point.CONTENT, Does.CUT, U, 0),
    (Point.END, Does.CUT, U, 1),
    (Point.QUIT, Does.CUT, S, 1),
    (Point.MAIL, Does.REFUSE, F, 0),
    (Point.RCPT, Does.REFUSE, F, 0),
    (Point.DATA, Does.REFUSE, F, 0),
    (Point.END, Does.REFUSE, F, 0),
    (Point.MAIL, Does.BUSY, Q, 0),
    (Point.RCPT, Does.BUSY, Q, 0),
    (Point.DATA, Does.BUSY, Q, 0),
    (Point.END, Does.BUSY, Q, 0),
]


def letter() -> Letter:
    return Letter(
        "meldpunt@oefen.example", "kees@oefen.example", f"<{uuid4()}@x>", b"Subject: x\r\n\r\n.punt\r\neind\r\n"
    )


@pytest.mark.parametrize("real", [True, False], ids=["smtp", "fake"])
@pytest.mark.parametrize(("point", "does", "state", "taken"), TABLE)
def test_both_wires_tell_the_same(
    settings: object, point: Point | None, does: Does, state: Delivery, taken: int, real: bool
) -> None:
    sent = letter()
    with Server(point, does) as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        fake = FakeWire(point, does)
        wire: Wire = Smtp() if real else fake
        assert wire.deliver(sent).state is state
        delivered = server.delivered if real else fake.delivered
        assert delivered == [sent.data] * taken


def test_nobody_there_is_tried_again_later(settings: object) -> None:
    settings.MELDROUTE_SMTP = smtp_at(closed_port())
    told = Smtp().deliver(letter())
    assert (told.state, told.trouble) == (Q, "ConnectionRefusedError")


def test_a_server_without_tls_gets_nothing(settings: object) -> None:
    with Server() as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port) | {"use_tls": True}
        assert Smtp().deliver(letter()).state is Q
        assert server.delivered == []


def test_the_words_of_the_server_are_not_kept(settings: object) -> None:
    with Server(Point.RCPT, Does.REFUSE) as server:
        settings.MELDROUTE_SMTP = smtp_at(server.port)
        assert Smtp().deliver(letter()).trouble == "SMTP 550"
