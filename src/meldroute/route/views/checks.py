"""Privacy checks: all of a signal, asking one, advising on it, deciding it, a reminder."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain import days
from meldroute.domain.vocabulary import Check, Purpose, Recipient, Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.people.models import User
from meldroute.people.proving import fresh

from ..actions import checking, notices
from ..actions.facts import current
from ..actions.releasing import Judged, chosen, judge
from ..actions.timeline import looked
from ..forms import checks as forms
from ..forms.trying import tried
from ..models import PrivacyCheck, Signal
from ..now import check_due
from ..policies import sources_of, weighings_of
from ..terms import terms_of
from ..visible import files
from .page import acting, opened, show, to_file

READS = (Role.MELDPUNT, Role.INTEGRITY, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER, Role.FG)
BOTH = frozenset({Check.TWO_A, Check.TWO_B})


@allowed(*READS)
@require_safe
def checks(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """All checks of a signal: asked, advised, decided."""
    signal = opened(request, signal_id, "route.PrivacyCheck")
    rows = list(signal.checks.prefetch_related("advices", "outcomes").order_by("-at"))
    asks = acting(request).is_any(Role.MELDPUNT, Role.INTEGRITY)
    kinds = [
        {"label": _(kind.label), "url": reverse("route:check-ask", args=[signal.id, kind.value])} for kind in Check
    ]
    return show(
        request,
        "route/checks.html",
        signal,
        _("Privacytoetsen"),
        rows=[_row(row) for row in rows],
        kinds=kinds if asks else (),
    )


def _row(row: PrivacyCheck) -> dict[str, Any]:
    decided, advice = row.outcomes.first(), row.advices.last()
    return {
        "row": row,
        "label": _(Check(row.check_kind).label),
        "recipient": _(Recipient(row.recipient).label) if row.recipient else "",
        "advice": advice,
        "decided": decided,
        "url": reverse("route:check", args=[row.id]),
    }


@allowed(Role.MELDPUNT, Role.INTEGRITY)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, signal_id: UUID, kind: str) -> HttpResponse:
    """Ask for a check: sources, or facts for a recipient."""
    check = _kind(kind)
    signal, by = opened(request, signal_id, "route.PrivacyCheck"), acting(request)
    recipient = _recipient(request, check)
    if check is not Check.ONE and recipient is None:
        return _whom(request, signal, check)
    form = _ask_form(request, signal, check, recipient)
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        if row := tried(form, lambda: checking.ask(by=by, signal=signal, asked=asked), by=by, about=signal.id):
            notices.advice_asked(row, by=by)
            return to_file(request, signal, _("De toets is gevraagd. De privacyadviseur adviseert eerst."))
    told = {
        "form": form,
        "nobody": checking.nobody_there(signal, by),
        "recipient": _(recipient.label) if recipient else "",
    }
    return show(request, "route/check_ask.html", signal, _(check.label), **told)


def _kind(kind: str) -> Check:
    try:
        return Check(kind)
    except ValueError:
        raise Http404 from None


def _recipient(request: HttpRequest, check: Check) -> Recipient | None:
    known = {Check.TWO_A: forms.FOR_2A, Check.TWO_B: forms.FOR_2B}.get(check, ())
    asked = request.GET.get("voor", "")
    return Recipient(asked) if asked in {one.value for one in known} else None


def _whom(request: HttpRequest, signal: Signal, check: Check) -> HttpResponse:
    """First for whom it is: which facts may go depends on that."""
    known = forms.FOR_2A if check is Check.TWO_A else forms.FOR_2B
    whom = [{"label": _(one.label), "url": f"?voor={one.value}"} for one in known]
    return show(request, "route/check_whom.html", signal, _(check.label), whom=whom)


def _ask_form(request: HttpRequest, signal: Signal, check: Check, recipient: Recipient | None) -> forms.AskForm:
    by = acting(request)
    if recipient is None:
        options: Any = forms.source_options(list(sources_of(signal.municipality_id)[0].values()))
    else:
        options = forms.fact_options(_judged(signal, recipient))
    readers = [list(places.members(by.place, role, today=by.today)) for role in checking.READS] if signal.sealed else []
    return forms.AskForm(request.POST or None, check=check, options=options, recipient=recipient, readers=readers)


def _judged(signal: Signal, recipient: Recipient, purpose: Purpose | None = None) -> list[Judged]:
    """What the matrix would say of every fact once the checks allow it."""
    return judge(
        signal,
        current(signal),
        recipient=recipient,
        purpose=purpose or forms.purpose_for(recipient),
        checks=BOTH,
        pseudonymised=True,
    )


@allowed(*READS)
@fresh()
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One check, for who advises or decides: what is asked, about these sources or facts and nothing more."""
    by = acting(request)
    row = get_object_or_404(PrivacyCheck.objects.filter(signal__in=files(by)).select_related("signal"), id=check_id)
    looked(row.signal, by=by, at="route.PrivacyCheck", ids=(row.id,))
    form = _verdict_form(request, row, by)
    if form is not None and request.method == "POST" and form.is_valid():
        done = (
            _advised(request, row, form, by) if isinstance(form, forms.AdviceForm) else _settled(request, row, form, by)
        )
        if done is not None:
            return done
    return _show_check(request, row, form, by)


