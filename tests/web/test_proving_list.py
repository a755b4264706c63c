"""Every view from which facts, keys or rights go out asks a recent proof, or says here why not.

Found in the source, not remembered: a view counts when it, or anything it calls, reaches one of `GOES_OUT`. So a view
that is added later and shares something fails here until it has `@fresh` or a reason.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern

import meldroute
import objects_here

PACKAGE = Path(meldroute.__file__).parent
GOES_OUT = {
    "meldroute.route.actions.disclosing.disclose": "a fact is shared with somebody outside",
    "meldroute.route.actions.releasing._released": "a fact is released for a meeting",
    "meldroute.post.actions.send_again": "a mail leaves again",
    "meldroute.route.actions.access.give": "somebody gets to see a signal",
    "meldroute.route.actions.access.grant": "somebody gets to see a signal",
    "meldroute.route.actions.access.break_glass": "somebody sees a signal in an emergency",
    "meldroute.route.actions.access.read_with_reason": "somebody sees a signal for a reason",
    "meldroute.intake.actions.links.make": "a link for who has no account",
    "meldroute.people.actions.grant": "a role is proposed",
    "meldroute.people.actions.confirm": "a role begins to count",
    "meldroute.people.actions.ask_factor_reset": "a second factor is unbound",
    "meldroute.people.actions.confirm_factor_reset": "a second factor is unbound",
    "meldroute.people.invitations.token": "a link with which a password is chosen",
    "meldroute.figures.actions.runs.share": "figures are shared with the board",
    "meldroute.reports.actions.adopting.adopt": "a report is adopted, and goes to board and council",
    "meldroute.figures.actions.tables.destroy": "a table is deleted for good",
    "Content-Disposition": "bytes are downloaded",
}
"""Where things go out: the functions that do it, and the header that says it."""

INSIDE = "the task goes to a colleague inside; giving one by hand asks"
MEETING = "an outcome in the meeting can give a task inside; the facts in it were released, which asked"
NOT_ASKED = {
    "awareness:certificate": "that somebody was at a training, which the page says too",
    "awareness:own-calendar": "a day and a place, for whoever signed up for it",
    "awareness:own-certificate": "the own certificate, for whoever has no account",
    "figures:template": "an empty table, the same for everybody",
    "people:call-card-pdf": "numbers to call, no case and no person in one",
    "meetings:calendar": "dates and places, no facts",
    "meetings:series-calendar": "dates and places, no facts",
    "meetings:item": MEETING,
    "plan:export": "what the plan says; no case and no person",
    "plan:feed": "days and titles behind an own address; no case and no person",
    "plan:overview": "the plan and what was done; no case and no person",
    "route:correct": MEETING,
    "route:decide": MEETING,
    "route:check-ask": "asking; who decides is another, and is asked",
    "route:danger": "acute danger: nobody may lose a minute here; a second person looks at it afterwards",
    "route:signal-tasks": INSIDE,
    "route:task": INSIDE,
    "sharing:policy-file": "what the municipality agreed; no case and no person",
    "route:tasks": INSIDE,
}
ALL = dict(objects_here.patterns())


def name_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE.parent).with_suffix("")
    return ".".join(part for part in inside.parts if part != "__init__")


def package_of(path: Path) -> list[str]:
    return list(path.relative_to(PACKAGE.parent).parent.parts)


def imports_of(tree: ast.Module, path: Path) -> dict[str, str]:
    """What each imported name is called in full."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            home = package_of(path)
            base = home[: len(home) - node.level + 1] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            found |= {one.asname or one.name: f"{whole}.{one.name}" for one in node.names}
    return found


def mentioned(node: ast.AST, known: dict[str, str]) -> set[str]:
    """Full names of what this piece of source mentions, and its texts."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known:
            found.add(f"{known[part.value.id]}.{part.attr}")
        elif isinstance(part, ast.Name) and part.id in known:
            found.add(known[part.id])
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.add(part.value)
    return found


@cache
def graph() -> dict[str, set[str]]:
    """What every function and class of the application mentions."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = name_of(path)
        own = {node.name: f"{module}.{node.name}" for node in tree.body if hasattr(node, "name")}
        known = imports_of(tree, path) | own
        for node in tree.body:
            names = [node.name] if hasattr(node, "name") else _assigned(node)
            for name in names:
                found[f"{module}.{name}"] = mentioned(node, known)
        found.update({f"{module}.{name}": {whole} for name, whole in imports_of(tree, path).items()})
    return found


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def reached(start: str) -> frozenset[str]:
    """Everything that can be reached from this function."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(graph().get(name, ()))
    return frozenset(seen)


def goes_out(one: URLPattern) -> set[str]:
    view = one.callback
    return {why for name, why in GOES_OUT.items() if name in reached(f"{view.__module__}.{view.__name__}")}


def test_the_places_where_things_go_out_exist() -> None:
    for name in GOES_OUT:
        assert name == "Content-Disposition" or name in graph(), name


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_view_that_lets_something_out_asks_a_proof(name: str) -> None:
    one = ALL[name]
    why = goes_out(one)
    asks = hasattr(one.callback, "asks_proof")
    if name in NOT_ASKED:
        assert not asks, f"{name} asks a proof: take it out of NOT_ASKED"
        assert why, f"{name} lets nothing out: take it out of NOT_ASKED"
    else:
        assert asks or not why, f"{name}: {', '.join(sorted(why))}. Add @fresh, or a reason to NOT_ASKED"
