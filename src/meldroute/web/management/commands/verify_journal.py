"""`verify_journal [--json]`: recompute every chain; name the first row that does not hold (BIO2 8.15.06)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldroute.journal import actions as journal
from meldroute.journal.chain import verify
from meldroute.journal.models import INSTALLATION
from meldroute.people.models import Municipality
from meldroute.people.unit import system


class Command(BaseCommand):
    help = "Rekent het logboek na: is er een regel veranderd, weggehaald of tussengevoegd?"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json`: one JSON object."""
        parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify the installation's chain and each municipality's."""
        told = [self.one(place.id, place.id, place.slug) for place in Municipality.objects.all()]
        if told:
            told.insert(0, self.one(INSTALLATION, Municipality.objects.all()[0].id, "installatie"))
        whole = all(row["broken"] is None for row in told)
        if options["json"]:
            self.stdout.write(json.dumps({"whole": whole, "chains": told}))
        for row in () if options["json"] else told:
            self.stdout.write(f"{row['chain']:14} {row['entries']:8} regels  {row['why'] or 'klopt'}")
        if not whole:
            raise CommandError("Het logboek klopt niet. Neem contact op met uw FG en CISO; dit is een incident.")

    def one(self, chain: UUID, place: UUID, name: str) -> dict[str, Any]:
        """The state of one chain; the check itself is journalled too."""
        with system(place, datetime.now(UTC), "opdrachtregel") as by:
            holding, broken = verify(chain)
            journal.record(by=by, act="journal.verify", on="journal.Entry")
        return {
            "chain": name,
            "entries": holding,
            "broken": broken.seq if broken else None,
            "why": broken.why if broken else "",
        }
