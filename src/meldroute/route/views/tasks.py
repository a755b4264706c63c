"""Tasks: the assignee's own list and answer, and what the meldpunt gives, chases and takes back."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain import days
from meldroute.domain.vocabulary import Role
from meldroute.journal.acting import Acting
from meldroute.people import places
from meldroute.people.gate import allowed
from meldroute.people.models import User
from meldroute.people.proving import fresh
from meldroute.vault import keys

from ..actions import answering
from ..actions import tasks as actions
from ..forms import tasks as forms
from ..forms.trying import tried
from ..models import Task, TaskState
from ..terms import holidays_of
from ..visible import files, must_work
from .page import acting, opened, show, to_file

GIVES = (Role.MELDPUNT, Role.INTEGRITY)


@allowed(*actions.ASSIGNEES)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """The own tasks: open ones by date, then what was answered."""
    by = acting(request)
    mine = list(Task.objects.filter(assignee_id=by.person, municipality_id=by.place).order_by("due_on"))
    keys.preload(task.key_id for task in mine)
    actions.looked_at(*mine, by=by)
    free = holidays_of(by.place)
    waiting = [_line(task, by, free) for task in mine if task.state == TaskState.OPEN]
    done = [_line(task, by, free) for task in mine if task.state == TaskState.ANSWERED][-20:]
    return render(request, "route/tasks.html", {"waiting": waiting, "done": done})


def _line(task: Task, by: Acting, free: Any) -> dict[str, Any]:
    left = days.left(by.today, task.due_on, free)
    late = days.is_late(by.today, task.due_on)
    return {
        "task": task,
        "kind": _(task.get_kind_display()),
        "state": _(task.get_state_display()),
        "open": task.state == TaskState.OPEN,
        "left": min(left, -1) if late else left,
    }


def _mine(by: Acting, task_id: UUID) -> Task:
    return get_object_or_404(Task, id=task_id, assignee_id=by.person, municipality_id=by.place)


@allowed(*actions.ASSIGNEES)
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One own task: question, place, answer. Nothing else of the signal."""
    by = acting(request)
    row = _mine(by, task_id)
    actions.looked_at(row, by=by)
    initial = {"version": row.version, "observed_on": by.today}
    form = forms.AnswerForm(request.POST or None, task=row, user=cast(User, request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        version, reply = form.cleaned_data["version"], form.reply()
        if tried(form, lambda: answering.answer(by=by, task=row, reply=reply, version=version), by=by, about=row.id):
            messages.success(request, _("Dank u. Uw antwoord is bij het meldpunt."))
            return redirect("route:tasks")
    told = _line(row, by, holidays_of(by.place))
    path = [{"label": _("Taken"), "url": reverse("route:tasks")}, {"label": told["kind"], "url": ""}]
    return render(request, "route/task.html", told | {"form": form if told["open"] else None, "path": path})


@allowed(*GIVES)
@require_safe
def signal_tasks(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """The tasks of one signal, for who handles it."""
    signal, by = opened(request, signal_id, "route.Task"), acting(request)
    free = holidays_of(by.place)
    rows = list(signal.tasks.all())
    names = dict(User.objects.filter(id__in={row.assignee_id for row in rows}).values_list("id", "name"))
    lines = [_line(row, by, free) | {"who": names.get(row.assignee_id, "")} for row in rows]
    return show(request, "route/signal_tasks.html", signal, _("Taken"), lines=lines)


@allowed(*GIVES)
@fresh()
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Give a task directly."""
    signal, by = opened(request, signal_id, "route.Task"), acting(request)
    must_work(signal, by)
    people = list(places.members(by.place, *actions.ASSIGNEES, today=by.today))
    form = forms.GiveForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        if tried(form, lambda: actions.give(by=by, signal=signal, wanted=wanted), by=by, about=signal.id):
            return to_file(request, signal, _("De taak is gegeven."))
    return show(request, "route/task_give.html", signal, _("Taak geven"), form=form)


def _of_file(by: Acting, task_id: UUID) -> Task:
    rows = Task.objects.filter(signal__in=files(by)).select_related("signal")
    return get_object_or_404(rows, id=task_id)


@allowed(*GIVES)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task back, with a reason."""
    by = acting(request)
    row = _of_file(by, task_id)
    actions.looked_at(row, by=by)
    form = forms.WithdrawForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        why, version = form.cleaned_data["reason"], form.cleaned_data["version"]

        def act() -> bool:
            actions.withdraw(by=by, task=row, why=why, version=version)
            return True

        if tried(form, act, by=by, about=row.signal_id):
            return redirect("route:signal-tasks", row.signal_id)
    return show(request, "route/task_withdraw.html", row.signal, _("Taak intrekken"), form=form, task=row)


@allowed(*GIVES)
@require_POST
def chase(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Remind the assignee."""
    by = acting(request)
    row = _of_file(by, task_id)
    actions.chase(by=by, task=row)
    messages.success(request, _("De herinnering staat bij de taak."))
    return redirect("route:signal-tasks", row.signal_id)
