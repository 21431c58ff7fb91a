"""A document as an accessible PDF (PDF/UA): its parts with headings, tables and language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language

from keino.web.plans.written import operating_parts

if TYPE_CHECKING:
    from keino.web.plans.models import OperatingModel

STYLE = Path(__file__).parent / "templates" / "plans" / "document" / "paper.css"


def operating_model_pdf(model: OperatingModel) -> bytes:
    """A version of the operating model. Nothing is fetched: an address in a text opens no connection."""
    html = render_to_string(
        "plans/operating_model/paper.html",
        {
            "model": model,
            "organisation": model.organisation,
            "parts": operating_parts(model),
            "language": (get_language() or "fi")[:2],
            "style": STYLE.read_text(encoding="utf-8"),
        },
    )
    return as_pdf(html)


def as_pdf(html: str) -> bytes:
    """A page as PDF/UA."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    document = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made
