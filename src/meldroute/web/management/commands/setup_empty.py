"""`setup_empty`: a real, empty installation: municipalities, partners and policies, no people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from meldroute.journal.acting import Acting
from meldroute.people.first import first_token
from meldroute.people.models import User
from meldroute.web import organisation
from meldroute.web.startup import check_key

from .setup_practice import mark_practice

NOT_REAL: dict[str, dict[str, Any]] = {
    "municipality": {"mail_domains": [], "meldpunt_mail": "", "meldpunt_phone": ""},
    "partner": {"mail_domains": [], "mail": ""},
}


class Command(BaseCommand):
    help = "Richt een lege, echte omgeving in en drukt het adres voor het eerste account af."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is not there yet; print the address of the first account while nobody is there."""
        mark_practice(practice=False)
        check_key()
        by = Acting(None, None, at=datetime.now(UTC), origin="inrichten")
        told = organisation.load(settings.ROOT / "practice" / "organisation.toml")
        real = {part: [row | NOT_REAL[part] for row in told[part]] for part in NOT_REAL}
        organisation.set_up(real, settings.MELDROUTE_POLICIES, by=by)
        if not User.objects.exists():
            token = first_token(settings.MELDROUTE_STATE)
            self.stdout.write(f"{settings.MELDROUTE_BASE_URL}/eerste-account/{token}/")
