"""`fetch_mail [--once] [--json]`: read the mailboxes now."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meldroute.intake.actions.fetching import Tally
from meldroute.intake.polling import Trouble, poll_all
from meldroute.people.models import Municipality

LINE = "bekeken {seen}, bewaard {stored}, al bekend {duplicates}, blijft staan {left}, niet te verwerken {needs_hand}"


class Command(BaseCommand):
    help = "Leest de postbus van het meldpunt. Wat binnenkomt is bewaard voordat het wordt begrepen."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`: one round and stop; `--json`: one line of JSON per round."""
        parser.add_argument("--once", action="store_true", help="één ronde en klaar")
        parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")
        parser.add_argument("--pause", type=float, default=15.0, help="seconden tussen twee rondes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Poll until stopped, or once."""
        while True:
            self.round(as_json=options["json"], last=options["once"])
            if options["once"]:
                return
            time.sleep(options["pause"])

    def round(self, *, as_json: bool, last: bool) -> None:
        """One poll of every municipality."""
        total = Tally()
        trouble: Trouble | None = None
        for place in Municipality.objects.all():
            tally, wrong = poll_all(place.id, datetime.now(UTC))
            trouble = wrong or trouble
            for name, count in tally.as_json().items():
                setattr(total, name, getattr(total, name) + count)
        self.stdout.write(json.dumps(total.as_json()) if as_json else LINE.format(**total.as_json()))
        if trouble is not None:
            text = _(trouble.text) % trouble.values
            if last:
                raise CommandError(text)
            self.stderr.write(text)
