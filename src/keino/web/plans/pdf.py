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
    from keino.report.pdf import OPTIONS, laid_out

    html = render_to_string(
        "plans/operating_model/paper.html",
        {
            "model": model,
            "organisation": model.organisation,
            "parts": operating_parts(model),
            "language": (get_language() or "fi")[:2],
        },
    )
    made: bytes = laid_out(html, STYLE).write_pdf(**OPTIONS)
    return made
