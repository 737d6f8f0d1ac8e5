"""A document as a file of the kind that is asked for."""

from __future__ import annotations

from cohesion_qda.base.jobs import Job
from cohesion_qda.report.blocks import Document

ENDINGS = (".docx", ".html", ".pdf")


def rendered(document: Document, ending: str, job: Job | None = None) -> bytes:
    """The file with that ending, one of ENDINGS. The same document gives the same bytes. Raises Cancelled, KeyError for another ending."""
    from cohesion_qda.report import docx, html, pdf

    return {".docx": docx.render, ".html": html.render, ".pdf": pdf.render}[ending](document, job)
