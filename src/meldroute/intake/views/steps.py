"""The steps of reporting, the same behind every door: urgency, the form, looking it over, sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meldroute.domain import excess
from meldroute.domain.filetype import word_for
from meldroute.domain.vocabulary import Channel, Urgency
from meldroute.journal.acting import AMSTERDAM, Acting
from meldroute.people.asked import whole
from meldroute.people.models import Municipality
from meldroute.route.forms.trying import tried
from meldroute.route.models import Signal

from ..actions import drafts
from ..actions.drafts import FILES
from ..actions.reporting import send
from ..forms.report import FORMS, FREE, ReportForm, UrgencyForm, report_from
from ..models import Draft
from ..policies import too_much


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in: who acts, which draft is theirs, where the steps are, and who is the reporter.

    `address(name)` gives the address of a step: ask, form, draft, check. `who` are fields of the report that the
    account or the link gives. `before` is called when sending, in the same transaction.
    """

    by: Acting
    kind: str
    channel: Channel
    address: Callable[[str], str]
    who: Mapping[str, Any]
    base: str = "base.html"
    partner: bool = False
    before: Callable[[], None] = field(default=lambda: None)

    @property
    def ask_url(self) -> str:
        """Address of the first question."""
        return self.address("ask")

    @property
    def form_url(self) -> str:
        """Address of the form."""
        return self.address("form")

    @property
    def draft_url(self) -> str:
        """Address that keeps the draft."""
        return self.address("draft")

    @property
    def check_url(self) -> str:
        """Address where the report is looked over and sent."""
        return self.address("check")

    def form(self, *args: Any, **kwargs: Any) -> ReportForm:
        """The form of this door."""
        return FORMS[self.partner](*args, mail=str(self.who.get("mail", "")), **kwargs)


def _page(request: HttpRequest, door: Door, name: str, **told: Any) -> HttpResponse:
    place = Municipality.objects.get(id=door.by.place)
    return render(request, f"intake/{name}.html", {"base": door.base, "door": door, "place": place} | told)


def ask(request: HttpRequest, door: Door) -> HttpResponse:
    """First: is there something that cannot wait? Nothing is saved yet."""
    form = UrgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = Urgency(form.cleaned_data["urgency"])
        onward = f"{door.form_url}?spoed={answer.value}"
        if answer is Urgency.NONE:
            return redirect(onward)
        return _page(request, door, "report_urgent", answer=answer, onward=onward)
    return _page(request, door, "report_ask", form=form, draft=drafts.find(door.kind, by=door.by))


def fill(request: HttpRequest, door: Door) -> HttpResponse:
    """The form; whatever was typed is kept as a draft, also when something is still wrong."""
    draft = drafts.find(door.kind, by=door.by)
    if request.method == "POST":
        form = door.form(request.POST, request.FILES)
        valid = form.is_valid()
        if "urgency" in form.errors:
            return redirect(door.ask_url)
        if tried(form, lambda: _keep(form, door), by=door.by) and valid:
            return redirect(door.check_url)
        return _form(request, door, form, drafts.find(door.kind, by=door.by))
    answer = request.GET.get("spoed", "")
    if answer not in {urgency.value for urgency in Urgency}:
        return redirect(door.ask_url)
    kept = draft.body if draft else {}
    return _form(request, door, door.form(initial={**kept, "urgency": answer}), draft)


def _form(request: HttpRequest, door: Door, form: ReportForm, draft: Draft | None) -> HttpResponse:
    return _page(request, door, "report_form", form=form, draft=draft, files=_files(draft) if draft else [])


def _keep(form: ReportForm, door: Door) -> Draft:
    draft = drafts.save(door.kind, form.kept(), by=door.by)
    drafts.add_files(draft, form.cleaned_data.get("attachments") or [])
    return draft


