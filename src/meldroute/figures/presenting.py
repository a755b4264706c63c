"""An answer as the pages show it: rows, pictures and sentences in the reader's language."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meldroute.domain.estimation import Message
from meldroute.domain.estimation.protection import Shown

from .estimate_report import CHECK_HEADS, CHECKS
from .estimate_words import LIMITS, METHOD, Language, check_rows, existence_line, headline, interval, unseen
from .keeping import Answer
from .modelrange import close_models, model_range
from .models import Figure, Overlap, Run
from .upset import overlaps, upset

NUMBER = {"number": True}


class Line(NamedTuple):
    """One line of where a figure is from; `quoted` when a person wrote the text, in Dutch."""

    term: str
    text: str
    quoted: bool = False


def language() -> Language:
    """That of the reader."""
    return Language(_, (get_language() or "nl").startswith("en"))


def said(message: Message) -> dict[str, Any]:
    """The sentence in the reader's language, with the number that triggered it and its limit."""
    words = language().message(message)
    return {"text": words, "code": message.code, "number": message.number, "limit": message.limit}


def count(value: int | None) -> str:
    """An exact count, or that it is hidden."""
    return language().whole(value)


def period(row: Overlap | Figure) -> str:
    """ "1 januari 2023 tot en met 31 december 2023"."""
    told = {"start": date_format(row.starts_on, "j F Y"), "end": date_format(row.ends_on, "j F Y")}
    return _("%(start)s tot en met %(end)s") % told


def overlap_part(shown: Shown) -> dict[str, Any]:
    """List sizes and combinations: picture (our own drawing; the words in it are escaped) and tables."""
    sizes = [(name, {"text": count(size)}) for name, size in shown.sizes.items()]
    cells = [(shown.label(h), {"text": count(n)}) for h, n in overlaps(shown)]
    people = {"label": _("Mensen"), **NUMBER}
    return {
        "seen": count(shown.seen),
        "twice": count(shown.seen_twice),
        "lists": len(shown.lists),
        "hides": not shown.whole,
        "picture": mark_safe(upset(shown, language())) if shown.cells else "",
        "sizes": {"columns": [{"label": _("Lijst")}, people], "rows": sizes},
        "cells": {"columns": [{"label": _("Op precies deze lijsten")}, people], "rows": cells},
    }


def answer_part(answer: Answer) -> dict[str, Any]:
    """Everything about one answer."""
    found, shown = answer.found, answer.shown
    drawn = bool(found.estimates and found.models)
    return {
        "refused": [said(m) for m in found.refused],
        "warnings": [said(m) for m in found.warnings],
        "figures": [_figure(answer, place) for place in range(len(found.estimates))],
        "models": mark_safe(model_range(found, shown.seen, language())) if drawn else "",
        "model_rows": _model_rows(answer) if drawn else None,
        "overlap": overlap_part(shown),
        "checks": _checks(answer),
        "existence": existence_line(found, language()),
        "seed": found.seed,
        "replicates": count(found.replicates),
        "digest": answer.digest,
        "content": found.table.sha256 if answer.digest else "",
    }


def _figure(answer: Answer, place: int) -> dict[str, Any]:
    one, spoken = answer.found.estimates[place], language()
    return {
        "method": _(METHOD[one.method]),
        "headline": headline(one, spoken),
        "is_range": one.headline == "range",
        "seen": count(answer.shown.seen),
        "unseen": unseen(one, answer.shown.seen, spoken),
        "limits": interval(one, spoken),
        "level": f"{100 * one.level:.0f}",
        "kind": _(LIMITS[one.limits]),
        "model": one.model,
        "replicates": count(one.replicates),
        "dropped": count(one.dropped),
    }


def _model_rows(answer: Answer) -> dict[str, Any]:
    spoken, point = language(), "." if language().english else ","
    rows = [
        (p.model, {"text": spoken.rounded(p.n)}, {"text": f"{p.bic:.1f}".replace(".", point)})
        for p in close_models(answer.found)
    ]
    columns = [{"label": _("Model")}, {"label": _("Totaal"), **NUMBER}, {"label": "BIC", **NUMBER}]
    return {"columns": columns, "rows": rows}


def _checks(answer: Answer) -> list[dict[str, Any]]:
    columns = [{"label": _(name)} for name in CHECK_HEADS]
    return [
        {"title": _(title), "words": _(words), "columns": columns, "rows": rows}
        for name, title, words in CHECKS
        if (rows := check_rows(getattr(answer.found, name), language()))
    ]


def source_lines(run: Run, names: dict[Any, str]) -> list[Line]:
    """Where a figure is from, for screens and reports."""
    row = run.overlap
    return [
        Line(_("Tabel"), row.title, quoted=True),
        Line(_("Periode"), period(row)),
        Line(_("Gezamenlijke definitie"), run.common, quoted=True),
        *(_definition(name, run.definitions[name]) for name in row.lists),
        Line(_("Gevraagd door"), names.get(run.asked_by, "–")),
        Line(_("Gevraagd op"), date_format(localtime(run.asked_at), "j F Y H:i")),
        Line(_("Kenmerk"), str(run.id)),
    ]


def _definition(name: str, told: dict[str, Any]) -> Line:
    text = str(told["text"]) if told["fits"] else _("%(text)s (telt anders)") % {"text": told["text"]}
    return Line(_("Lijst %(name)s") % {"name": name}, text, quoted=True)
