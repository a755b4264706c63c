"""Beleid: what this municipality agreed, with its sources; a new version is compared before it counts."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.policy_changes import Change, PolicyRow, changes, proposals, rows_of
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.asked import whole
from meldroute.people.gate import Request, allowed

from . import words
from .actions import MAY_SETTLE, PROPOSAL, Wanted, policy, settle
from .forms import PolicyText, Settling
from .models import Policy, PolicyKind
from .parsing import write

READERS = (Role.MELDPUNT, Role.INTEGRITY, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER, Role.FG)
WRITERS = (Role.PRIVACY_OFFICER, Role.PROCESS_OWNER, Role.FG)
PAGE = 30


def _acting(request: HttpRequest) -> Acting:
    return cast(Request, request).acting


def _kind(kind: str) -> PolicyKind:
    try:
        return PolicyKind(kind)
    except ValueError:
        raise Http404 from None


def _version(request: HttpRequest, by: Acting, kind: PolicyKind) -> Policy:
    asked = request.GET.get("versie", "")
    try:
        return policy(by.place, kind, whole(asked) if asked else None)
    except Policy.DoesNotExist:
        raise Http404 from None


def standing(row: Policy) -> str:
    """What to say of a version: how much of it nobody adopted yet, or who did."""
    waiting = proposals(row.body)
    if row.status == PROPOSAL and waiting == len(rows_of(row.body)):
        return _(PROPOSAL)
    if waiting:
        told = ngettext("%(count)d regel is nog een voorstel", "%(count)d regels zijn nog een voorstel", waiting)
        return told % {"count": waiting}
    return _("vastgesteld") if row.status == PROPOSAL else _("vastgesteld: %(by)s") % {"by": row.status}


def newest(by: Acting) -> list[Policy]:
    """The newest version of each kind, in the order of the list."""
    found = Policy.objects.filter(municipality_id=by.place).order_by("kind", "-version").distinct("kind")
    order = list(PolicyKind)
    return sorted(found, key=lambda row: order.index(PolicyKind(row.kind)))


@allowed(*READERS)
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every kind of policy with its version and how it stands."""
    by = _acting(request)
    rows = newest(by)
    journal.record(by=by, act="look", on="sharing.Policy", ids=[row.id for row in rows])
    told = [{"row": row, "standing": standing(row), "rules": len(rows_of(row.body))} for row in rows]
    return render(request, "sharing/policies.html", {"rows": told, "may_write": by.is_any(*WRITERS)})


@allowed(*READERS)
@require_safe
def one(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows of one version, with a search in them, and the versions there were."""
    by, which = _acting(request), _kind(kind)
    row = _version(request, by, which)
    sought = request.GET.get("zoek", "").strip()
    found = [told for told in map(_row, rows_of(row.body)) if _fits(told, sought)]
    versions = Policy.objects.filter(municipality_id=by.place, kind=which).defer("body").order_by("-version")
    journal.record(by=by, act="look", on="sharing.Policy", ids=[row.id])
    told = {
        "title": _(which.label).capitalize(),
        "row": row,
        "standing": standing(row),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "sought": sought,
        "versions": versions,
        "is_newest": row.version == versions[0].version,
        "may_write": by.is_any(*WRITERS),
    }
    return render(request, "sharing/policy.html", told)


def _row(row: PolicyRow) -> dict[str, Any]:
    told = [line for line in words.lines(row.fields) if line[1]]
    return {"key": row.key, "heading": words.heading(row.fields), "proposal": row.is_proposal, "lines": told}


def _fits(told: dict[str, Any], sought: str) -> bool:
    text = " ".join([told["key"], told["heading"], *(value for _name, value, _quoted in told["lines"])])
    return all(word in text.casefold() for word in sought.casefold().split())


@allowed(*READERS)
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """One version as TOML, to read elsewhere or to change."""
    by, which = _acting(request), _kind(kind)
    row = _version(request, by, which)
    journal.record(by=by, act="export", on="sharing.Policy", ids=[row.id])
    answer = HttpResponse(write(row.body), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{which.value}-{row.version}.toml"'
    return answer


@allowed(*WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand in a new version: it is checked, and what differs is shown. Nothing counts yet."""
    by, which = _acting(request), _kind(kind)
    now = policy(by.place, which)
    form = PolicyText(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        kind=which,
        today=by.today,
        initial={"text": "" if request.method == "POST" else write(now.body)},
    )
    journal.record(by=by, act="look", on="sharing.Policy", ids=[now.id])
    if request.method == "POST" and form.is_valid():
        return _compare(request, now, form, Settling(), now.version)
    return _typed(request, now, form)


@allowed(*MAY_SETTLE)
@require_POST
def adopt(request: HttpRequest, kind: str) -> HttpResponse:
    """The process owner makes the compared version count."""
    by, which = _acting(request), _kind(kind)
    now = policy(by.place, which)
    form = PolicyText(request.POST, kind=which, today=by.today)
    settling = Settling(request.POST)
    if not form.is_valid():
        return _typed(request, now, form)
    after = whole(request.POST.get("after", ""))
    if not settling.is_valid() or after < 0:
        return _compare(request, now, form, settling, now.version)
    decision = settling.cleaned_data["decision"]
    wanted = Wanted(kind=which, body=form.cleaned_data["body"], after=after, decision=decision)
    try:
        made = settle(by=by, wanted=wanted)
    except Refused as refused:
        settling.add_error(None, _(refused.verdict.reason))
        return _compare(request, now, form, settling, now.version)
    messages.success(request, _("Versie %(number)d geldt vanaf nu.") % {"number": made.version})
    return redirect("sharing:policy", kind=which.value)


def _typed(request: HttpRequest, now: Policy, form: PolicyText) -> HttpResponse:
    title = _("Nieuwe versie van: %(what)s") % {"what": _(PolicyKind(now.kind).label)}
    return render(request, "sharing/new.html", {"form": form, "title": title, "row": now})


def _compare(request: HttpRequest, now: Policy, form: PolicyText, settling: Settling, after: int) -> HttpResponse:
    body = form.cleaned_data["body"]
    told = {
        "form": settling,
        "title": _("Wat verandert er: %(what)s") % {"what": _(PolicyKind(now.kind).label)},
        "row": now,
        "after": after,
        "written": form.cleaned_data["written"],
        "changes": [_change(change) for change in changes(now.body, body)],
        "may_settle": _acting(request).is_any(*MAY_SETTLE),
        "waiting": proposals(body),
    }
    return render(request, "sharing/compare.html", told)


def _change(change: Change) -> dict[str, Any]:
    fields = [
        (words.named(name), words.said(name, before), words.said(name, after)) for name, before, after in change.fields
    ]
    return {"kind": change.kind, "label": _(change.kind.label), "key": change.key, "fields": fields}