def keep(request: HttpRequest, door: Door) -> HttpResponse:
    """The draft while somebody types; files wait for "Verder"."""
    form = door.form(request.POST)
    form.is_valid()
    if "urgency" in form.errors:
        return JsonResponse({}, status=400)
    drafts.save(door.kind, form.kept(), by=door.by)
    return JsonResponse({"saved_at": f"{door.by.at.astimezone(AMSTERDAM):%H:%M}"})


def look_over(request: HttpRequest, door: Door) -> tuple[HttpResponse, Signal | None]:
    """What will be sent, with what may be too much; the signal once it is sent."""
    draft = drafts.find(door.kind, by=door.by, locked=request.method == "POST")
    if draft is None:
        messages.info(request, _("Er staat geen concept (meer) klaar. Misschien is uw melding al verzonden."))
        return redirect(door.ask_url), None
    form = door.form(draft.body)
    if not form.is_valid():
        return redirect(f"{door.form_url}?spoed={draft.body.get('urgency', '')}"), None
    if request.method == "POST":
        return _changed(request, door, draft, form)
    return _over(request, door, draft, form), None


def _over(request: HttpRequest, door: Door, draft: Draft, form: ReportForm) -> HttpResponse:
    told = {"form": form, "draft": draft, "items": _items(form), "hints": _hints(draft), "files": _files(draft)}
    back = f"{door.form_url}?spoed={draft.body['urgency']}"
    return _page(request, door, "report_check", back=back, **told)


def _changed(request: HttpRequest, door: Door, draft: Draft, form: ReportForm) -> tuple[HttpResponse, Signal | None]:
    """One click: take something out, throw all away, or send."""
    if "throw_away" in request.POST:
        drafts.throw_away(draft, by=door.by)
        messages.success(request, _("Uw concept is weggegooid. Er is niets verzonden."))
        return redirect(door.ask_url), None
    if "remove" in request.POST:
        _remove(door, draft, request.POST["remove"])
        return redirect(door.check_url), None
    if "remove_file" in request.POST:
        drafts.remove_file(draft, whole(request.POST["remove_file"]))
        return redirect(door.check_url), None
    made = tried(form, lambda: _send(door, draft, form), by=door.by)
    return (redirect(door.ask_url) if made else _over(request, door, draft, form)), made


def _send(door: Door, draft: Draft, form: ReportForm) -> Signal:
    door.before()
    told = form.cleaned_data
    named = {name: told[name] for name in ("name", "mail", "phone") if name in told}
    report = report_from(told, **dict(door.who) | named)
    urgency = Urgency(told["urgency"])
    return send(by=door.by, report=report, draft=draft, channel=door.channel, urgency=urgency)


def _remove(door: Door, draft: Draft, which: str) -> None:
    """Take one hint out of its text; the place must still hold that hint."""
    name, _colon, span = which.partition(":")
    if name not in FREE:
        return
    text = str(draft.body.get(name, ""))
    hint = next((one for one in excess.hints(text, too_much()) if f"{one.start}-{one.end}" == span), None)
    if hint is not None:
        drafts.save(door.kind, {**draft.body, name: excess.without(text, hint)}, by=door.by)


def _hints(draft: Draft) -> list[dict[str, str]]:
    found = []
    for name in FREE:
        text = str(draft.body.get(name) or "")
        for hint in excess.hints(text, too_much()):
            words = text[hint.start : hint.end]
            told = {"words": words, "why": _(hint.why), "instead": hint.replacement}
            found.append(told | {"value": f"{name}:{hint.start}-{hint.end}"})
    return found


def _items(form: ReportForm) -> list[dict[str, Any]]:
    """Question and answer, of everything that was filled in."""
    rows = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if bound.name in ("urgency", "attachments") or value in ("", None, False):
            continue
        choices: dict[Any, Any] = dict(getattr(bound.field, "choices", ()))
        text = _("ja") if value is True else choices.get(value, value)
        rows.append({"term": bound.label, "text": str(text)})
    return rows


def _files(draft: Draft) -> list[dict[str, Any]]:
    return [one | {"word": _(word_for(one["type"]))} for one in draft.body.get(FILES, [])]
