"""Privacy checks: asked, advised, decided; what they open and what stays closed."""

from __future__ import annotations

import pytest

from meldroute.domain.route import Decision
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient
from meldroute.people.unit import unit
from meldroute.route.actions import deciding
from meldroute.route.models import Signal
from people_here import acting
from route import files

pytestmark = pytest.mark.django_db


def test_a_yes_to_2a_releases_what_the_matrix_allows() -> None:
    with unit(acting()) as by:
        signal = files.new(by=by)
        place = files.fact(signal, by=by)
        special = files.fact(signal, by=by, text="Is ziek", category=Category.SPECIAL)
        files.weigh(signal, files.FIRST, by=by)
        deciding.decide(
            by=by,
            signal=signal,
            version=signal.version,
            decision=Decision.AGENDA_WITHOUT_SOURCES,
            given=deciding.Given(reason="snel bespreken"),
        )
    settled = files.checked(
        signal, Check.TWO_A, recipient=Recipient.SIGNALENOVERLEG, purpose=Purpose.DISCUSS, facts=(place.id, special.id)
    )
    told = {one.fact.id: one for one in settled.judged}
    assert told[place.id].release is not None
    assert told[special.id].release is None
    assert told[special.id].verdict.reason
    with unit(acting("privacy")):
        assert not Signal.objects.filter(id=signal.id).exists()
