"""The municipality's own choices about awareness (`policies/awareness.toml`), each row with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meldroute.domain.policy import PolicyError, Standing, rows

from .activities import ActivityKind, GroupKind

TERMS = ("names_days", "link_days", "link_uses", "smallest")


@dataclass(frozen=True)
class ShippedGroup:
    """A team or organisation that the plan wants to reach; a municipality edits its own list.

    `municipality`: the slug of the only one that has it; empty: every municipality begins with it.
    """

    name: str
    kind: GroupKind
    municipality: str
    standing: Standing


@dataclass(frozen=True)
class Topic:
    """What a call can be about."""

    code: str
    label: str


@dataclass(frozen=True)
class Policy:
    """`terms` by name: days, and the smallest number that everybody may see.

    `known` are names of organisations that a note may hold; `actions`: what a kind is proof of.
    """

    terms: Mapping[str, int]
    groups: tuple[ShippedGroup, ...]
    topics: tuple[Topic, ...]
    known: tuple[str, ...]
    actions: Mapping[ActivityKind, tuple[str, ...]]


def parse(document: Mapping[str, Any]) -> Policy:
    """The policy of a document. Raises PolicyError that names row and field."""
    terms: dict[str, int] = {}
    topics, groups, known = [], [], []
    actions: dict[ActivityKind, tuple[str, ...]] = {}
    for row in rows(document, "term"):
        row.standing()
        terms[row.name] = row.number("number")
    for row in rows(document, "group"):
        groups.append(
            ShippedGroup(
                row.text("name"), row.term("kind", GroupKind), row.text_or_none("municipality"), row.standing()
            )
        )
    for row in rows(document, "topic"):
        row.standing()
        topics.append(Topic(row.name, row.text("label")))
    for row in rows(document, "known"):
        row.standing()
        known.append(row.text("name"))
    for row in rows(document, "proof", key="kind"):
        row.standing()
        actions[row.term("kind", ActivityKind)] = row.texts("actions")
    if sorted(terms) != sorted(TERMS):
        raise PolicyError(f"[[term]]: verwacht zijn {', '.join(TERMS)}")
    return Policy(terms, tuple(groups), tuple(topics), tuple(known), actions)
