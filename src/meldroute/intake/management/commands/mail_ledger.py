"""`mail_ledger [--json] [--raw SHA256]`: every mail that came in, and its bytes back for who may have them."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldroute.intake.actions.ledger import listed, raw_of, sha256_of
from meldroute.intake.models import Mail
from meldroute.journal import actions as journal
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.vault.keys import KeyGone

GONE = ""


def _reference(mail: Mail) -> str | None:
    """The number of its signal; that of a sealed one is told to nobody here."""
    return mail.signal.reference if mail.signal_id and not mail.sealed and mail.signal else None


class Command(BaseCommand):
    help = "Toont het register van binnengekomen mail. De bytes zijn voor wie bij de sleutel kan; elke blik telt."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json`: one JSON array; `--raw`: the bytes of one mail on standard output."""
        parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")
        parser.add_argument("--raw", metavar="SHA256", help="geef de bytes van deze mail terug")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or give back."""
        if options["raw"]:
            self.give_back(options["raw"].lower())
            return
        rows = [row for place in Municipality.objects.all() for row in self.rows(place)]
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write(f"{row['came_at']}  {row['municipality']:12} {row['state']:12} {row['sha256']}")

    def rows(self, place: Municipality) -> list[dict[str, object]]:
        """The ledger of one municipality."""
        with system(place.id, datetime.now(UTC), "opdrachtregel") as by:
            mails = list(listed())
            journal.record(by=by, act="look", on="intake.Mail", ids=[mail.id for mail in mails])
            return [self.row(mail, place) for mail in mails]

    def row(self, mail: Mail, place: Municipality) -> dict[str, object]:
        """One line: hash computed on reading, when it came, what became of it."""
        try:
            digest = sha256_of(mail)
        except KeyGone:
            digest = GONE
        return {
            "sha256": digest,
            "size": mail.size,
            "came_at": mail.came_at.isoformat(),
            "municipality": place.slug,
            "state": mail.state,
            "sealed": mail.sealed,
            "needs_hand": mail.state == "needs_hand",
            "problem": mail.problem,
            "signal": _reference(mail),
        }

    def give_back(self, wanted: str) -> None:
        """Write the bytes; journalled."""
        for place in Municipality.objects.all():
            with system(place.id, datetime.now(UTC), "opdrachtregel") as by:
                mail = next((one for one in listed() if one.blob_id and self.digest(one) == wanted), None)
                if mail is None:
                    continue
                if mail.sealed:
                    raise CommandError("Deze mail is verzegeld. Alleen de vertrouwde lezers zien hem, in de postbus.")
                journal.record(by=by, act="mail.raw", on="intake.Mail", ids=[mail.id])
                body = raw_of(mail)
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
            return
        raise CommandError("Deze mail staat niet in het register.")

    def digest(self, mail: Mail) -> str:
        """The hash, or nothing when the mail is forgotten."""
        try:
            return sha256_of(mail)
        except KeyGone:
            return GONE
