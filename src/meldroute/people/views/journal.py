"""Inzage & logboek: who did and saw what, when and from where; for the privacy officer and the FG."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.models import Entry

from ..act_words import about, codes_of, said
from ..gate import Request, allowed
from ..models import User

PAGE = 50


@allowed(Role.PRIVACY_OFFICER, Role.FG)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Newest first, with filters on who, what and result."""
    acting = cast(Request, request).acting
    rows = Entry.objects.filter(chain=acting.place).order_by("-seq")
    who, act, result = (request.GET.get(name, "").replace("\0", "") for name in ("wie", "wat", "uitkomst"))
    if who:
        rows = rows.filter(actor__in=list(User.objects.filter(name__icontains=who).values_list("id", flat=True)))
    if act:
        used = rows.order_by().values_list("act", flat=True).distinct()
        rows = rows.filter(act__in=codes_of(act, used))
    if result in journal.Result._value2member_map_:
        rows = rows.filter(result=result)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    names = dict(User.objects.filter(id__in={row.actor for row in page if row.actor}).values_list("id", "name"))
    lines = [
        {
            "row": row,
            "who": names.get(row.actor) if row.actor else None,
            "act": said(row.act),
            "on": about(row.on),
            "result": journal.Result(row.result).label,
        }
        for row in page
    ]
    told: dict[str, Any] = {
        "lines": lines,
        "page": page,
        "who": who,
        "act": act,
        "result": result,
        "results": list(journal.Result),
    }
    told["query"] = f"{urlencode({'wie': who, 'wat': act, 'uitkomst': result})}&"
    journal.record(by=acting, act="look", on="journal.Entry")
    return render(request, "people/journal.html", told)
