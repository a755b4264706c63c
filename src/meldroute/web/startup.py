"""Before serving: is this the right key, is this database for practice or not, as it was made?"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from meldroute.vault.keys import WrongKey, lock, unlock_with_any
from meldroute.vault.models import Canary, Practice

BOUND = "vault_canary"


def check_key() -> None:
    """Refuse to start with another key file than the one this database was made with."""
    row = Canary.objects.first()
    if row is None:
        Canary.objects.create(sealed=lock(settings.MELDROUTE_KEYS.wrap[-1], secrets.token_bytes(32), BOUND))
        return
    try:
        unlock_with_any(bytes(row.sealed), BOUND)
    except WrongKey:
        raise ImproperlyConfigured(
            "Dit sleutelbestand hoort niet bij deze database. Zet het juiste bestand terug uit uw kluis."
        ) from None


def check_practice() -> None:
    """Practice is a property of the database, written when it was made."""
    row = Practice.objects.first()
    if row is None:
        raise ImproperlyConfigured("Deze database is nog niet ingericht. Draai eerst: ./meldroute run")
    if row.practice != settings.MELDROUTE_PRACTICE:
        kind = "een oefenomgeving" if row.practice else "een echte omgeving"
        raise ImproperlyConfigured(f"Deze database is {kind}; MELDROUTE_PRACTICE zegt iets anders.")
