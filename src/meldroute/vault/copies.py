"""The copy of a file that goes to people: without what it says of its maker. The original stays as it came."""

from __future__ import annotations

import subprocess
import sys

from meldroute.domain.bare import KindNotBare, NotBare, bare, way_for
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, no
from meldroute.domain.vocabulary import Role

PDF = b"%PDF-"
UNKNOWN_KIND = 3
"""How the process ends when the file holds one of a kind that we cannot clean."""
PATIENCE = 30.0
"""Seconds; the process stops itself after 20 of CPU."""


def bare_copy(body: bytes) -> bytes:
    """The file as it may be given. Plain text is given as it is.

    Raises Refused when this file, or files of its kind, cannot surely be cleaned (fail closed).
    """
    try:
        return _pdf(body) if way_for(body) is None and PDF in body[:1024] else bare(body)
    except KindNotBare as error:
        raise Refused(
            no(
                gettext_noop(
                    "Van dit soort bestand kan Meldroute geen kopie maken zonder verborgen gegevens (maker, plaats). "
                    "Wie het origineel heeft of kan downloaden, kan het opslaan als PDF, foto of film (JPEG, MP4) "
                    "en dat toevoegen."
                ),
                "AVG art. 25",
                "attachment.kind_not_bare",
                (Role.MELDPUNT,),
            )
        ) from error
    except NotBare as error:
        raise Refused(
            no(
                gettext_noop(
                    "Dit bestand is beschadigd of te groot om verborgen gegevens (maker, plaats) eruit te halen. "
                    "Wie het origineel heeft of kan downloaden, kan het opnieuw opslaan en dat toevoegen."
                ),
                "AVG art. 25",
                "attachment.not_bare",
                (Role.MELDPUNT,),
            )
        ) from error


def _pdf(body: bytes) -> bytes:
    command = [sys.executable, "-m", "meldroute.vault.bare_pdf"]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.SubprocessError as error:
        raise NotBare from error
    if done.returncode:
        raise KindNotBare if done.returncode == UNKNOWN_KIND else NotBare
    return done.stdout
