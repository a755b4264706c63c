"""Who and where: adding, changing, and the identity behind a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldroute.domain.vocabulary import SubjectKind
from meldroute.people import places
from meldroute.people.gate import allowed

from ..actions import subjects
from ..actions.access import MAY_RECEIVE
from ..forms.access import ReasonForm
from ..forms.facts import FIELD, ChangeSubjectForm, ColleagueForm, SubjectForm
from ..forms.trying import tried
from ..lookups import FIELDS
from ..models import Signal, Subject
from ..searchable import HIDDEN
from ..visible import READERS, WORKERS, must_work
from .page import acting, opened, show, to_file


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def subject(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Add a person, place, business, vehicle, phone or website: first which, then what is known."""
    signal, by = opened(request, signal_id, "route.Subject"), acting(request)
    must_work(signal, by)
    wanted = request.GET.get("soort", "")
    if not wanted:
        whom = [{"label": _(kind.label).capitalize(), "url": f"?soort={kind.value}"} for kind in SubjectKind]
        return show(request, "route/subject_kind.html", signal, _("Persoon of plaats toevoegen"), whom=whom)
    kind = _kind(wanted)
    form = SubjectForm(request.POST or None, kind=kind, names=FIELDS[kind])
    colleague = _colleague_form(request, signal, kind)
    if request.method == "POST" and form.is_valid() and (colleague is None or colleague.is_valid()):
        account = colleague.account if colleague else None
        if _added(request, signal, kind, form, account):
            return to_file(request, signal, _("Toegevoegd aan het dossier."))
    title = _("%(kind)s toevoegen") % {"kind": _(kind.label).capitalize()}
    return show(request, "route/work.html", signal, title, form=form, also=colleague)


def _kind(wanted: str) -> SubjectKind:
    try:
        return SubjectKind(wanted)
    except ValueError:
        raise Http404 from None


def _colleague_form(request: HttpRequest, signal: Signal, kind: SubjectKind) -> ColleagueForm | None:
    """Whom a sealed signal is about is asked by account, so that the wall knows."""
    if not signal.sealed or kind is not SubjectKind.PERSON:
        return None
    people = places.members(signal.municipality_id, *MAY_RECEIVE, today=acting(request).today)
    return ColleagueForm(request.POST or None, people=list(people.values_list("id", "name")))


def _added(
    request: HttpRequest, signal: Signal, kind: SubjectKind, form: SubjectForm, account: UUID | None
) -> Subject | None:
    given: dict[str, Any] = {"kind": kind, "role": form.role_given, "told": form.told, "minor": form.is_minor}
    by = acting(request)
    return tried(
        form,
        lambda: subjects.add_subject(by=by, signal=signal, colleague=account, **given),
        by=by,
        about=signal.id,
    )


@allowed(*WORKERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, signal_id: UUID, subject_id: UUID) -> HttpResponse:
    """New details: the old ones end today. A hidden identity is not shown here; empty fields keep what is known."""
    signal, by = opened(request, signal_id, "route.Subject"), acting(request)
    must_work(signal, by)
    row = get_object_or_404(Subject, id=subject_id, signal=signal)
    kind = SubjectKind(row.kind)
    form = ChangeSubjectForm(request.POST or None, kind=kind, names=FIELDS[kind], initial=_initial(row))
    if request.method == "POST" and form.is_valid() and _changed(request, row, form):
        return to_file(request, signal, _("De gegevens zijn gewijzigd."))
    note = _("Wat u leeg laat, blijft zoals het was.") if kind in HIDDEN else ""
    return show(request, "route/work.html", signal, _("%(who)s wijzigen") % {"who": row.label}, form=form, note=note)


def _initial(row: Subject) -> dict[str, Any]:
    told = {} if SubjectKind(row.kind) in HIDDEN else dict(row.told)
    return told | {"role": row.role, "minor": row.minor}


def _changed(request: HttpRequest, row: Subject, form: ChangeSubjectForm) -> Subject | None:
    filled = {name: text for name, text in form.told.items() if text}
    told = dict(row.told) | filled if SubjectKind(row.kind) in HIDDEN else form.told
    given: dict[str, Any] = {"role": form.role_given, "told": told, "minor": form.is_minor}
    given["was_wrong"] = form.cleaned_data["was_wrong"]
    by = acting(request)
    return tried(form, lambda: subjects.change_subject(by=by, subject=row, **given), by=by, about=row.signal_id)


@allowed(*READERS)
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, signal_id: UUID, subject_id: UUID) -> HttpResponse:
    """The identity behind a label, after a reason that is kept."""
    signal, by = opened(request, signal_id, "route.Subject"), acting(request)
    row = get_object_or_404(Subject, id=subject_id, signal=signal)
    form = ReasonForm(request.POST or None)
    told: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = tried(form, lambda: subjects.open_card(by=by, subject=row, reason=reason), by=by, about=signal.id)
    names = [name for name in FIELDS[SubjectKind(row.kind)] if told and told.get(name)]
    items = [{"term": FIELD[name].label, "text": told[name]} for name in names] if told else []
    return show(request, "route/card.html", signal, row.label, form=form, items=items, opened=told is not None)
