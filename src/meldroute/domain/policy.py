"""Reading a row of a policy file: typed fields, and errors that name the row and the field.

Policy is data with a source (architecture, habit 8): every row says where it comes from and whether it is a
proposal or was adopted. The files themselves are read elsewhere; here a row is a plain mapping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from .term import Term, gettext_noop

T = TypeVar("T", bound=Term)
_MISSING = object()


class PolicyError(ValueError):
    """A policy file is wrong; the message names the file part, the row and the field.

    `table` and `number` (from 1) say which row of the file it is, `field` which field; empty for the whole.
    """

    def __init__(self, message: str, *, table: str = "", number: int = 0, field: str = "") -> None:
        super().__init__(message)
        self.table, self.number, self.field = table, number, field


class Status(Term):
    """Whether a row is ours or the municipality's."""

    PROPOSAL = "proposal", gettext_noop("voorstel")
    ADOPTED = "adopted", gettext_noop("vastgesteld")


@dataclass(frozen=True)
class Standing:
    """Where a row comes from and what it is: every row of every policy file has this."""

    source: str
    status: Status
    adopted: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a policy file; `name` is its id, for errors; `place` (from 1) where it stands in `table`."""

    name: str
    fields: Mapping[str, Any]
    table: str = ""
    place: int = 0

    def error(self, field: str, problem: str) -> PolicyError:
        """An error that names this row and a field."""
        told = f"regel {self.name}, veld {field}: {problem}"
        return PolicyError(told, table=self.table, number=self.place, field=field)

    def _value(self, field: str, kind: type | tuple[type, ...], default: object = _MISSING) -> Any:
        value = self.fields.get(field, default)
        if value is _MISSING:
            raise self.error(field, "ontbreekt")
        if value is not default and not isinstance(value, kind):
            raise self.error(field, f"is van de verkeerde soort: {value!r}")
        return value

    def text(self, field: str) -> str:
        """A text that is not empty."""
        value = str(self._value(field, str)).strip()
        if not value:
            raise self.error(field, "is leeg")
        return value

    def text_or_none(self, field: str) -> str:
        """A text, or "" where the field is left out."""
        return str(self._value(field, str, "")).strip()

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is left out."""
        values = self._value(field, list, [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.error(field, "moet een lijst van teksten zijn")
        return tuple(values)

    def flag(self, field: str) -> bool:
        """True or false; it must be there."""
        return bool(self._value(field, bool))

    def number(self, field: str) -> int:
        """A whole number of 0 or more."""
        value = self._value(field, int)
        if isinstance(value, bool) or value < 0:
            raise self.error(field, f"moet een geheel getal van 0 of meer zijn, is {value!r}")
        return int(value)

    def numbers(self, field: str) -> tuple[int, ...]:
        """A list of whole numbers, at least one."""
        values = self._value(field, list)
        if not values or not all(type(value) is int for value in values):
            raise self.error(field, "moet een lijst van hele getallen zijn")
        return tuple(values)

    def day(self, field: str) -> date:
        """A date, as TOML has it or as an ISO text (a policy kept as JSON)."""
        value = self._value(field, (date, str))
        if not isinstance(value, str):
            return date(value.year, value.month, value.day)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.error(field, f"is geen datum: {value!r}") from None

    def term(self, field: str, terms: type[T]) -> T:
        """A code of a closed list."""
        return self._code(field, self.text(field), terms)

    def term_list(self, field: str, terms: type[T]) -> tuple[T, ...]:
        """A list of codes of a closed list; empty where the field is left out."""
        return tuple(self._code(field, code, terms) for code in self.texts(field))

    def _code(self, field: str, code: str, terms: type[T]) -> T:
        try:
            return terms(code)
        except ValueError:
            known = ", ".join(member.value for member in terms)
            raise self.error(field, f"{code!r} is geen van: {known}") from None

    def standing(self) -> Standing:
        """Source and status; an adopted row says by whom, when and on whose advice."""
        status = self.term("status", Status)
        adopted = self.text("adopted") if status is Status.ADOPTED else ""
        return Standing(self.text("source"), status, adopted)


def rows(document: Mapping[str, Any], table: str, key: str = "id") -> Iterator[Row]:
    """The rows of `[[table]]`, each named by its `key`; raises PolicyError for a second one of that name."""
    seen: set[str] = set()
    listed = document.get(table)
    if not isinstance(listed, list) or not listed:
        raise PolicyError(f"er is geen [[{table}]]")
    for number, fields in enumerate(listed, start=1):
        row = Row(str(fields.get(key, f"{table} {number}")), fields, table, number)
        row.text(key)
        if row.name in seen:
            raise row.error(key, "komt twee keer voor")
        seen.add(row.name)
        yield row
