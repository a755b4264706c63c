"""Guessing: ten tries per account in a quarter whatever the address, and the owner still gets in (T43)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connections
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from meldroute.journal.models import Entry
from meldroute.people import attempts, factors, invitations
from meldroute.people.models import Attempt, RecoveryCode, User
from people_here import user
from rounds_here import measured, rounds

MAIL, PASSWORD = "meldpunt@oefen.example", "oefenen-is-veilig"
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that went to the hasher; a wrong one costs no time here."""
    hashed: list[str] = []
    encode = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, password: str, *args: object, **kwargs: object) -> str:
        hashed.append(password)
        return encode(self, password, *args, **kwargs) if password == PASSWORD else "scrypt$16384$zout$8$5$mis"

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    return hashed


def guess(client: Client, password: str, *, mail: str = MAIL, address: str = "192.0.2.1") -> int:
    told = {"username": mail, "password": password}
    return client.post("/inloggen/", told, REMOTE_ADDR=address).status_code


def addresses(number: int) -> list[str]:
    return [f"198.51.{one // 250}.{one % 250}" for one in range(number)]


def spread(guesses: int) -> Iterator[int]:
    """So many guesses over ten minutes, the clock with them."""
    for n in range(guesses):
        with time_machine.travel(START + timedelta(minutes=10) * n / guesses, tick=False):
            yield n


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 500])
def test_ten_guesses_per_account_are_tried_from_one_address_and_from_many(tried: list[str], number: int) -> None:
    """The owner's own device gets in all the time, and any other after a quarter."""
    guesses, known, stranger = rounds(30, 10_000), Client(), Client()
    sources = random.Random(number).sample(addresses(500), number)
    answers, own = [], []
    with time_machine.travel(START - timedelta(hours=1), tick=False):
        assert guess(known, PASSWORD) == 302
    for n in spread(guesses):
        stranger.cookies.clear()
        answers.append(guess(stranger, f"gok {n}", address=sources[n % number]))
        if n % (guesses // 3) == 1:
            known.post("/uitloggen/")
            own.append(guess(known, PASSWORD))
    assert answers == [200] * 10 + [429] * (guesses - 10)
    assert len([one for one in tried if one != PASSWORD]) == 10
    assert own == [302] * 3
    with time_machine.travel(START + timedelta(minutes=26), tick=False):
        assert guess(Client(), PASSWORD) == 302
    measured(f"guesses at one account from {number} addresses, 10 of them tried", guesses)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 500])
def test_an_account_that_is_not_there_is_guessed_at_with_the_same_answers_and_work(
    tried: list[str], number: int
) -> None:
    guesses, stranger = rounds(12, 1_000), Client()
    sources = addresses(number)
    told: dict[str, list[tuple[int, int]]] = {MAIL: [], "niemand@oefen.example": []}
    for n in spread(guesses):
        for mail, answers in told.items():
            stranger.cookies.clear()
            tried.clear()
            answers.append((guess(stranger, f"gok {n}", mail=mail, address=sources[n % number]), len(tried)))
    assert told[MAIL] == told["niemand@oefen.example"] == [(200, 1)] * 10 + [(429, 0)] * (guesses - 10)
    measured(f"guesses at each of both from {number} addresses, same answer and same work", guesses)


@pytest.mark.django_db
def test_who_goes_on_guessing_all_day_has_ten_a_quarter_and_shuts_nobody_out(tried: list[str]) -> None:
    known, stranger, quarters, all_tried = Client(), Client(), rounds(2, 96), []
    with time_machine.travel(START - timedelta(hours=1), tick=False):
        assert guess(known, PASSWORD) == 302
    for quarter in range(quarters):
        for minute, guesses in ((0, 12), (7, 1), (14, 1)):
            with time_machine.travel(START + timedelta(minutes=15 * quarter + minute), tick=False):
                tried.clear()
                for n in range(guesses):
                    stranger.cookies.clear()
                    guess(stranger, f"gok {n}", address=f"198.51.{quarter}.{n}")
            all_tried.append(len(tried))
    assert all_tried == [10, 0, 0] * quarters
    with time_machine.travel(START + timedelta(minutes=quarters * 15 - 1), tick=False):
        known.post("/uitloggen/")
        assert guess(known, PASSWORD) == 302
    with time_machine.travel(START + timedelta(minutes=quarters * 15), tick=False):
        assert guess(Client(), PASSWORD) == 302
    measured("quarters of guessing, ten tried in each", quarters)


