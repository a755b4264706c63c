"""`setup_empty`: a real, empty installation: municipalities, partners and policies, no people."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meldroute.journal.acting import Acting
from meldroute.people.first import lacking
from meldroute.web import organisation
from meldroute.web.startup import check_key

from .setup_practice import mark_practice

HEEMSTEDE = settings.ROOT / "practice" / "organisation.toml"
NOT_REAL: dict[str, dict[str, Any]] = {
    "municipality": {"mail_domains": [], "meldpunt_mail": "", "meldpunt_phone": ""},
    "partner": {"mail_domains": [], "mail": ""},
}


class Command(BaseCommand):
    help = "Richt een lege, echte omgeving in en drukt de adressen voor de eerste accounts af."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which municipalities and partners; without it those of the Heemstede plan."""
        parser.add_argument("--organisation", type=Path, default=HEEMSTEDE, help="bestand met gemeenten en partners")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is not there yet; print the addresses of the first accounts while those are not there."""
        mark_practice(practice=False)
        check_key()
        by = Acting(None, None, at=datetime.now(UTC), origin="inrichten")
        organisation.set_up(self.organisation(options["organisation"]), settings.MELDROUTE_POLICIES, by=by)
        for first in lacking(by.today):
            code = first.code(settings.MELDROUTE_STATE)
            self.stdout.write(f"{_(first.role.label):16}{settings.MELDROUTE_BASE_URL}/eerste-account/{code}/")

    def organisation(self, path: Path) -> organisation.Told:
        """The file as it is, or the Heemstede one without its invented addresses."""
        try:
            told = organisation.load(path)
        except (OSError, tomllib.TOMLDecodeError) as wrong:
            raise CommandError(f"{path}: {wrong}") from None
        if path != HEEMSTEDE:
            return told
        return {part: [row | NOT_REAL[part] for row in told[part]] for part in NOT_REAL}
