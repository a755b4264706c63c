"""The PDF (PDF/UA-1), set by typst; texts are data and never markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from ..document import Document

HERE = Path(__file__).parent


def pdf(document: Document) -> bytes:
    """The document as a tagged PDF."""
    told = json.dumps(asdict(document), ensure_ascii=False)
    made = typst.compile(str(HERE / "report.typ"), sys_inputs={"told": told}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made