def test_guesses_at_the_same_moment_wait_for_each_other(committed: str) -> None:
    """Nothing slips in between counting and writing."""
    start, each = Barrier(8), rounds(3, 200)

    def many(caller: int) -> list[int]:
        start.wait()
        try:
            return [guess(Client(), f"gok {caller} {n}", address=f"192.0.2.{caller}") for n in range(each)]
        finally:
            connections.close_all()

    with time_machine.travel(START, tick=False), ThreadPoolExecutor(8) as callers:
        answers = Counter(status for told in callers.map(many, range(8)) for status in told)
    assert answers == {200: 10, 429: 8 * each - 10}
    measured("guesses by eight at once, 10 of them tried", 8 * each)


@pytest.mark.django_db
def test_after_a_quarter_the_account_opens_again_and_a_known_device_at_once(tried: list[str]) -> None:
    known = Client()
    with time_machine.travel(START, tick=False):
        assert guess(known, PASSWORD) == 302
        for n in range(30):
            guess(Client(), f"gok {n}")
        assert guess(Client(), PASSWORD) == 429
        known.post("/uitloggen/")
        assert guess(known, PASSWORD) == 302
    with time_machine.travel(START + timedelta(minutes=15, seconds=1), tick=False):
        assert guess(Client(), PASSWORD) == 302


@pytest.mark.django_db
def test_a_known_device_has_ten_guesses_too_and_knows_one_account(tried: list[str]) -> None:
    known = Client()
    with time_machine.travel(START, tick=False):
        guess(known, PASSWORD)
        known.post("/uitloggen/")
        assert [guess(known, f"gok {n}") for n in range(12)] == [200] * 10 + [429] * 2
        tried.clear()
        others = [guess(known, f"gok {n}", mail="handhaver@oefen.example") for n in range(12)]
        assert others == [200] * 10 + [429] * 2
        told = known.cookies["bekend"].value
        known.cookies["bekend"] = told[:-1] + ("E" if told.endswith("A") else "A")
        assert guess(known, "gok") == 200


@pytest.mark.django_db
@pytest.mark.parametrize("spelled", ["MELDPUNT@oefen.example", " meldpunt@oefen.example", "meldpunt@OEFEN.example"])
def test_another_spelling_is_the_same_account(tried: list[str], spelled: str) -> None:
    with time_machine.travel(START, tick=False):
        for n in range(10):
            guess(Client(), f"gok {n}")
        assert guess(Client(), "gok", mail=spelled) == 429


@pytest.mark.django_db
def test_an_unknown_a_barred_and_an_invited_account_answer_alike_after_the_same_work(tried: list[str]) -> None:
    User.objects.filter(email="handhaver@oefen.example").update(is_active=False)
    invited = user("melder")
    invited.set_unusable_password()
    invited.save()
    names = (MAIL, "niemand@oefen.example", "handhaver@oefen.example", "melder@oefen.example")
    pages, work = [], []
    with time_machine.travel(START, tick=False):
        for name in names:
            client = Client()
            tried.clear()
            answers = [client.post("/inloggen/", {"username": name, "password": "gok"}) for _ in range(11)]
            assert [one.status_code for one in answers] == [200] * 10 + [429]
            work.append(len(tried))
            pages.append(
                [one.content.decode().replace(name, "").partition("csrfmiddlewaretoken")[0] for one in answers]
            )
    assert work == [10] * 4
    assert all(page == pages[0] for page in pages)


@pytest.mark.django_db
def test_one_address_cannot_spray_one_password_over_many_accounts(tried: list[str]) -> None:
    with time_machine.travel(START, tick=False):
        answers = [guess(Client(), "Welkom2026!", mail=f"naam{n}@oefen.example") for n in range(110)]
        assert answers == [200] * 100 + [429] * 10
        assert guess(Client(), PASSWORD, address="192.0.2.77") == 302


