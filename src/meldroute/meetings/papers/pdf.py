"""From data to PDF/UA-1 with typst; texts are data and never markup."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typst
from django.utils.translation import get_language

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One line: the kind of truth, the text, and where it comes from."""

    text: str
    tag: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One item with its lines."""

    heading: str
    lead: str = ""
    rows: tuple[Row, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Paper:
    """What stands on a paper."""

    title: str
    subtitle: str
    footer: str
    intro: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    watermark: str = ""
    sign: tuple[str, ...] = field(default=())


def pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1)."""
    told = json.dumps(asdict(paper) | {"language": (get_language() or "nl")[:2]}, ensure_ascii=False)
    made = typst.compile(str(HERE / "paper.typ"), sys_inputs={"told": told}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made
