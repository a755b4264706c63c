"""No mail stops the reader, costs too much, or loses something without a word (targets T1, T2)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intake import hostile, mails
from intake.soundness import assert_sound
from meldroute.intake.message import Problem, read
from meldroute.intake.message.addresses import addresses
from meldroute.intake.message.headers import decode_words, parameters
from meldroute.intake.message.text import html_to_text

ROOT = Path(__file__).parents[2]
AT_LEAST = 2_000
slow_machine = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def test_2000_hostile_mails_within_the_limits_of_the_operating_system() -> None:
    """2 s CPU per mail and 200 MB in all, held by RLIMIT_CPU and RLIMIT_AS in a process of its own."""
    done: list[dict[str, object]] = []
    for _ in range(3):
        code, lines, error = bounded(2000, skip=len(done))
        done += [line for line in lines if "name" in line]
        if code != -signal.SIGXCPU or not any("name" in line for line in lines):
            break
        # A machine that is paused charges the pause to whoever runs. The culprit is the first of the next run:
        # when it takes too long again, that run reads nothing and the test fails.
    assert code == 0, f"{lines[-1:]}: {error[-2000:]}"
    assert len(done) >= AT_LEAST
    assert [line["name"] for line in done if line["unexpected"]] == []


def bounded(mutations: int, *, skip: int) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, printed lines and errors of one run of `intake.bounded`."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    run = subprocess.run(
        [sys.executable, "-m", "intake.bounded", str(mutations), str(skip)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


HANDS = {
    "empty": Problem.EMPTY,
    "only spaces": Problem.EMPTY,
    "no headers": Problem.NO_HEADERS,
    "binary": Problem.NO_HEADERS,
    "Outlook file": Problem.OUTLOOK_FILE,
    "multipart without boundary": Problem.BROKEN_PARTS,
    "1 MB header": Problem.HEADER_TOO_LARGE,
    "1 MB of headers": Problem.HEADER_TOO_LARGE,
    "1,000 layers": Problem.TOO_DEEP,
    "1,000 layers of one boundary": Problem.TOO_MANY_PARTS,
    "1,000 mails in mails": Problem.TOO_DEEP,
    "10,000 parts": Problem.TOO_MANY_PARTS,
    "a million delimiters": Problem.TOO_MANY_PARTS,
    "only headers": Problem.NOTHING_READABLE,
}


@pytest.mark.parametrize(("name", "problem"), HANDS.items())
def test_what_is_beyond_the_limits_needs_a_hand_and_says_why(name: str, problem: Problem) -> None:
    reading = read(hostile.TABLE[name]())
    assert reading.needs_hand
    assert problem in {noted.problem for noted in reading.problems}


READABLE = (
    "bare CR",
    "bare LF",
    "CR CR LF",
    "mixed line ends",
    "mbox From line",
    "quoted From line",
    "UTF-8 BOM",
    "UTF-16",
    "blank lines first",
    "no Message-ID",
)


@pytest.mark.parametrize("name", READABLE)
def test_what_mail_programs_do_wrong_every_day_is_read_as_it_was_meant(name: str) -> None:
    reading = read(hostile.TABLE[name]())
    assert not reading.needs_hand
    assert reading.sender is not None
    assert reading.sender.address.endswith(".example")
    assert reading.date is not None
    assert "Oefenbericht" in reading.text


def test_a_zip_that_claims_10_gb_is_kept_packed() -> None:
    (part,) = read(hostile.zip_bomb()).parts
    assert (part.filename, part.sniffed, len(part.data) < 2000) == ("bom.zip", "application/zip", True)


def test_equal_message_ids_are_read_apart() -> None:
    one, other = read(mails.citizen(7)), read(mails.citizen(7).replace(b"geschreeuw", b"muziek"))
    assert one.message_id == other.message_id
    assert one.text != other.text


@given(st.binary(max_size=2000))
@slow_machine
def test_any_bytes(raw: bytes) -> None:
    assert_sound(read(raw))


BITS = st.sampled_from(
    [b"Content-Type: ", b"multipart/mixed", b"; boundary=b", b"; charset=", b"message/rfc822", b"text/html"]
    + [b"\r\n", b"\r\n\r\n", b"--b", b"--b--", b"<p>", b'"', b"<", b">", b"\0", b"\xc3", b"=", b" "]
    + [b"Subject: ", b"=?utf-8?b?w6k=?=", b"From: ", b"a@b.example", b"Van: ", b"FW: ", b"Date: "]
    + [b"Content-Transfer-Encoding: base64", b"quoted-printable"]
)


@given(st.lists(BITS, max_size=60))
@slow_machine
def test_any_bits_of_mail_in_any_order(bits: list[bytes]) -> None:
    assert_sound(read(b"".join(bits)))


@given(st.text(max_size=400))
@slow_machine
@example("<")
@example("<!--")
@example("&#99999999999999999999;")
def test_any_text_as_header_and_html(text: str) -> None:
    addresses(text)
    decode_words(text)
    parameters(text)
    html_to_text(text)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)


@given(subject=TEXT, body=TEXT, name=TEXT, files=st.lists(st.binary(max_size=300), max_size=4))
@slow_machine
def test_well_formed_mail_reads_as_the_standard_library_reads_it(
    subject: str, body: str, name: str, files: list[bytes]
) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Jan <jan@inwoner.example>"
    message["Subject"] = subject
    message.set_content(body)
    for data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    raw = message.as_bytes()
    reading = read(raw)
    assert [part.data for part in reading.parts] == files
    assert all(part.filename for part in reading.parts)
    shown = standard_text(raw)
    assert "".join(reading.text.split()) == "".join(shown.replace("\ufeff", "").split())


def standard_text(raw: bytes) -> str:
    """The text of a well-formed mail by the standard library: an independent reader."""
    body = message_from_bytes(raw, policy=default).get_body(("plain",))
    return body.get_content() if body is not None else ""
