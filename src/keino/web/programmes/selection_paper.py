"""The summary for deciders as an accessible PDF (PDF/UA)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

if TYPE_CHECKING:
    from weasyprint import Document

    from keino.web.programmes.models import Edition

STYLE = Path(__file__).parent / "templates" / "programmes" / "selection" / "paper.css"


def summary_pdf(edition: Edition, context: dict[str, Any]) -> bytes:
    """What the summary's page shows, as a file."""
    from keino.report.pdf import OPTIONS

    made: bytes = summary_paper(edition, context).write_pdf(**OPTIONS)
    return made


def summary_paper(edition: Edition, context: dict[str, Any]) -> Document:
    """The same laid out. Nothing is fetched: an address in a text opens no connection."""
    from keino.report.pdf import laid_out

    language = (get_language() or "fi")[:2]
    html = render_to_string(
        "programmes/selection/paper.html", {**context, "language": language, "printed_at": timezone.now()}
    )
    return laid_out(html, STYLE)
