"""The estimate as plain Dutch text for a terminal."""

from __future__ import annotations

from meldroute.domain.estimation import VERSION, Assessment

from .estimate_words import PEOPLE, estimate_rows, source_rows, whole


def text(found: Assessment, digest: str) -> str:
    """Seen, unseen, warnings and where it came from; reasons when there is no estimate."""
    lines = [f"Gezien: {whole(found.table.seen)} {PEOPLE} op {len(found.table.lists)} lijsten", ""]
    if found.refused:
        lines += ["Geen schatting:", *(f"  - {m.nl}" for m in found.refused)]
    for method, total, unseen, limits, kind, model in estimate_rows(found):
        lines += [
            f"{method}: {total} {PEOPLE} in totaal, van wie {unseen} niet gezien",
            f"  grenzen: {limits}, {kind}",
            f"  model: {model}",
        ]
    if found.warnings:
        lines += ["", "Let op:", *(f"  - {m.nl}" for m in found.warnings)]
    lines += ["", *(f"{name}: {value}" for name, value in source_rows(found, digest, VERSION))]
    return "\n".join(lines)
