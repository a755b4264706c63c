"""`estimate_run`: compute one claimed estimation; started by the worker, never by hand."""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from meldroute.figures.computing import carry_out


class Command(BaseCommand):
    help = "Rekent één schatting uit die de worker heeft gepakt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Municipality, run and fence."""
        for name in ("place", "run", "fence"):
            parser.add_argument(name, type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute; the exit code is that of `carry_out`, 130 when interrupted (the lease then ends)."""
        try:
            code = carry_out(options["place"], options["run"], options["fence"])
        except KeyboardInterrupt:
            code = 130
        sys.exit(code)
