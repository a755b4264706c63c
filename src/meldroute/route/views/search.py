"""Searching: a question is posted, so that its words stand in no address; its results have an address without them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldroute.domain import days
from meldroute.domain.searching import LABELS, PersonPurpose
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.people.asked import whole
from meldroute.people.gate import allowed
from meldroute.search import asking
from meldroute.search.keyring import living
from meldroute.search.looking import Sought, suggestions

from ..finding import Found, Narrowed, find, sought
from ..forms.search import NameForm, NarrowForm, WordsForm
from ..titles import kind_of, state_of
from ..visible import READERS
from .page import acting, file_address


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask for words."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("route:found", asking.ask(by=acting(request), text=form.cleaned_data["text"]))
    return render(request, "route/search.html", {"form": form, "tabs": _tabs(person=False)})


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def search_person(request: HttpRequest) -> HttpResponse:
    """Ask for a person, after saying what for."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return redirect(
            "route:found", asking.ask(by=acting(request), text=told["text"], purpose=PersonPurpose(told["purpose"]))
        )
    return render(request, "route/search_person.html", {"form": form, "tabs": _tabs(person=True)})


@allowed(*READERS)
@require_safe
def found(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One page of what was found: one entry in the journal, with the numbers shown and never the words."""
    by = acting(request)
    keys = living(by.place)  # before the question: it is locked with one of them
    question = asking.asked(by, question_id)
    if question is None:
        raise Http404
    person: bool = question["person"]
    text: str = question["text"]
    asked = sought(by, text, person=person, keys=keys)
    choice = _choice(get_language(), *(request.GET.get(name, "") for name in NarrowForm.base_fields))
    rows, page = find(by, asked, choice.narrowed, whole(request.GET.get("page", ""), 1))
    narrowed = {name: value for name, value in request.GET.items() if name != "page" and value}
    ids = [row.signal.id for row in rows]
    journal.record(by=by, act="search", on="route.search", ids=ids, fields=[question["purpose"]] if person else [])
    told: dict[str, Any] = {
        "labels": [_(label) for label in COLUMNS],
        "rows": [_line(row) for row in rows],
        "page": page,
        "choice": choice.shown,
        "person": person,
    }
    told |= {"text": text, "again": (NameForm if person else WordsForm)(initial=question), "tabs": _tabs(person=person)}
    told |= {"query": f"{urlencode(narrowed)}&" if narrowed else "", "narrowed": bool(narrowed)}
    if not rows:
        told |= {"silent": not asked.words} | ({} if person else _nearly(asked, text))
    return render(request, "route/found.html", told)


COLUMNS = (
    gettext_noop("Signaal"),
    gettext_noop("Gevonden in"),
    gettext_noop("Stap"),
    gettext_noop("Binnengekomen"),
)


class Choice(NamedTuple):
    """What the results are narrowed to, and the form that says so."""

    narrowed: Narrowed
    shown: SafeString


def _line(row: Found) -> dict[str, Any]:
    """What the list shows: of a locked file its number only."""
    signal = row.signal
    if row.locked:
        about = _("niet in behandeling genomen; opent met een reden")
        cells = ((signal.reference, about), *(("–", "") for _label in COLUMNS[1:]))
    else:
        where = ", ".join(dict.fromkeys(_(LABELS[field]) for field in row.fields))
        came = _day(get_language(), days.local_date(signal.received_at))
        cells = ((signal.reference, kind_of(signal)), (where or "–", ""), (state_of(signal) or "–", ""), (came, ""))
    return {"url": file_address(signal.id), "cells": cells}


@lru_cache(maxsize=512)
def _day(_language: str | None, day: date) -> str:
    """ "20 november 2026". Kept: the words follow from language and day alone."""
    return formatted(day, "j F Y")


@lru_cache(maxsize=256)
def _choice(_language: str | None, *told: str) -> Choice:
    """What the results are narrowed to. Kept: it follows from these alone, and its three lists cost more than a search.

    `told`: what was chosen, in the order of the form.
    """
    form = NarrowForm(dict(zip(NarrowForm.base_fields, told, strict=True)))
    return Choice(form.narrowed, SafeString("".join(field.as_field_group() for field in form)))


def _nearly(asked: Sought, text: str) -> dict[str, Any]:
    """The words that stand nowhere, each with what was perhaps meant and the question as it would then be."""
    unknown = [
        (word, [(other, re.sub(re.escape(word), other, text, flags=re.IGNORECASE)) for other in others])
        for word, others in suggestions(asked).items()
    ]
    return {"unknown": unknown}


def _tabs(*, person: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("Zoek op woorden"), "url": reverse("route:search"), "active": not person},
        {"label": _("Zoek een persoon"), "url": reverse("route:search-person"), "active": person},
    ]
