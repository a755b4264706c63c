"""`expire_journal [--dry-run]`: let go of the months of the journal that are over their term, as the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from meldroute.journal import actions as journal
from meldroute.journal import segments
from meldroute.journal.acting import Acting
from meldroute.journal.policies import years_kept
from meldroute.people.models import Municipality
from meldroute.web.heads import chains_of

OWNER = "owner"


class Command(BaseCommand):
    help = "Haalt de maanden van het logboek weg waarvan de bewaartermijn voorbij is; hun ondertekende kop blijft."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run`: only say what would go."""
        parser.add_argument("--dry-run", action="store_true", help="alleen zeggen wat weg zou gaan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every chain, a month at a time with its entry; may be broken off and repeated."""
        if OWNER not in settings.DATABASES:
            raise CommandError("Dit vraagt de eigenaar van de tabellen: zet MELDROUTE_OWNER_DATABASE_URL.")
        at, years = datetime.now(UTC), years_kept()
        months = 0
        for place in Municipality.objects.values_list("id", flat=True):
            for chain, name in chains_of(place).items():
                months += self.one(chain, place, name, at, years, dry_run=options["dry_run"])
        if not months:
            self.stdout.write(f"Niets is ouder dan {years} jaar.")

    def one(self, chain: UUID, place: UUID, name: str, at: datetime, years: int, *, dry_run: bool) -> int:
        """The expired months of one chain; how many."""
        by = Acting(None, place, at=at, origin="opdrachtregel")
        with entered(place):
            found = segments.expired(chain, today=by.today, years=years, using=OWNER)
            counts = [segments.rows_of(one, using=OWNER) for one in found]
        if not dry_run:
            swept(chain, place)  # what was left when this was broken off
        for segment, count in zip(found, counts, strict=True):
            if not dry_run:
                with entered(place), journal.told(using=OWNER):
                    segments.remove(segment, by=by, using=OWNER)
                count = swept(chain, place)
            word = "zou weggaan" if dry_run else "weg"
            self.stdout.write(f"{name:14} {segment.day:%Y-%m} {count:8} regels  {word}")
        return len(found)


def swept(chain: UUID, place: UUID) -> int:
    """Take the rows of the month that was let go, a few at a time; how many."""
    gone = 0
    while True:
        with entered(place):
            taken = segments.sweep(chain, using=OWNER)
        if not taken:
            return gone
        gone += taken


@contextmanager
def entered(place: UUID) -> Iterator[None]:
    """A transaction of the owner in which the chain of one municipality can be seen."""
    with transaction.atomic(using=OWNER):
        with connections[OWNER].cursor() as cursor:
            cursor.execute("SELECT set_config('meldroute.municipality', %s, true)", [str(place)])
        yield
