"""`reword_search [--year 2026 [--new-key]]`: write the words of the search again, in small batches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldroute.people.models import Municipality
from meldroute.web.rewording import reword


class Command(BaseCommand):
    help = "Schrijft de zoekwoorden van alle signalen opnieuw, of die van één jaar met een nieuwe sleutel."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--year`, `--new-key`."""
        parser.add_argument("--year", type=int, help="alleen signalen van dit jaar")
        parser.add_argument("--new-key", action="store_true", help="met een nieuwe sleutel; de oude wordt vernietigd")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every municipality, one after the other."""
        if options["new_key"] and options["year"] is None:
            raise CommandError("Een nieuwe sleutel geldt voor één jaar: geef ook --year.")
        for place in Municipality.objects.order_by("slug"):
            told = reword(place.id, datetime.now(UTC), year=options["year"], new_key=options["new_key"])
            self.stdout.write(f"{place.slug}: {told.signals} signalen, {told.keys} oude sleutels vernietigd")
            if told.kept_for_sealed:
                self.stdout.write("  De oude sleutel blijft: er zijn verzegelde signalen met zoekwoorden.")
