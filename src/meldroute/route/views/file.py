"""The file of one signal: what is known, who and where, what to do now, and everything that happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldroute.domain import days
from meldroute.domain.vocabulary import Confidence, Outcome, SubjectKind, SubjectRole, Truth
from meldroute.journal.acting import Acting
from meldroute.people.gate import allowed
from meldroute.vault import keys

from .. import titles
from ..actions import access
from ..actions.facts import current
from ..actions.subjects import HIDDEN
from ..history import history, names_of
from ..models import AccessKind, Observation, Signal, Subject
from ..now import now_of
from ..repeats import earlier
from ..visible import READERS, is_locked, may_work
from .page import acting, opened

TAGS = {Truth.FACT: "feit", Truth.IMPRESSION: "indruk", Truth.HEARSAY: "horen"}
MORE = (
    ("route:weighings", "Wegingen"),
    ("route:checks", "Privacytoetsen"),
    ("route:sources", "Bronnen"),
    ("route:signal-tasks", "Taken"),
    ("route:hand-overs", "Overgedragen en gedeeld"),
)


@allowed(*READERS)
@require_safe
def file(request: HttpRequest, signal_id: object) -> HttpResponse:
    """Everything on one page; the look is journalled."""
    by = acting(request)
    signal = opened(request, signal_id, "route.Signal")  # type: ignore[arg-type]
    keys.preload([signal.key_id])
    locked = is_locked(signal, by)
    told: dict[str, Any] = {
        "signal": signal,
        "title": titles.title_of(signal),
        "reported": titles.reported_by(signal),
        "path": [{"label": _("Signalen"), "url": reverse("route:queue")}, {"label": signal.reference, "url": ""}],
        "day": (by.today - days.local_date(signal.received_at)).days + 1,
        "steps": [_(step) for step in titles.STEPS],
        "step": titles.step_of(signal),
        "now": now_of(signal, by),
        "works": bool(may_work(signal, by)),
        "facts": [] if locked else [_fact(row) for row in current(signal)],
        "subjects": [] if locked else [_subject(row) for row in signal.subjects.order_by("at")],
        "earlier": [_earlier(row) for row in earlier(signal)],
        "attachments": [] if locked else list(signal.attachments.order_by("at")),
        "readers": _readers(signal, by),
        "more": [{"label": _(label), "url": reverse(name, args=[signal.id])} for name, label in MORE],
        "lines": history(signal, by),
    }
    return render(request, "route/file.html", told)


def _fact(row: Observation) -> dict[str, Any]:
    day = date_format(row.observed_on, "j M") if row.observed_on else _("datum onbekend")
    meta = [day, row.source or _("bron niet genoemd"), _(Confidence(row.confidence).label)]
    if row.expires_on:
        meta.append(_("vervalt %(day)s") % {"day": date_format(row.expires_on, "j M")})
    return {"kind": TAGS[Truth(row.truth)], "text": row.text, "meta": meta}


def _subject(row: Subject) -> dict[str, Any]:
    told = row.told if SubjectKind(row.kind) not in HIDDEN else {}
    shown = " ".join(str(told[name]) for name in told if told[name] and name != "note")
    role = _(SubjectRole(row.role).label)
    return {"id": row.id, "label": row.label, "role": role, "minor": row.minor, "shown": shown}


def _earlier(row: Signal) -> dict[str, str]:
    """Number, year and outcome only (domain rules §2)."""
    outcome = _(Outcome(row.outcome).label) if row.outcome else _("loopt nog")
    return {"reference": row.reference, "outcome": outcome}


def _readers(signal: Signal, by: Acting) -> list[str]:
    rows = [row for row in access.readers(signal) if access.is_live(row, by.at)]
    names = names_of(row.user_id for row in rows)
    kinds = {kind.value: _(kind.label) for kind in AccessKind}
    lines = [f"{names.get(str(row.user_id), '?')}: {kinds[row.kind]}" for row in rows]
    return lines if signal.sealed else [_("het meldpunt"), *lines]
