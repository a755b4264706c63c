"""What is asked at a signal, in one short line for a list: a fixed number of statements for any number of signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from meldroute.domain.term import gettext_noop
from meldroute.domain.vocabulary import State

from .models import Decision, PrivacyCheck, Signal, Task, TaskState

USUAL: Mapping[State, str] = {
    State.RECEIVED: gettext_noop("Registreren"),
    State.REGISTERED: gettext_noop("Wegen: is dit iets voor ons?"),
    State.ENRICHING: gettext_noop("Wegen, en vragen wat mag"),
    State.IN_SIGNALENOVERLEG: gettext_noop("Bespreken in het signalenoverleg"),
    State.WAITING_FINDINGS: gettext_noop("Bevindingen van de controle"),
    State.IN_LOO: gettext_noop("Bespreken in het LOO"),
    State.MONITORING: gettext_noop("Volgen wat is afgesproken"),
    State.ON_HOLD: gettext_noop("Wachten: aangehouden"),
    State.FEEDBACK_DUE: gettext_noop("Terugkoppelen aan de melder"),
    State.CLOSED: gettext_noop("Niets: afgesloten"),
}
ADVICE = gettext_noop("Wacht op advies van de privacyadviseur")
DECISION = gettext_noop("Wacht op besluit van de proceseigenaar")
ANSWER = gettext_noop("Antwoord op een taak is binnen")
TASK = gettext_noop("Wacht op een taak")


def asked_of(signals: Iterable[Signal]) -> dict[UUID, str]:
    """What each signal waits for: a check first, then an answer that came in, then a task. Four statements."""
    rows = list(signals)
    ids = [row.id for row in rows]
    found = {row.id: USUAL[State(row.state)] for row in rows}
    tasks = Task.objects.filter(signal__in=ids, state=TaskState.OPEN)
    found |= dict.fromkeys(tasks.values_list("signal", flat=True), TASK)
    found |= dict.fromkeys(answers_unread().filter(signal__in=ids).values_list("signal", flat=True), ANSWER)
    rounds = {row.id: row.round for row in rows}
    waiting = PrivacyCheck.objects.filter(signal__in=ids, outcomes__isnull=True).prefetch_related("advices")
    for check in waiting:
        if check.round == rounds[check.signal_id]:
            found[check.signal_id] = DECISION if check.advices.all() else ADVICE
    return {key: _(text) for key, text in found.items()}


def answers_unread() -> QuerySet[Task]:
    """Answered tasks after which nobody decided anything on their signal."""
    last = Decision.objects.filter(signal=OuterRef("signal")).order_by("-at").values("at")[:1]
    open_ones = Task.objects.exclude(signal__state=State.CLOSED)
    return open_ones.filter(
        state=TaskState.ANSWERED, answered_at__gt=Coalesce(Subquery(last), F("signal__received_at"))
    )
