"""Running an action from a form or a button: what the rules refuse is said on the page, with nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from meldroute.domain.verdict import Refused, Verdict
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.gate import Request

T = TypeVar("T")

FIELDS = {
    "need.reason": "reason",
    "need.recipient": "recipient",
    "need.requester": "requested_by",
    "need.review_date": "review_on",
    "need.follow_up": "task",
    "check.sources": "sources",
    "check.facts": "facts",
    "check.recipient": "recipient",
    "task.result": "result",
}


def tried(
    form: forms.Form,
    act: Callable[[], T],
    *,
    by: Acting,
    on: str = "route.Signal",
    about: UUID | None = None,
    fields: Mapping[str, str] = FIELDS,
) -> T | None:
    """What `act` gives, or None with the refusal on the form; the refusal is journalled (`on` a kind of object).

    `fields`: per code of a refusal the field that it is about.
    """
    try:
        with transaction.atomic():
            return act()
    except Refused as refused:
        code = refused.verdict.code
        journal.record(by=by, act=f"refused.{code}", on=on, ids=[about], result=journal.Result.REFUSED)
        name = fields.get(code, "")
        form.add_error(name if name in form.fields else None, told(refused.verdict))
        return None


def done(request: HttpRequest, act: Callable[[], object], said: str, *, on: str, about: UUID) -> bool:
    """Do a button's work and say so, "" says nothing; what the rules refuse is said instead, with nothing half done."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        by, code = cast(Request, request).acting, refused.verdict.code
        journal.record(by=by, act=f"refused.{code}", on=on, ids=[about], result=journal.Result.REFUSED)
        messages.error(request, told(refused.verdict))
        return False
    if said:
        messages.success(request, said)
    return True


def told(verdict: Verdict) -> str:
    """A refusal in one line: why, and who can help."""
    helpers = ", ".join(_(role.label) for role in verdict.helpers)
    reason = _(verdict.reason) if verdict.reason else ""
    return _("%(reason)s Wie kan helpen: %(helpers)s.") % {"reason": reason, "helpers": helpers} if helpers else reason
