"""The tree of parts in a mail (RFC 2046), as offsets in the raw bytes.

The standard library recurses per layer and copies per line; this splits at the delimiters only, so that a mail
of 25 MB, a thousand layers or ten thousand parts costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import limits
from .headers import Headers, parameters, read_headers
from .problem import Notes, Problem

_TYPE = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,120}")


@dataclass
class Budget:
    """What may still be read of one mail, the mails inside it included."""

    notes: Notes
    parts: int = limits.PARTS
    scanned: int = limits.SCANNED_BYTES
    delimiters: int = limits.DELIMITERS

    def scan(self, size: int) -> bool:
        """Take `size` bytes of work; False when there is no more to spend."""
        self.scanned -= size
        if self.scanned < 0:
            self.notes.add(Problem.TOO_MUCH_WORK)
        return self.scanned >= 0

    def part(self) -> bool:
        """Take one part; False when there were too many."""
        self.parts -= 1
        if self.parts < 0:
            self.notes.add(Problem.TOO_MANY_PARTS)
        return self.parts >= 0


@dataclass
class Entity:
    """A part of the mail: its headers, and its body between `start` and `end` in `data`."""

    data: bytes = field(repr=False)
    headers: Headers
    start: int
    end: int
    kind: str
    parameters: dict[str, str]
    children: list[Entity] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The body as it was sent, still encoded."""
        return self.data[self.start : self.end]

    @property
    def view(self) -> memoryview:
        """The body without a copy."""
        return memoryview(self.data)[self.start : self.end]

    def leaves(self) -> Iterator[Entity]:
        """Every part without parts of its own, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def split(data: bytes, budget: Budget) -> Entity:
    """The tree of the mail in `data`, within `budget`."""
    return _entity(data, 0, len(data), budget, depth=0, default="text/plain")


def _entity(data: bytes, start: int, end: int, budget: Budget, *, depth: int, default: str) -> Entity:
    headers, body = read_headers(data, start, end, budget.notes)
    kind, values = parameters(headers.first("content-type"))
    entity = Entity(data, headers, body, end, kind if _TYPE.fullmatch(kind) else default, values)
    if entity.kind.startswith("multipart/"):
        _divide(entity, budget, depth)
    return entity


def _divide(entity: Entity, budget: Budget, depth: int) -> None:
    """Give `entity` its children; without any it stays one part."""
    if depth >= limits.DEPTH:
        budget.notes.add(Problem.TOO_DEEP)
        return
    if not budget.scan(entity.end - entity.start):
        return
    default = "message/rfc822" if entity.kind == "multipart/digest" else "text/plain"
    for start, end in _regions(entity, budget):
        if not budget.part():
            return
        child = _entity(entity.data, start, end, budget, depth=depth + 1, default=default)
        entity.children.append(child)
    if not entity.children:
        budget.notes.add(Problem.BROKEN_PARTS)
        entity.kind = "text/plain"


def _regions(entity: Entity, budget: Budget) -> Iterator[tuple[int, int]]:
    """Start and end of each part, without the line ends that belong to the delimiters."""
    begun = -1
    for start, end, final in _delimiters(entity, budget):
        if begun >= 0:
            yield begun, _before(entity.data, begun, start)
        if final:
            return
        begun = _behind(entity.data, end, entity.end)
    if begun >= 0:
        budget.notes.add(Problem.TRUNCATED)
        yield begun, entity.end


def _delimiters(entity: Entity, budget: Budget) -> Iterator[tuple[int, int, bool]]:
    boundary = entity.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")[:200]
    if not boundary:
        return
    line = b"--" + re.escape(boundary) + rb"(--)?[ \t]*(?=[\r\n]|\Z)"
    first = re.compile(line).match(entity.data, entity.start, entity.end)
    if first:
        yield first.start(), first.end(), bool(first[1])
    for found in re.compile(rb"[\r\n]" + line).finditer(entity.data, entity.start, entity.end):
        budget.delimiters -= 1
        if budget.delimiters < 0:
            budget.notes.add(Problem.TOO_MUCH_WORK)
            return
        yield found.start() + 1, found.end(), bool(found[1])


def _before(data: bytes, least: int, at: int) -> int:
    """The offset before the line end in front of `at`."""
    for mark in (b"\r\n", b"\n", b"\r"):
        if data.endswith(mark, least, at):
            return at - len(mark)
    return at


def _behind(data: bytes, at: int, most: int) -> int:
    """The offset behind the line end at `at`."""
    for mark in (b"\r\n", b"\n", b"\r"):
        if data.startswith(mark, at, most):
            return at + len(mark)
    return at
