"""Act, means and aim as coded observations, each apart (art. 273f Sr; plan §2.1)."""

from __future__ import annotations

from collections.abc import Mapping

from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import Act, Aim, Means
from meldroute.journal.acting import Acting

from ..models import Element, Observation, Signal
from ..visible import must_work
from .timeline import tell

CODES: Mapping[str, type[Term]] = {"act": Act, "means": Means, "aim": Aim}
NO_MEANS = gettext_noop("Bij een minderjarige is geen dwangmiddel nodig (art. 273f Sr). Het mag leeg blijven.")


def add_element(
    *,
    by: Acting,
    signal: Signal,
    part: str,
    code: str,
    note: str = "",
    observation: Observation | None = None,
) -> Element:
    """Code one part (`act`, `means`, `aim`) of what is seen. Raises Refused; an unknown code is a ValueError."""
    must_work(signal, by)
    CODES[part](code)
    require(_may_code(signal, part, code, observation))
    made = Element.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        part=part,
        code=code,
        note=note.strip(),
        observation=observation,
        by=by.user_id,
        at=by.at,
    )
    tell(signal, by=by, kind="element.add", ids=(made.id,), part=part, code=code)
    return made


def end_element(*, by: Acting, element: Element) -> None:
    """Take a coded part back; it stays readable in the timeline. Raises Refused."""
    must_work(element.signal, by)
    element.ended_at = by.at
    element.save(update_fields=["ended_at"])
    tell(element.signal, by=by, kind="element.end", ids=(element.id,), part=element.part, code=element.code)


def means_needed(signal: Signal) -> bool:
    """Whether means of coercion matter: not when the possible victim is a minor (art. 273f Sr)."""
    return not signal.minor_possible


def _may_code(signal: Signal, part: str, code: str, observation: Observation | None) -> Verdict:
    if observation is not None and observation.signal_id != signal.id:
        return no(gettext_noop("Die waarneming hoort bij een ander signaal."), "domain rules §4", "element.other")
    if signal.elements.filter(part=part, code=code, ended_at__isnull=True).exists():
        return no(gettext_noop("Dit kenmerk staat er al."), "domain rules §4", "element.twice")
    return yes()
