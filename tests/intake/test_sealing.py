"""A signal that turns out to be about a colleague: sealed afterwards, and gone for everybody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Role
from meldroute.intake.actions.sealing import seal
from meldroute.intake.models import Mail
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.post.models import Outgoing
from meldroute.route import visible
from meldroute.route.actions import access, tasks
from meldroute.route.actions.opening import give_access
from meldroute.route.conflict import Conflict
from meldroute.route.models import Access, AccessKind, Signal, Task, TaskKind
from meldroute.vault import keys
from people_here import acting, user
from signals_here import noted, opened

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
WHY = "De melder noemt een collega van de gemeente."
OTHERS = ("meldpunt", "waarnemer", "handhaver", "proceseigenaar", "fg", "beheer", "melder")


@pytest.fixture
def signal() -> Signal:
    """An open one with a fact, a reader, a task, two mails in and one out."""
    with unit(acting()) as by:
        made = opened(by)
        noted(by, made)
        access.give(by=by, signal=made, user_id=user("proceseigenaar").id, until=FRIDAY, why="meelezen")
        wanted = tasks.Wanted(
            kind=TaskKind.OBSERVE, question="Kijk of er licht brandt", assignee=user("handhaver").id, due_on=FRIDAY
        )
        tasks.give(by=by, signal=made, wanted=wanted)
        give_access(made, by=by, user_id=user("melder").id, why="eigen melding", kind=AccessKind.REPORTED)
        for number, told in enumerate(({"signal": made}, {"proposed_signal_id": made.id})):
            Mail.objects.create(
                municipality_id=by.place,
                key_id=keys.make(municipality_id=by.place, purpose="mail"),
                mac=bytes([number]) * 32,
                size=1,
                came_at=by.at,
                **told,
            )
        Outgoing.objects.create(
            municipality_id=by.place,
            key_id=made.key_id,
            about="test",
            about_id=made.id,
            message_id="<een@oefen.example>",
            not_before=by.at,
            queued_by=user("waarnemer").id,
            queued_at=by.at,
        )
    return made


def sealed(signal: Signal, **other: Any) -> None:
    with unit(acting()) as by:
        seal(**({"by": by, "signal": signal, "version": signal.version, "why": WHY} | other))


def counts(name: str) -> dict[str, int]:
    with unit(acting(name)) as by:
        return {
            "files": visible.files(by).count(),
            "signals": Signal.objects.exclude(accesses__kind=AccessKind.REPORTED).count(),
            "mails": Mail.objects.count(),
            "sent": Outgoing.objects.exclude(queued_by=by.user_id).count(),
            "tasks": Task.objects.exclude(state="withdrawn").count(),
            "accesses": Access.objects.exclude(user_id=by.user_id).count(),
        }


def test_after_sealing_nobody_but_the_trusted_readers_sees_anything(signal: Signal) -> None:
    before = counts("meldpunt")
    assert min(before["files"], before["mails"], before["sent"], before["tasks"], before["accesses"]) >= 1
    sealed(signal)
    for name in OTHERS:
        assert set(counts(name).values()) == {0}, name
    for name in ("secretaris", "integriteit"):
        with unit(acting(name)) as by:
            assert visible.files(by).get().observations.count() == 1
            assert Mail.objects.count() == 2
            assert visible.files(by).get().handler_id is None


def test_who_had_it_open_has_it_no_more_and_the_reporter_keeps_the_own_report(signal: Signal) -> None:
    sealed(signal)
    with unit(acting("secretaris")) as by:
        rows = access.readers(visible.files(by).get())
        assert {row.user_id for row in rows if access.is_live(row, by.at)} == {
            user("secretaris").id,
            user("integriteit").id,
        }
    with unit(acting("melder")) as by:
        assert Access.objects.get(signal_id=signal.id, kind=AccessKind.REPORTED).ended_at is None


def test_it_asks_a_reason_a_reader_and_the_state_that_was_seen(signal: Signal) -> None:
    with unit(acting()) as by:
        given: dict[str, Any] = {"by": by, "signal": signal, "version": signal.version}
        with pytest.raises(Refused) as refused:
            seal(why=" ", **given)
        assert refused.value.verdict.code == "seal.why"
        with pytest.raises(Conflict):
            seal(why=WHY, **(given | {"version": 99}))
        Membership.objects.filter(role=Role.INTEGRITY).update(ends="2020-01-01")
        with pytest.raises(Refused) as refused:
            seal(why=WHY, **given)
        assert refused.value.verdict.code == "seal.nobody"
    with unit(acting("handhaver")) as by, pytest.raises(Refused):
        seal(by=by, signal=signal, version=1, why=WHY)


def test_the_page_says_what_it_does_and_then_shows_it_no_more(client: Client, signal: Signal) -> None:
    client.force_login(user("meldpunt"))
    page = reverse("intake:seal", args=[signal.id])
    assert page in client.get(reverse("route:file", args=[signal.id])).content.decode()
    assert "Gemeentesecretaris Peters" in client.get(page).content.decode()
    answer = client.post(page, {"version": Signal.objects.get().version, "reason": WHY}, follow=True)
    assert answer.redirect_chain == [("/signalen/", 302)]
    assert client.get(reverse("route:file", args=[signal.id])).status_code == 404
    client.force_login(user("secretaris"))
    assert client.get(reverse("route:file", args=[signal.id])).status_code == 200
    assert client.get(page).status_code in (403, 404)
