"""The page docs/route.md, made from the tables: `python -m meldroute.domain.route_diagram > docs/route.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from .route import EVENTS, STATES, TRANSITIONS, Event, Gate, Happening, Transition
from .term import Term
from .vocabulary import State

HEAD = """\
# The route of a signal

Generated from `src/meldroute/domain/route/` by `python -m meldroute.domain.route_diagram`; do not edit.
The six steps are those of the plan (§3.3.3). A state is where a signal is, an outcome how a round ended; every
outcome goes to *Terugkoppelen* before the signal is closed. A hold returns to the state it came from;
the diagram leaves holds out.
"""


def render() -> str:
    """The whole page as Markdown, with a newline at the end."""
    parts = [HEAD, *_diagram(), "", *_states(), *_transitions(), *_events(), *_gates()]
    return "\n".join(parts).rstrip() + "\n"


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state, place in STATES.items():
        step = f"{place.step}. " if place.step else ""
        yield f'    state "{step}{state.label}" as {state.value}'
    yield f"    [*] --> {State.RECEIVED.value}"
    for (start, end), labels in _arrows().items():
        yield f"    {start} --> {end}: {', '.join(labels)}"
    yield f"    {State.CLOSED.value} --> [*]"
    yield "```"


def _arrows() -> dict[tuple[str, str], list[str]]:
    """One arrow per pair of states; holds are left out, they go everywhere and back."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for transition in TRANSITIONS.values():
        if State.ON_HOLD not in (transition.state, transition.to):
            pair = (transition.state.value, str(transition.to))
            arrows.setdefault(pair, []).append(transition.decision.value)
    return arrows


def _states() -> Iterator[str]:
    yield "## States"
    yield ""
    yield from _table(
        ("state", "Dutch", "step of the plan", "source"),
        ((state.value, state.label, _step(state), place.source) for state, place in STATES.items()),
    )


def _step(state: State) -> str:
    return str(STATES[state].step or ("end" if state is State.CLOSED else "waiting room"))


def _transitions() -> Iterator[str]:
    for state in State:
        yield f"## From {state.label} (`{state.value}`)"
        yield ""
        head = ("decision", "leads to", "outcome", "gates, in this order", "who", "needs", "told", "source")
        yield from _table(head, (_row(t) for t in TRANSITIONS.values() if t.state is state))


def _row(transition: Transition) -> tuple[str, ...]:
    to = transition.to if isinstance(transition.to, State) else "the state it came from"
    return (
        f"{transition.decision.label} (`{transition.decision.value}`)",
        to.label if isinstance(to, State) else to,
        transition.outcome.label if transition.outcome else "",
        _codes(transition.gates),
        _labels(transition.who),
        _labels(transition.needs),
        _labels(transition.told),
        transition.source,
    )


def _events() -> Iterator[str]:
    yield "## Events"
    yield ""
    yield "An event never moves the signal. Danger, Team Mensenhandel and Veilig Thuis are open in every state."
    yield ""
    head = ("event", "in which states", "gates", "who", "needs", "told", "source")
    yield from _table(head, (_event_row(event, happening) for event, happening in EVENTS.items()))


def _event_row(event: Event, happening: Happening) -> tuple[str, ...]:
    everywhere = set(happening.states) == set(State)
    return (
        f"{event.label} (`{event.value}`)",
        "every state" if everywhere else _codes(happening.states),
        _codes(happening.gates),
        _labels(happening.who),
        _labels(happening.needs),
        _labels(happening.told),
        happening.source,
    )


def _gates() -> Iterator[str]:
    yield "## Gates"
    yield ""
    yield from _table(("gate", "what is asked"), ((f"`{gate.value}`", gate.label) for gate in Gate))


def _codes(terms: Iterable[Term]) -> str:
    return ", ".join(f"`{term.value}`" for term in terms)


def _labels(terms: Iterable[Term]) -> str:
    return ", ".join(term.label for term in terms)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(render())
