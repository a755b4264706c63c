"""Choices of a closed list, translated when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.term import Term

Choices = list[tuple[Any, Any]] | Callable[[], list[tuple[Any, Any]]]


def labels(terms: Iterable[Term], *, empty: bool = False) -> list[tuple[str, Any]]:
    """Pairs (code, label); with an empty choice first when nothing need be chosen."""
    pairs: list[tuple[str, Any]] = [(term.value, _(term.label)) for term in terms]
    return [("", "–"), *pairs] if empty else pairs


def chosen(form: forms.Form, name: str, choices: Choices) -> None:
    """Give the field `name` of this form its choices; a function is asked when they are needed."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
