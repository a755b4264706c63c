"""A report as a file to take along."""

from __future__ import annotations

from meldroute.plan import files as plan_files

from .document import document
from .models import Report
from .papers.odt import odt
from .papers.pdf import pdf

FORMS = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "toml": "application/toml; charset=utf-8",
}


def file_of(report: Report, form: str) -> bytes:
    """The bytes of one of FORMS; toml is the draft of the next plan as a plan file, only in that report."""
    if form == "toml":
        return plan_files.write(report.plan or {}).encode()
    return pdf(document(report)) if form == "pdf" else odt(document(report))
