"""Reading a policy that a municipality wrote itself: the parsers of the shipped ones, and errors for people."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import tomli_w

from meldroute.domain import forms, sharing, signing_in, source_register, terms, weighing
from meldroute.domain.feedback import policy as feedback
from meldroute.domain.plan.self_scan import parse_self_scan
from meldroute.domain.policy import PolicyError
from meldroute.domain.policy_changes import Document, rows_of
from meldroute.domain.routine import parse_routine
from meldroute.domain.vocabulary import Check, Weighing

from .models import PolicyKind
from .words import ordered

MOST = 1_000_000
"""Characters of a policy; the largest shipped one has 60,000."""
TABLES: Mapping[PolicyKind, frozenset[str]] = {
    PolicyKind.SHARING: frozenset({"row"}),
    PolicyKind.WEIGHINGS: frozenset({"form", "question"}),
    PolicyKind.TERMS: frozenset({"term"}),
    PolicyKind.SOURCES: frozenset({"source_row"}),
    PolicyKind.FORMS: frozenset({"form"}),
    PolicyKind.INDICATORS: frozenset({"indicator"}),
    PolicyKind.FEEDBACK: frozenset({"level", "text", "receipt", "ours", "word"}),
    PolicyKind.HOLIDAYS: frozenset({"holiday"}),
    PolicyKind.ACCOUNTS: frozenset({"sign_in", "second_factor", "group", "term"}),
    PolicyKind.SELF_SCAN: frozenset({"theme", "criterion"}),
    PolicyKind.ROUTINE: frozenset({"step", "term", "case"}),
}


def plain(value: Any) -> Any:
    """TOML dates as ISO text, so that the policy is JSON."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, time)) else value


def read(kind: PolicyKind, text: str, *, today: date) -> dict[str, Any]:
    """The document in `text` (TOML), when every part of the program can work with it.

    Raises PolicyError in Dutch, with the line of what is no TOML, or the row and the field of what is wrong.
    """
    if len(text) > MOST:
        raise PolicyError(f"dit bestand is te groot: {len(text)} tekens, het mogen er {MOST} zijn")
    try:
        body: dict[str, Any] = plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(no_toml(str(wrong))) from None
    check(kind, body, today=today)
    return body


def no_toml(told: str) -> str:
    """What to say of a text that is no TOML: where it stops being so."""
    at = re.search(r"at line (\d+), column (\d+)", told)
    where = f"regel {at[1]}, teken {at[2]}" if at else "het einde"
    return f"het bestand is vanaf {where} geen goede TOML ({told.split(' (at')[0]})"


def write(body: Document) -> str:
    """The document as TOML, to keep and to change."""
    return tomli_w.dumps(_ordered(body), multiline_strings=True)


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _ordered(one) for name, one in ordered(value).items()}
    return value


def check(kind: PolicyKind, body: Document, *, today: date) -> None:
    """Whether the program can work with this policy from today on. Raises PolicyError."""
    tables = {name for name, value in body.items() if isinstance(value, list | dict)}
    if unknown := sorted(tables - TABLES[kind]):
        raise PolicyError(f"{', '.join(unknown)} hoort niet in: {kind.label}")
    try:
        rows_of(body)
        _CHECKS[kind](body, today)
    except KeyError as missing:
        raise PolicyError(f"veld {missing} ontbreekt") from None
    except PolicyError:
        raise
    except (ValueError, TypeError, AttributeError) as wrong:
        raise PolicyError(f"een veld is van de verkeerde soort: {wrong}") from None


def _weighings(body: Document, today: date) -> None:
    found = weighing.parse_forms(body)
    weighing.parse_questions(body)
    for code in (*Weighing, *Check):
        weighing.current(found, code, today)


_CHECKS: Mapping[PolicyKind, Callable[[Document, date], object]] = {
    PolicyKind.SHARING: lambda body, _: sharing.parse_matrix(body),
    PolicyKind.WEIGHINGS: _weighings,
    PolicyKind.TERMS: lambda body, _: terms.parse_terms(body, frozenset()),
    PolicyKind.SOURCES: lambda body, _: source_register.parse_sources(body),
    PolicyKind.FORMS: lambda body, _: forms.parse_exploitation_forms(body),
    PolicyKind.INDICATORS: lambda body, _: forms.parse_indicators(body),
    PolicyKind.FEEDBACK: lambda body, _: feedback.load(body),
    PolicyKind.HOLIDAYS: lambda body, _: terms.parse_holidays(body),
    PolicyKind.ACCOUNTS: lambda body, _: signing_in.parse_sign_in(body),
    PolicyKind.SELF_SCAN: lambda body, _: parse_self_scan(body),
    PolicyKind.ROUTINE: lambda body, _: parse_routine(body),
}