@pytest.mark.django_db
def test_codes_are_guessed_ten_times_a_quarter_and_thirty_a_day(client: Client, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    person = user("meldpunt")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    told = {"username": MAIL, "password": PASSWORD}
    tried, refused = 0, 0
    for quarter in range(6):
        with time_machine.travel(START + timedelta(minutes=16 * quarter), tick=False):
            stranger = Client()
            stranger.post("/inloggen/", told)
            right = f"{totp(device.bin_key):06d}"
            for n in range(12):
                wrong = f"{(int(right) + 1 + n * 1001) % 1000000:06d}"
                status = stranger.post("/tweede-factor/", {"code": wrong}).status_code
                tried, refused = tried + (status == 200), refused + (status == 429)
            if quarter == 0:
                assert stranger.post("/tweede-factor/", {"code": right}).status_code == 429
    assert (tried, refused) == (30, 42)
    with time_machine.travel(START + timedelta(days=1, minutes=40), tick=False):
        client.post("/inloggen/", told)
        assert client.post("/tweede-factor/", {"code": f"{totp(device.bin_key):06d}"}).status_code == 302


@pytest.mark.django_db
def test_recovery_codes_are_long_kept_by_digest_and_guessed_as_little(client: Client, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    person = user("meldpunt")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    codes = factors.fresh_codes(person)
    assert len({code.replace("-", "") for code in codes}) == factors.CODES
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.filter(user=person))
    assert not any(code.encode() in kept or code.replace("-", "").encode() in kept for code in codes)
    with time_machine.travel(START, tick=False):
        client.post("/inloggen/", {"username": MAIL, "password": PASSWORD})
        for _ in range(10):
            client.post("/tweede-factor/", {"code": "abcd-efgh-ijkl-mnop"})
        assert client.post("/tweede-factor/", {"code": codes[0]}).status_code == 429
    older = factors.fresh_codes(person)
    assert factors.match(person, codes[1]) is None
    assert factors.match(person, older[1].upper().lower()) is factors.Factor.RECOVERY
    assert factors.match(person, older[1]) is None


@pytest.mark.django_db
def test_who_has_few_recovery_codes_left_is_warned(client: Client, settings: object) -> None:
    settings.MELDROUTE_PRACTICE = False
    person = user("meldpunt")
    device = factors.waiting_device(person)
    device.confirmed = True
    device.save()
    codes = factors.fresh_codes(person)
    for code in codes[:7]:
        factors.match(person, code)
    client.post("/inloggen/", {"username": MAIL, "password": PASSWORD})
    client.post("/tweede-factor/", {"code": codes[7]})
    assert "U hebt nog 2 reservecodes." in client.get("/").content.decode()
    assert "Bijna geen reservecodes meer" in client.get("/mijn-account/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/welkom/gok{n}/", "/partner/gok{n}/", "/eerste-account/gok{n}/"])
def test_links_are_guessed_thirty_times_from_one_address(client: Client, address: str) -> None:
    with time_machine.travel(START, tick=False):
        answers = [client.get(address.format(n=n), REMOTE_ADDR="192.0.2.9").status_code for n in range(40)]
        assert 429 not in answers[:30]
        assert set(answers[30:]) == {429}
        good = reverse("people:welcome", args=[invitations.token(user("melder"))])
        assert client.get(good, REMOTE_ADDR="192.0.2.10").status_code == 200


@pytest.mark.django_db
def test_nothing_that_was_typed_is_kept(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(12):
        client.post(
            "/inloggen/", {"username": "kanarie@oefen.example", "password": "kanarie-geel"}, REMOTE_ADDR="192.0.2.5"
        )
    kept = b"".join(bytes(row.bucket) for row in Attempt.objects.all())
    entries = "".join(f"{row.act}{row.on}{row.ids}" for row in Entry.objects.all())
    for canary in ("kanarie", "192.0.2.5", "geel"):
        assert canary not in caplog.text
        assert canary.encode() not in kept
        assert canary not in entries
    attempts.forget_old(datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert Attempt.objects.count() == 0
