"""Filters and tags of the look: Dutch dates, due dates, the step strip, cards. See docs/design.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from meldroute.web.shown import wrong

register = template.Library()
register.filter(wrong)

SOON = 3
"""Working days from which a due date is shown in the colour of "soon" (screens: "nog 3 werkdagen")."""

UNDER = '<span class="mr-table__sub">{}</span>'
LINE = f'<tr role="row"><th scope="row" role="rowheader"><a href="{{}}">{{}}</a>{UNDER}</th>{{}}</tr>'
CELL = '<td role="cell" data-label="{}">{}</td>'
CELL_UNDER = f'<td role="cell" data-label="{{}}">{{}}{UNDER}</td>'

Day = date | datetime


def local(day: Day) -> Day:
    """An aware moment in the time of the place; a date stays as it is."""
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


@register.filter
def dutch(text: object) -> SafeString:
    """Text of the policy, which is Dutch: says so to a screen reader on a page in another language."""
    return format_html("{}" if get_language() == "nl" else '<span lang="nl">{}</span>', text)


@register.filter
def short_date(day: Day | None) -> str:
    """`do 12 mrt`."""
    return formatted(local(day), _("D j b")) if day else ""


@register.filter
def long_date(day: Day | None) -> str:
    """`donderdag 12 maart 2026`."""
    return formatted(local(day), "l j F Y") if day else ""


@register.filter
def day_month(day: Day | None) -> str:
    """`do 12 maart`."""
    return formatted(local(day), "D j F") if day else ""


@register.filter
def short_moment(moment: datetime | None) -> str:
    """`20 nov 09:40`."""
    return formatted(local(moment), _("j b H:i")) if moment else ""


@register.filter
def clock_of(moment: datetime, now: datetime) -> str:
    """`17:00`, `morgen 9:00` or `ma 30 nov 9:00`, seen from the moment `now`."""
    then, here = timezone.localtime(moment), timezone.localtime(now)
    clock = then.strftime("%H:%M")
    if then.date() == here.date():
        return clock
    if then.date() == here.date() + timedelta(days=1):
        return _("morgen %(clock)s") % {"clock": clock}
    return f"{short_date(then)} {clock}"


@register.filter
def iso_date(value: object) -> str:
    """What `<input type="date">` takes; text that is no date stays as it was typed."""
    if isinstance(value, date):
        return local(value).strftime("%Y-%m-%d")
    text = str(value or "")
    for pattern in ("%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 a typed day has no zone
        except ValueError:
            continue
    return text


@register.filter
def due_text(day: Day | None, working_days: int) -> str:
    """`uiterlijk do 12 maart (nog 3 werkdagen)`; ``working_days`` comes from the calendar, never from here."""
    if not day:
        return ""
    latest = {"day": day_month(day), "left": remaining(working_days)}
    if working_days < 0:
        return _("te laat: uiterlijk %(day)s (%(left)s)") % latest
    return _("uiterlijk %(day)s (%(left)s)") % latest


def remaining(working_days: int) -> str:
    """How far off, in words."""
    count = {"count": abs(working_days)}
    if working_days == 0:
        return _("vandaag")
    if working_days < 0:
        return ngettext("%(count)d werkdag geleden", "%(count)d werkdagen geleden", count["count"]) % count
    return ngettext("nog %(count)d werkdag", "nog %(count)d werkdagen", count["count"]) % count


@register.filter
def due(day: Day | None, working_days: int) -> SafeString:
    """The text of `due_text`, in amber when it is near and in red when it is overdue."""
    return _due(get_language(), day, working_days)


@lru_cache(maxsize=2048)
def _due(_language: str | None, day: Day | None, working_days: int) -> SafeString:
    """Kept: a list of fifty says the same few days, and the words follow from language, day and number alone."""
    return coloured(due_text(day, working_days), working_days)


@register.filter
def due_short(day: Day | None, working_days: int) -> SafeString:
    """`vr 27 nov` for a table, coloured as `due`; the whole sentence is there for a screen reader."""
    shown = _("vandaag") if working_days == 0 and day else short_date(day)
    return coloured(shown, working_days, due_text(day, working_days))


def coloured(text: str, working_days: int, spoken: str = "") -> SafeString:
    """A span with the class of its nearness."""
    near = "late" if working_days < 0 else "soon" if working_days <= SOON else "later"
    if not spoken:
        return format_html('<span class="mr-due mr-due--{}">{}</span>', near, text)
    return format_html(
        '<span class="mr-due mr-due--{}"><span aria-hidden="true">{}</span>'
        '<span class="mr-visually-hidden">{}</span></span>',
        near,
        text,
        spoken,
    )


@register.simple_tag
def file_lines(labels: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of a list of files, as `list_lines`, with the term last (`due_on`, `working_days`)."""

    def term(row: Mapping[str, Any]) -> tuple[str, str]:
        return (due(row["due_on"], row["working_days"]) if row["due_on"] else "–", "")

    return _lines(labels, ((row["url"], (*row["cells"], term(row))) for row in rows))


