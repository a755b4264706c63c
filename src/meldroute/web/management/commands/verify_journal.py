"""`verify_journal [--json] [--head PATH …] [--public-key]`: recompute every chain; name the first row that does not
hold (BIO2 8.15.06)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldroute.journal import actions as journal
from meldroute.journal.chain import verify
from meldroute.journal.models import INSTALLATION
from meldroute.journal.sealing import NoHead, Seal, public_key, read
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.web.heads import OF_ALL


class Command(BaseCommand):
    help = "Rekent het logboek na: is er een regel veranderd, weggehaald of tussengevoegd?"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json`: one JSON object; `--head`: signed heads kept elsewhere, files or folders of them."""
        parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")
        parser.add_argument("--head", type=Path, action="append", default=[], help="ondertekende kop, of een map ervan")
        parser.add_argument("--public-key", action="store_true", help="alleen de openbare sleutel van de koppen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify the installation's chain and each municipality's, against every head that is given."""
        if options["public_key"]:
            self.stdout.write(public_key(), ending="")
            return
        seals = list(seals_in(options["head"]))
        places = list(Municipality.objects.all())
        known = {place.id for place in places} | {INSTALLATION}
        told = [self.one(place.id, place.id, place.slug, seals) for place in places]
        if told:
            told.insert(0, self.one(INSTALLATION, places[0].id, OF_ALL, seals))
        strange = [str(seal.chain) for seal in seals if seal.chain not in known]
        whole = all(row["broken"] is None for row in told) and not strange
        if options["json"]:
            self.stdout.write(json.dumps({"whole": whole, "chains": told, "heads": len(seals), "unknown": strange}))
        for row in () if options["json"] else told:
            holds = row["why"] and f"regel {row['broken']}: {row['why']}"
            self.stdout.write(f"{row['chain']:14} {row['entries']:8} regels  {holds or 'klopt'}")
        if strange:
            raise CommandError(f"Een gegeven kop is van een keten die hier niet is: {', '.join(strange)}.")
        if not whole:
            raise CommandError("Het logboek klopt niet. Neem contact op met uw FG en CISO; dit is een incident.")

    def one(self, chain: UUID, place: UUID, name: str, seals: Iterable[Seal]) -> dict[str, Any]:
        """The state of one chain; the check itself is journalled too."""
        with system(place, datetime.now(UTC), "opdrachtregel") as by:
            holding, broken = verify(chain, seals=seals)
            journal.record(by=by, act="journal.verify", on="journal.Entry")
        return {
            "chain": name,
            "entries": holding,
            "broken": broken.seq if broken else None,
            "why": broken.why if broken else "",
        }


def seals_in(paths: Iterable[Path]) -> Iterable[Seal]:
    """The signed heads in these files and folders. Raises CommandError that names the file."""
    for path in paths:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            try:
                yield read(file.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{file}: niet te lezen ({type(error).__name__}).") from None
            except NoHead as error:
                raise CommandError(f"{file}: {error}") from None
