"""The copy of a file that goes to people: without what it says of its maker. The original stays as it came."""

from __future__ import annotations

import subprocess
import sys

from meldroute.domain.bare import NotBare, way_for
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role

PDF = b"%PDF-"
PATIENCE = 30.0
"""Seconds; the process stops itself after 20 of CPU."""


def bare_copy(body: bytes) -> bytes:
    """The file as it may be given; a kind that cannot hide its maker, or that we do not know, as it is.

    Raises Refused when it is of a kind that we clean and this one cannot be cleaned (fail closed).
    """
    way = way_for(body) or (_pdf if PDF in body[:1024] else None)
    try:
        return way(body) if way else body
    except NotBare as error:
        raise Refused(
            no(
                gettext_noop(
                    "Dit bestand is beschadigd of te groot om verborgen gegevens (maker, plaats) eruit te halen. "
                    "Wie aan het dossier werkt kan het origineel downloaden."
                ),
                "AVG art. 25",
                "attachment.not_bare",
                (Role.MELDPUNT,),
            )
        ) from error


def _pdf(body: bytes) -> bytes:
    command = [sys.executable, "-m", "meldroute.vault.bare_pdf"]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
    except subprocess.SubprocessError as error:
        raise NotBare from error
    return done.stdout
