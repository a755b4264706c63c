"""`plan check|import|export FILE`: a municipal plan as a file (docs/plan-format.md)."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldroute.domain.plan.document import parse_plan, periods
from meldroute.domain.policy import PolicyError
from meldroute.domain.verdict import Refused
from meldroute.people.models import Municipality
from meldroute.people.unit import system

from ... import files
from ...actions import versions
from ...models import Plan
from ...reading import plan_of

CHECK, IMPORT, EXPORT = "check", "import", "export"


class Command(BaseCommand):
    help = "Leest een uitvoeringsplan in, controleert het, of schrijft het plan dat wordt gevolgd weg."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with which file; `-` writes to standard output."""
        parser.add_argument("what", choices=(CHECK, IMPORT, EXPORT))
        parser.add_argument("file", type=Path)
        parser.add_argument("--followed-from", type=date.fromisoformat, help="vanaf welke dag u het plan hier volgt")
        parser.add_argument("--municipality", help="naam of code van de gemeente, als er meer zijn (bij export)")
        parser.add_argument("--plan", default="", help="id van het plan, als er meer zijn (bij export)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; an error is one Dutch line that names line and field, and nothing is changed."""
        try:
            getattr(self, f"do_{options['what']}")(options)
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{options['file']}: {wrong}") from None
        except PolicyError as wrong:
            raise CommandError(f"{options['file']}: {wrong}") from None
        except Refused as refused:
            raise CommandError(f"{options['file']}: {refused.verdict.reason}") from None

    def do_check(self, options: dict[str, Any]) -> None:
        """Say what is in the file; nothing is kept."""
        told = parse_plan(files.read(_text(options["file"])))
        times = sum(len(periods(one, told)) for one in (*told.actions, *told.promises))
        self.stdout.write(
            f"goed: {told.name}, {len(told.pillars)} pijlers, {len(told.actions)} acties, "
            f"{len(told.promises)} afspraken daarbuiten, {times} keer iets te doen"
        )

    def do_import(self, options: dict[str, Any]) -> None:
        """Bring it to the municipality that it names."""
        body = files.read(_text(options["file"]))
        name = body["plan"]["municipality"]
        place = Municipality.objects.filter(name__iexact=name).first()
        if place is None:
            known = ", ".join(Municipality.objects.values_list("name", flat=True))
            raise CommandError(f"{options['file']}: gemeente {name} is hier niet bekend. Wel: {known}")
        with system(place.id, datetime.now(UTC), "opdrachtregel") as by:
            before = Plan.objects.filter(code=body["plan"]["id"]).first()
            was = before.version if before else 0
            plan = versions.bring(by=by, body=body, followed_from=options["followed_from"])
        told = "is niet veranderd" if plan.version == was else f"staat klaar, versie {plan.version}"
        self.stdout.write(f"{plan.name} {told}")

    def do_export(self, options: dict[str, Any]) -> None:
        """Write what the followed plan says now."""
        place = _place(options["municipality"])
        with system(place.id, datetime.now(UTC), "opdrachtregel") as by:
            plan = plan_of(place.id, by.today, options["plan"])
            if plan is None:
                raise CommandError(f"{place.name} volgt hier geen plan")
            text = files.write(versions.newest(plan).body)
        if str(options["file"]) == "-":
            sys.stdout.write(text)
            return
        options["file"].write_text(text, encoding="utf-8")
        self.stdout.write(f"{plan.name}, versie {plan.version}, staat in {options['file']}")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _place(told: str | None) -> Municipality:
    rows = list(Municipality.objects.all())
    found = [row for row in rows if told is None or told.casefold() in (row.name.casefold(), row.code.casefold())]
    followed = [row for row in found if told is not None or _follows(row)] or found
    if len(followed) != 1:
        raise CommandError(f"zeg met --municipality welke gemeente: {', '.join(row.name for row in rows)}")
    return followed[0]


def _follows(place: Municipality) -> bool:
    with system(place.id, datetime.now(UTC), "opdrachtregel"):
        return Plan.objects.exists()
