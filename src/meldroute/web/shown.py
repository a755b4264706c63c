"""Whether an answer shows a form with what is wrong in it: then what was asked was not done, and the journal is told.

Django shows the errors of fields through its renderer, and ours the summary above a form through one filter
(`wrong`); so those two are where it is seen, whatever the page looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest


@dataclass
class Shown:
    """What one answer showed."""

    errors: bool = False


_shown: ContextVar[Shown | None] = ContextVar("shown", default=None)


def wrong(errors: object) -> bool:
    """Whether there are errors, which are shown now."""
    shown = _shown.get()
    if shown is not None and errors:
        shown.errors = True
    return bool(errors)


class Renderer(TemplatesSetting):
    """Django's own, which notes that an error of a form was shown."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The template as text."""
        wrong(context.get("errors"))
        return str(super().render(template_name, context, request))


@contextmanager
def watched() -> Iterator[Shown]:
    """What is shown while the block runs."""
    shown = Shown()
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)
