"""`setup_practice`: the Heemstede organisation and invented people, once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from meldroute.journal.acting import Acting
from meldroute.people.models import User
from meldroute.vault.models import Practice
from meldroute.web import organisation
from meldroute.web.practice import PASSWORD, awareness, plan, reports, signals
from meldroute.web.startup import check_key


class Command(BaseCommand):
    help = "Richt een oefenomgeving in: gemeenten, partners, beleid, verzonnen mensen en signalen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is not there yet."""
        mark_practice(practice=True)
        check_key()
        by = Acting(None, None, at=datetime.now(UTC), origin="inrichten")
        told = organisation.load(settings.ROOT / "practice" / "organisation.toml")
        organisation.set_up(told, settings.MELDROUTE_POLICIES, by=by)
        if not User.objects.exists():
            organisation.set_up_users(told, password=PASSWORD, by=by)
            signals.make_all(by.at, settings.ROOT / "practice" / "mails")
            plan.make_plan(by.at, settings.ROOT / "plans")
            awareness.make_year(by.at)
            reports.make_reports(by.at)
        self.stdout.write("ingericht")


def mark_practice(*, practice: bool) -> None:
    """Write the property of this database as its owner, once."""
    if Practice.objects.exists():
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO vault_practice (id, practice) VALUES (1, %s) ON CONFLICT DO NOTHING", [practice])