def _verdict_form(request: HttpRequest, row: PrivacyCheck, by: Acting) -> forms.VerdictForm | None:
    """The form that fits who looks: advice, decision, or none."""
    decided, advised = row.outcomes.first(), row.advices.exists()
    part, options = _parts(row)
    if by.is_any(Role.PRIVACY_OFFICER) and not advised and (decided is None or decided.without_advice):
        return forms.AdviceForm(request.POST or None, part=part, options=options)
    if by.is_any(Role.PROCESS_OWNER) and decided is None:
        return forms.SettleForm(request.POST or None, part=part, options=options, advised=advised)
    return None


def _parts(row: PrivacyCheck) -> tuple[str, list[tuple[str, Any]]]:
    """The sources, or the facts, that this check is about."""
    if row.check_kind == Check.ONE:
        register, _version = sources_of(row.municipality_id)
        return "sources", list(forms.source_options([register[name] for name in row.sources if name in register]))
    return "facts", list(forms.fact_options(_facts(row)))


def _facts(row: PrivacyCheck) -> list[Judged]:
    return judge(
        row.signal,
        chosen(row.signal, row.observation_ids),
        recipient=Recipient(row.recipient),
        purpose=Purpose(row.purpose),
        checks=BOTH,
        pseudonymised=row.pseudonymised,
    )


def _advised(request: HttpRequest, row: PrivacyCheck, form: forms.VerdictForm, by: Acting) -> HttpResponse | None:
    def advise() -> object:
        return checking.advise(
            by=by,
            check=row,
            positive=form.positive,
            advice=form.cleaned_data["reason"],
            sources=form.sources(),
            facts=form.facts(),
        )

    settled = row.outcomes.exists()
    if not tried(form, advise, by=by, about=row.signal_id):
        return None
    if not settled:
        notices.decision_asked(row, by=by)
    messages.success(request, _("Uw advies is vastgelegd. De proceseigenaar besluit."))
    return redirect("route:waiting")


def _settled(request: HttpRequest, row: PrivacyCheck, form: forms.VerdictForm, by: Acting) -> HttpResponse | None:
    told: dict[str, Any] = {
        "allowed": form.positive,
        "reason": form.cleaned_data["reason"],
        "sources": form.sources(),
        "facts": form.facts(),
        "stand_in": form.cleaned_data.get("stand_in", ""),
    }
    settled = tried(form, lambda: checking.settle(by=by, check=row, **told), by=by, about=row.signal_id)
    if settled is None:
        return None
    messages.success(request, _("Uw besluit is vastgelegd."))
    _say_released(request, row, settled.judged)
    return redirect("route:waiting")


def _say_released(request: HttpRequest, row: PrivacyCheck, judged: tuple[Judged, ...]) -> None:
    """How many facts were released, and why the others were not."""
    count = sum(one.release is not None for one in judged)
    if count:
        text = ngettext("%(count)d feit is vrijgegeven.", "%(count)d feiten zijn vrijgegeven.", count)
        messages.info(request, text % {"count": count})
    if not count and judged and row.check_kind == Check.TWO_B and row.recipient == Recipient.LOO:
        messages.info(request, _("De feiten gaan open voor het LOO na toets 2A voor dat overleg."))
        return
    for reason, ground in sorted({(one.verdict.reason, one.verdict.ground) for one in judged if not one.release}):
        messages.warning(request, _("Niet vrijgegeven: %(why)s (%(ground)s)") % {"why": _(reason), "ground": ground})


def _show_check(request: HttpRequest, row: PrivacyCheck, form: forms.VerdictForm | None, by: Acting) -> HttpResponse:
    kind = Check(row.check_kind)
    advice, decided = row.advices.last(), row.outcomes.first()
    people = {row.by, *(one.by for one in (advice, decided) if one)}
    names = dict(User.objects.filter(id__in=people).values_list("id", "name"))
    told = {
        "row": row,
        "form": form,
        "kind": _(kind.label),
        "recipient": _(Recipient(row.recipient).label) if row.recipient else "",
        "purpose": _(Purpose(row.purpose).label) if row.purpose else "",
        "parts": _parts(row)[1] if form is None else (),
        "asks": list(weighings_of(row.municipality_id, row.policy_version).asked(kind, by.today)),
        "asker": names.get(row.by, ""),
        "advice": advice,
        "adviser": names.get(advice.by, "") if advice else "",
        "decided": decided,
        "decider": names.get(decided.by, "") if decided else "",
        **(_due(row, by) if decided is None else {}),
    }
    return show(request, "route/check.html", row.signal, _(kind.label), **told)


def _due(row: PrivacyCheck, by: Acting) -> dict[str, Any]:
    """The day that is asked for now, with the working days left."""
    terms = terms_of(row.municipality_id)
    due = check_due(row, terms)
    left = days.left(by.today, due, terms.holidays)
    return {"due": due, "working_days": min(left, -1) if days.is_late(by.today, due) else left}


@allowed(Role.MELDPUNT, Role.INTEGRITY)
@require_POST
def remind(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Send a reminder without content."""
    by = acting(request)
    row = get_object_or_404(PrivacyCheck.objects.filter(signal__in=files(by)).select_related("signal"), id=check_id)
    waiting = checking.remind(by=by, check=row)
    notices.reminded(row, waiting, by=by)
    return to_file(request, row.signal, _("De herinnering is verstuurd, zonder inhoud."))
