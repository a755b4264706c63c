"""One estimation: how far it is, what it says, as file; and several beside each other."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.people.gate import allowed
from meldroute.people.proving import fresh

from ..actions import runs
from ..actions.tables import MAKERS
from ..estimate_words import METHOD
from ..files import KINDS
from ..keeping import Answer, opened
from ..models import Audience, Run, RunState, Trouble
from ..presenting import answer_part, period, source_lines
from .page import acting, done, names, path_of, path_to, run_or_404, show
from .sending import sent

ON = "figures.Run"
MOST_COMPARED = 4
WORK = {"bootstrap": gettext_noop("herhalingen")}


def _audience(request: HttpRequest) -> Audience:
    wanted = request.GET.get("voor", Audience.INTERNAL)
    return Audience(wanted) if wanted in set(Audience) else Audience.INTERNAL


def _answer(run: Run, audience: Audience) -> Answer:
    return opened((run.answer if audience is Audience.INTERNAL else run.outside) or {})


@allowed(*MAKERS)
@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far it is, or what it says, for the audience in the address."""
    row = run_or_404(run_id)
    journal.record(by=acting(request), act="look", on=ON, ids=[row.id])
    audience = _audience(request)
    told = {
        "run": row,
        "busy": row.state in runs.OPEN,
        "finished": row.state == RunState.DONE,
        "work": _(WORK.get(row.work, METHOD["bma"])),
        "trouble": _(Trouble(row.trouble).label) if row.trouble else "",
        "period": period(row.overlap),
        "answer": answer_part(_answer(row, audience)) if row.state == RunState.DONE else None,
        "source": source_lines(row, names([row.asked_by])),
        "audience": audience,
        "audiences": [(one.value, _(one.label), one is audience) for one in Audience],
        "kinds": list(KINDS),
        "shared": hasattr(row, "figure"),
    }
    title = _("Schatting van %(title)s") % {"title": row.overlap.title}
    return show(request, "run", title, path_of(row.overlap, _("Schatting")), **told)


@allowed(*MAKERS)
@fresh("look")
@require_safe
def file(request: HttpRequest, run_id: UUID, kind: str) -> HttpResponse:
    """The estimation as a file, for the audience in the address."""
    row, audience = run_or_404(run_id), _audience(request)
    if kind not in KINDS or row.state != RunState.DONE:
        raise Http404
    journal.record(by=acting(request), act="figures.take", on=ON, ids=[row.id], fields=[audience.value])
    name = f"schatting-{row.overlap.starts_on:%Y}-{audience.value}.{kind}"
    with override("nl"):  # the report is a Dutch document, whoever takes it
        lines = [(line.term, line.text) for line in source_lines(row, names([row.asked_by]))]
        return sent(KINDS[kind](_answer(row, audience), lines), name)


@allowed(*MAKERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Saved estimations beside each other."""
    wanted = [text for text in request.GET.getlist("run") if len(text) == 36][: MOST_COMPARED + 1]
    try:
        ids = [UUID(text) for text in wanted]
    except ValueError:
        raise Http404 from None
    found = list(Run.objects.select_related("overlap").filter(id__in=ids, state=RunState.DONE).order_by("asked_at"))
    journal.record(by=acting(request), act="look", on=ON, ids=[row.id for row in found])
    inside = Audience.INTERNAL
    columns = [
        {"run": row, "period": period(row.overlap), "answer": answer_part(_answer(row, inside))} for row in found
    ]
    same = len({row.common for row in found}) <= 1
    told = {"columns": columns[:MOST_COMPARED], "enough": len(found) > 1, "too_many": len(wanted) > MOST_COMPARED}
    return show(request, "compare", _("Vergelijken"), path_to((_("Vergelijken"), "")), **told, same=same)


@allowed(*MAKERS)
@require_POST
def cancel(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Stop it."""
    by, row = acting(request), run_or_404(run_id)
    done(request, lambda: runs.cancel(by=by, run=row), _("De schatting is gestopt."), on=ON, about=row.id)
    return redirect("figures:run", row.id)


@allowed(*MAKERS)
@require_POST
def remove(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Put it away."""
    by, row = acting(request), run_or_404(run_id)
    said = _("De schatting is verwijderd. Zij staat onderaan; daar kunt u haar terugzetten.")
    done(request, lambda: runs.remove(by=by, run=row), said, on=ON, about=row.id)
    return redirect("figures:overlap", row.overlap_id)


@allowed(*MAKERS)
@require_POST
def bring_back(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Undo."""
    by, row = acting(request), run_or_404(run_id)
    done(request, lambda: runs.bring_back(by=by, run=row), _("De schatting is terug."), on=ON, about=row.id)
    return redirect("figures:run", row.id)


@allowed(*MAKERS)
@fresh()
@require_POST
def share(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show it to the board, protected."""
    by, row = acting(request), run_or_404(run_id)
    said = _("Gedeeld met het bestuur, zonder kleine aantallen.")
    done(request, lambda: runs.share(by=by, run=row), said, on=ON, about=row.id)
    return redirect("figures:run", row.id)


@allowed(*MAKERS)
@require_POST
def withdraw(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show it to the board no longer."""
    by, row = acting(request), run_or_404(run_id)
    done(request, lambda: runs.withdraw(by=by, run=row), _("Het bestuur ziet dit niet meer."), on=ON, about=row.id)
    return redirect("figures:run", row.id)
