"""The certificate of somebody who was there (PDF/UA-1 by typst); texts are data and never markup."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meldroute.domain.awareness.activities import ActivityKind
from meldroute.people.models import Municipality

from .models import Participant

SHEET = Path(__file__).parent / "certificate.typ"


def pdf(participant: Participant) -> bytes:
    """The certificate as a tagged PDF. It says that somebody was there, not what somebody knows."""
    activity = participant.activity
    place = Municipality.objects.get(id=activity.municipality_id).name
    kind = _(ActivityKind(activity.kind).label)
    facts = [
        formatted(activity.on, "j F Y"),
        _("%(minutes)s minuten") % {"minutes": activity.minutes},
        _("Gegeven door %(who)s") % {"who": activity.given_by} if activity.given_by else "",
    ]
    told = {
        "language": (get_language() or "nl")[:2],
        "title": _("Bewijs van deelname"),
        "name": participant.name,
        "line": _("deed mee aan de %(kind)s") % {"kind": kind},
        "what": activity.title,
        "facts": [one for one in facts if one],
        "place": _("Gemeente %(place)s, aanpak mensenhandel") % {"place": place},
        "footer": _("Dit zegt dat iemand er was; het is geen diploma."),
    }
    made = typst.compile(str(SHEET), sys_inputs={"told": json.dumps(told, ensure_ascii=False)}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made
