"""What every page shows around its content: practice banner, municipality, navigation, language."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from meldroute.intake.waiting import waiting as mails_waiting
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request
from meldroute.people.models import Municipality, User
from meldroute.people.staying import ends_at
from meldroute.route.visible import READERS

from .navigation import menu


def counts(by: Acting) -> dict[str, int]:
    """How much waits behind a line of the menu. One statement, or none for who does not read the mailbox."""
    return {"intake:triage": mails_waiting(by).all}


def _ends(request: HttpRequest, by: Acting) -> datetime | None:
    """When this session ends if nothing more is done; None for a page shown outside a session."""
    asked = cast(Request, request)
    return ends_at(asked.session, by.at, asked.rules) if hasattr(asked, "rules") else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of base.html."""
    told: dict[str, Any] = {"practice": settings.MELDROUTE_PRACTICE, "theme_css": settings.MELDROUTE_THEME_CSS}
    acting: Acting | None = getattr(request, "acting", None)
    user = getattr(request, "user", None)
    if acting is None or acting.user_id is None or not isinstance(user, User):
        return told
    mine: list[Municipality] = getattr(request, "places", [])
    here = next((place for place in mine if place.id == acting.municipality_id), None)
    return told | {
        "user_name": user.name,
        "role_label": ", ".join(_(role.label) for role in sorted(acting.roles)),
        "municipality": here,
        "municipalities": [{"id": p.id, "name": p.name, "current": p == here} for p in mine],
        "switch_url": reverse("switch"),
        "search_url": reverse("route:search") if acting.roles & set(READERS) else "",
        "user_links": [{"url": reverse("own-account"), "label": _("Mijn account")}],
        "session_ends": _ends(request, acting),
        "navigation": menu(acting.roles, request.path, counts(acting)),
    }