@register.simple_tag
def list_lines(labels: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of a list: each has `cells` (text, what stands under it), the first with the link to its `url`."""
    return _lines(labels, ((row["url"], row["cells"]) for row in rows))


def _lines(labels: Sequence[str], rows: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> SafeString:
    """Not a template: a list has fifty rows, and the tags of their cells cost more than the query."""
    heads = [_escaped(label) for label in labels[1:]]
    shown = []
    for url, ((name, about), *rest) in rows:
        cells = (
            CELL_UNDER.format(head, _escaped(text), _escaped(sub)) if sub else CELL.format(head, _escaped(text))
            for head, (text, sub) in zip(heads, rest, strict=True)
        )
        shown.append(LINE.format(_escaped(url), _escaped(name), _escaped(about), "".join(cells)))
    return mark_safe("\n".join(shown))


def _escaped(text: object) -> str:
    """As `django.utils.html.conditional_escape`, which takes four times as long for a plain text."""
    return str(text) if isinstance(text, SafeString) else escape(str(text))


@register.simple_tag(takes_context=True)
def head(context: template.Context) -> SafeString:
    """What the head of every page loads."""
    return _head(context.get("theme_css") or "")


@lru_cache(maxsize=8)
def _head(theme_css: str) -> SafeString:
    """Kept: the addresses of the style sheets do not change while a process runs."""
    return mark_safe(render_to_string("components/head.html", {"theme_css": theme_css}))


@register.simple_tag(takes_context=True)
def menu_list(context: template.Context) -> SafeString:
    """The lines of the menu, which stand on every page twice: on a desk and folded on a phone."""
    return _menu(get_language(), tuple(context.get("navigation") or ()))


@lru_cache(maxsize=1024)
def _menu(_language: str | None, lines: tuple[object, ...]) -> SafeString:
    """Kept: the same few menus, one per role, page and number that waits; the words follow from these alone."""
    return mark_safe(render_to_string("components/navigation.html", {"navigation": lines}))


@register.filter
def beside(row: Iterable[object], columns: Iterable[object]) -> list[tuple[object, object]]:
    """Each cell of a row with its column; a row of another length than the columns is a ValueError."""
    return list(zip(columns, row, strict=True))


@register.inclusion_tag("components/steps.html")
def step_strip(labels: Iterable[str], current: int) -> dict[str, object]:
    """The steps of the route; ``current`` counts from 1, one more than the number of steps means finished."""
    steps = [
        {"number": number, "label": label, "state": step_state(number, current)}
        for number, label in enumerate(labels, start=1)
    ]
    return {"steps": steps}


@register.filter
def near(page: Page[Any]) -> list[int]:
    """The page numbers to show: the first, the last and those beside this one; 0 stands for those left out."""
    last = page.paginator.num_pages
    shown = sorted({1, *range(max(1, page.number - 1), min(last, page.number + 1) + 1), last})
    told: list[int] = []
    for number in shown:
        told += [0] if told and number > told[-1] + 1 else []
        told.append(number)
    return told


def step_state(number: int, current: int) -> str:
    if number == current:
        return "current"
    return "done" if number < current else "todo"


@register.simple_block_tag(takes_context=False)
def card(content: str, title: str = "", identity: str = "", extra: str = "", level: int = 2) -> SafeString:
    """`{% card title="Wat weten we" identity="weten" %}…{% endcard %}`; ``extra`` adds classes."""
    heading = format_html(
        '<h{} class="mr-card__title utrecht-heading-{}"{}>{}</h{}>',
        level, level, format_html(' id="{}"', identity) if identity else "", title, level,
    ) if title else ""  # fmt: skip
    labelled = format_html(' aria-labelledby="{}"', identity) if identity and title else ""
    return format_html('<section class="mr-card {}"{}>{}{}</section>', extra, labelled, heading, content)
