"""`practice_accounts`: who can log in to the practice installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from meldroute.people.models import Membership
from meldroute.vault.models import Practice
from meldroute.web.practice import PASSWORD


class Command(BaseCommand):
    help = "Toont de oefenaccounts en hun wachtwoord; alleen in een oefenomgeving."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per account."""
        if not Practice.objects.filter(practice=True).exists():
            self.stderr.write("Dit is geen oefenomgeving.")
            return
        rows: dict[tuple[str, str], list[str]] = {}
        for row in Membership.objects.select_related("user", "municipality").order_by("municipality__name"):
            told = f"{row.get_role_display()} ({row.municipality})"
            rows.setdefault((row.user.email, row.user.name), []).append(told)
        for (mail, name), roles in rows.items():
            self.stdout.write(f"{mail:34} {name:30} {', '.join(roles)}")
        self.stdout.write(f"wachtwoord voor allemaal: {PASSWORD}")
