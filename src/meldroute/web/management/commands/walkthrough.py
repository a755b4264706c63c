"""`walkthrough [--json]`: carry one real mail through all six steps, and see one mail come out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meldroute.domain.vocabulary import Form, State
from meldroute.journal.models import Entry
from meldroute.people.models import Municipality
from meldroute.people.unit import system
from meldroute.post.models import Outgoing
from meldroute.post.sending import Smtp, send_one
from meldroute.vault.models import Practice
from meldroute.web.practice.play import ROUTE, Play, report_of

SENDER = "zorgcoordinatie@hvo-querido.oefen.example"
MAIL = """From: HVO-Querido (oefening) <{sender}>
To: postbus-veiligheid@heemstede.oefen.example
Subject: Zorgen over de keuken van een eetcafé
Date: {date:%a, %d %b %Y %H:%M:%S} +0000
Message-ID: <{number}@hvo-querido.oefen.example>
X-Meldroute-Oefening: ja
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Goedemorgen,

Boven de keuken aan de Voorbeeldstraat 1 liggen vier matrassen. (Oefening {number}, alles is verzonnen.)
"""
WHAT = "Vier matrassen in de ruimte boven de keuken"


class Command(BaseCommand):
    help = "Loopt met één echte mail alle zes stappen af, in een oefenomgeving."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json`: the last line is one JSON object."""
        parser.add_argument("--json", action="store_true", help="alleen JSON op de uitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, and tell what happened at each step and where it can be seen."""
        if not Practice.objects.filter(practice=True).exists():
            raise CommandError("Dit kan alleen in een oefenomgeving: hier staan echte gegevens.")
        self.quiet = options["json"]
        play = Play(Municipality.objects.get(slug="heemstede").id)
        raw = MAIL.format(sender=SENDER, date=datetime.now(UTC), number=uuid4()).encode()
        mail_id = play.comes_in(raw)
        self.say("1 binnengekomen: de mail staat in de postbus", f"/postbus/{mail_id}/")
        signal = play.registered(mail_id, report_of(SENDER, WHAT, [Form.LABOUR]))
        self.say(f"2 geregistreerd als {signal.reference}", f"/signalen/{signal.id}/")
        states = {"received": "mail", "registered": signal.state}
        for name, act in ROUTE:
            act(play)
            states[name] = self.state(play)
            self.say(f"  {name}: staat nu op {_(State(states[name]).label)}", f"/signalen/{signal.id}/")
        told = self.told(play, signal.reference, states)
        if self.quiet:
            self.stdout.write(json.dumps(told))
        else:
            self.say(f"6 teruggekoppeld, verstuurd als {told['message_id']}", "/terugkoppeling/")

    def say(self, line: str, where: str) -> None:
        """One line for people."""
        if not self.quiet:
            self.stdout.write(f"{line:70} {settings.MELDROUTE_BASE_URL}{where}")

    def state(self, play: Play) -> str:
        """Where the signal is."""
        with system(play.place, play.clock):
            return str(play.signal().state)

    def told(self, play: Play, reference: str, states: dict[str, str]) -> dict[str, object]:
        """Send what was queued, and say what was received."""
        with system(play.place, play.clock):
            ids = list(play.signal().feedbacks.values_list("outgoing_id", flat=True))
        message_id = self.sent(play, ids)
        with system(play.place, play.clock):
            entries = Entry.objects.filter(chain=play.place, ids__contains=[play.signal_id]).count()
        return {"reference": reference, "states": states, "journal_entries": entries, "message_id": message_id}

    def sent(self, play: Play, ids: list[UUID | None]) -> str:
        """Empty the outbox over real SMTP, unless the worker was first; the Message-ID of ours."""
        while send_one(system, play.place, play.clock, Smtp()) is not None:
            pass
        with system(play.place, play.clock):
            mail = Outgoing.objects.get(id__in=[one for one in ids if one])
        if mail.state not in ("sent", "sending"):
            raise CommandError(f"De mail is niet verstuurd: {mail.trouble or mail.state}")
        return str(mail.message_id)
