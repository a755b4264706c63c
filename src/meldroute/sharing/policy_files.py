"""Reading the policies that are shipped with the product: `policies/*.toml`, each row with its source.

A municipality keeps its own versions as data (`sharing.Policy`); the parsers are the same, in the domain.
`folder` is given by whoever reads another set; by default the folder beside the source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from meldroute.domain import forms, sharing, source_register, terms, weighing
from meldroute.domain.policy import PolicyError
from meldroute.domain.vocabulary import Question

SHIPPED = Path(__file__).resolve().parents[3] / "policies"


def load(name: str, folder: Path = SHIPPED) -> dict[str, Any]:
    """The document `<name>.toml`. Raises PolicyError when it is missing or no TOML."""
    path = folder / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PolicyError(f"{path.name} ontbreekt in {folder.name}/") from None
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"{path.name}: {wrong}") from None


def holidays(folder: Path = SHIPPED) -> frozenset[date]:
    """The days that are no working days."""
    return terms.parse_holidays(load("holidays", folder))


def deadlines(folder: Path = SHIPPED) -> terms.Terms:
    """Terms in working days, with the holidays."""
    return terms.parse_terms(load("terms", folder), holidays(folder))


def weighing_forms(folder: Path = SHIPPED) -> tuple[weighing.Form, ...]:
    """All versions of the weighings and privacy checks."""
    return weighing.parse_forms(load("weighings", folder))


def questions(folder: Path = SHIPPED) -> Mapping[Question, weighing.Question]:
    """The questions asked on their own."""
    return weighing.parse_questions(load("weighings", folder))


def exploitation_forms(folder: Path = SHIPPED) -> tuple[forms.ExploitationForm, ...]:
    """The forms of exploitation."""
    return forms.parse_exploitation_forms(load("forms", folder))


def indicators(folder: Path = SHIPPED) -> tuple[forms.Indicator, ...]:
    """Situations and behaviour that fit a form."""
    return forms.parse_indicators(load("indicators", folder))


def matrix(folder: Path = SHIPPED) -> sharing.Matrix:
    """The sharing matrix."""
    return sharing.parse_matrix(load("sharing", folder))


def sources(folder: Path = SHIPPED) -> tuple[source_register.Source, ...]:
    """The register of sources."""
    return source_register.parse_sources(load("sources", folder))
