"""The list of fields and their rules (ASVS 5.0, 2.1.1 and 2.1.2): `docs/operations/fields.md`.

Made from the forms themselves; `tests/web/test_fields.py` holds the list to them and writes what it should be beside
it. What a field offers only when it is shown (colleagues, sources, terms) is a rule that stands in data, not here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from django import forms
from django.core.validators import RegexValidator

import meldroute

WRITTEN = Path(__file__).resolve().parents[1] / "docs" / "operations" / "fields.md"
SAMPLES = "meldroute.web.gallery"
MOST_CHOICES = 12
"""More are counted; they stand in the glossary."""
OPENING = """# Every field of every form, and its rule

Made from the forms (`tools/fields.py`), held by `tests/web/test_fields.py`. A field that must be filled in has a `*`.
Every text is also bounded by the 30 MB that may be sent at once, has no NUL in it, and loses the spaces around it.
"Offered" is what the page offered to this person at that moment: anything else is refused. "Over" tells what a check
of our own adds. What is asked of a decision, a release, a term or a weighing is policy, in the database with its
source, and proposed in `policies/`. Fields that are no part of a form (a version, a page number, a button) are read
as a whole number of at most eight digits (`meldroute.people.asked.whole`), as one of a list, or as a text that is
cut.
"""
KINDS = (
    (forms.EmailField, "mail address"),
    (forms.URLField, "address of a page"),
    (forms.SlugField, "letters, digits and hyphens"),
    (forms.MultipleChoiceField, "any of"),
    (forms.ChoiceField, "one of"),
    (forms.DateTimeField, "moment"),
    (forms.DateField, "day"),
    (forms.TimeField, "time of day"),
    (forms.IntegerField, "whole number"),
    (forms.BooleanField, "yes or no"),
    (forms.FileField, "file"),
    (forms.CharField, "text"),
)

BOUNDS = {
    "min_length": "at least {} long",
    "max_length": "at most {} long",
    "min_value": "at least {}",
    "max_value": "at most {}",
}


def text() -> str:
    """The whole list."""
    chapters: dict[str, list[type[forms.BaseForm]]] = {}
    for form in _forms():
        chapters.setdefault(form.__module__.split(".")[1], []).append(form)
    parts = [f"## {chapter}\n\n" + "\n".join(map(_of, found)) for chapter, found in sorted(chapters.items())]
    return OPENING + "\n" + "\n".join(parts)


def _forms() -> list[type[forms.BaseForm]]:
    """Every form that has fields, in the order of the source; a form with a name that begins with _ is a part."""
    for module in pkgutil.walk_packages(meldroute.__path__, "meldroute."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)
    found = {form for form in _below(forms.BaseForm) if form.__module__.startswith("meldroute.")}
    shown = [form for form in found if form.base_fields and form.__module__ != SAMPLES]
    return sorted(shown, key=lambda form: (form.__module__, inspect.getsourcelines(form)[1]))


def _below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for below in form.__subclasses__():
        yield below
        yield from _below(below)


def _of(form: type[forms.BaseForm]) -> str:
    lines = [f"- `{name}`{'*' if field.required else ''}: {_rule(field)}" for name, field in form.base_fields.items()]
    lines += [f"- over {_fields_of(name)}: {rule}" for name, rule in _checks(form)]
    place = form.__module__.removeprefix("meldroute.").replace(".", "/")
    return f"### {form.__name__} (`{place}.py`)\n\n" + "\n".join(lines) + "\n"


def _rule(field: forms.Field) -> str:
    kind = next((name for kind, name in KINDS if isinstance(field, kind)), type(field).__name__)
    limits = [*_bounds(field), *_patterns(field)]
    if isinstance(field, forms.ChoiceField):
        kind = f"{kind} {_choices(field)}"
    return ", ".join([kind, *limits])


def _bounds(field: forms.Field) -> Iterator[str]:
    for name, words in BOUNDS.items():
        if getattr(field, name, None) is not None:
            yield words.format(getattr(field, name))


def _patterns(field: forms.Field) -> Iterator[str]:
    own = [one for one in field.validators if one not in type(field).default_validators]
    for one in own:
        if isinstance(one, RegexValidator) and type(one) is RegexValidator:
            yield f"as `{one.regex.pattern}`"  # type: ignore[union-attr]
        elif getattr(one, "__module__", "").startswith("meldroute."):
            yield _first_line(one)


def _choices(field: forms.ChoiceField) -> str:
    told = [str(value) for value, _ in field.choices if value != ""] if not callable(field.choices) else []
    if not told:
        return "what is offered"
    return ", ".join(f"`{value}`" for value in told) if len(told) <= MOST_CHOICES else f"{len(told)} terms"


def _checks(form: type[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """What our own `clean` and `clean_…` of this form say that they do."""
    for name, function in inspect.getmembers(form, inspect.isfunction):
        if re.match(r"clean(_|$)", name) and function.__module__.startswith("meldroute."):
            yield name, _first_line(function)


def _fields_of(name: str) -> str:
    return f"`{name.removeprefix('clean_')}`" if name != "clean" else "the whole"


def _first_line(told: object) -> str:
    return (inspect.getdoc(told) or "").partition("\n")[0].rstrip(".").strip()
