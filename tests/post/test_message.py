"""The message over the wire: nothing can carry a header in, the receiver reads what was written."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldroute.domain.verdict import Refused
from meldroute.people.unit import unit
from meldroute.post.actions import written
from meldroute.post.message import BadAddress, address, as_received, letter_of, one_line, preview
from meldroute.post.models import Outgoing
from people_here import MONDAY, acting

from .mails import PLAIN, queued

BAD = [
    "",
    "kees",
    "@voorbeeld.nl",
    "kees@",
    "kees@voorbeeld.nl\r\nBcc: x@voorbeeld.nl",
    "kees@voorbeeld.nl\nRCPT TO:<x@voorbeeld.nl>",
    "kees@voorbeeld.nl, piet@voorbeeld.nl",
    "kees@voorbeeld.nl piet@voorbeeld.nl",
    "Kees <kees@voorbeeld.nl>",
    "<kees@voorbeeld.nl>",
    '"kees jansen"@voorbeeld.nl',
    "kees..jansen@voorbeeld.nl",
    "késs@voorbeeld.nl",
    "kees@voor beeld.nl",
    "kees@-voorbeeld.nl",
    "k" * 65 + "@voorbeeld.nl",
    "kees@voorbeeld.nl\x00",
    "kees@" + "a." * 150 + "nl",
]


@pytest.mark.parametrize("written_as", BAD)
def test_what_is_no_plain_address_is_refused(written_as: str) -> None:
    with pytest.raises(BadAddress):
        address(written_as)


def test_plain_addresses_stay_and_a_domain_goes_in_ascii() -> None:
    assert address(" kees+x@voorbeeld.nl ") == "kees+x@voorbeeld.nl"
    assert address("kees@bücher.example") == "kees@xn--bcher-kva.example"


@pytest.mark.django_db
@pytest.mark.parametrize("written_as", BAD)
def test_a_bad_address_is_a_refusal_and_leaves_no_row(written_as: str) -> None:
    with unit(acting()) as by:
        with pytest.raises(Refused):
            queued(by, to=written_as)
        assert not Outgoing.objects.exists()


def outgoing(**other: str) -> Outgoing:
    by = type("By", (), {"place": None, "at": MONDAY, "user_id": None})()
    return written(by=by, key_id=None, about="test.Act", about_id=None, **(PLAIN | other))


INJECTED = [
    "Uw bericht\r\nBcc: x@voorbeeld.nl",
    "Uw bericht\nSubject: anders",
    "Uw bericht\r\n\r\nlijf",
    "Uw bericht\x00\x0b\x1b[31m",
    "Uw\x85bericht\u2028Bcc: x@voorbeeld.nl",
]


@pytest.mark.parametrize("subject", INJECTED)
def test_a_subject_cannot_carry_a_header_in(subject: str) -> None:
    data = letter_of(outgoing(subject=subject)).data
    message = message_from_bytes(data, policy=SMTP)
    assert message["Bcc"] is None
    assert len(message.get_all("Subject")) == 1
    assert as_received(data).text == PLAIN["body"]


def test_a_file_name_cannot_carry_a_header_in() -> None:
    with pytest.raises(ValueError, match="file name"):
        outgoing(attachments={"a.ics\r\nBcc: x@voorbeeld.nl": "x"})


LONG = "Één bericht over iets héél gewoons, " * 8


def test_long_headers_are_folded_and_unfold_to_what_was_written() -> None:
    letter = letter_of(outgoing(subject=LONG))
    assert max(len(line) for line in letter.data.split(b"\r\n")) <= 78
    assert as_received(letter.data).subject == LONG.strip()


def test_lines_end_in_crlf_and_all_is_ascii() -> None:
    data = letter_of(outgoing(body="Hé\nélk\r\nwoord €\n.\n..punt\n" + "x" * 3000)).data
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 998


PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


WORDS = st.lists(st.sampled_from(["één", "bericht", "over", "iets", "héél", "x" * 30, "€"]), max_size=40).map(" ".join)


@settings(deadline=None)
@given(subject=PRINTED | WORDS, lines=st.lists(PRINTED, min_size=1, max_size=6))
def test_the_receiver_reads_what_was_written(subject: str, lines: list[str]) -> None:
    body = "\n".join(lines) + "\n"
    seen = preview(outgoing(subject=subject, body=body))
    assert seen.text == body
    assert seen.subject == one_line(subject)


def test_a_calendar_file_says_its_method() -> None:
    mail = outgoing(attachments={"overleg.ics": "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"})
    message = message_from_bytes(letter_of(mail).data, policy=SMTP)
    part = next(message.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "CANCEL"
    assert part.get_filename() == "overleg.ics"


def test_the_token_stands_in_reply_to_and_message_id(settings: object) -> None:
    settings.MELDROUTE_MAIL_FROM = "meldpunt@oefen.example"
    mail = outgoing(reply_token="mr-abcdefghijklmnopqrstuvwxyz")
    assert preview(mail).reply_to == "meldpunt+mr-abcdefghijklmnopqrstuvwxyz@oefen.example"
    assert mail.message_id.startswith("<mr-abcdefghijklmnopqrstuvwxyz.")
