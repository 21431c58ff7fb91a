"""The report as an accessible PDF (PDF/UA): made of the same HTML, with its title, language and text alternatives."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from keino.report.page import report_page

if TYPE_CHECKING:
    from pathlib import Path

    from weasyprint import Document

    from keino.engine.results import FootprintResult

#: Tags, so that a screen reader meets headings, lists and tables as such.
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
_DRAWING = re.compile(r"<svg class=\"drawing\".*?</svg>", re.DOTALL)
_ALTERNATIVE = re.compile(r"<desc [^>]*>(.*?)</desc>", re.DOTALL)


def write_pdf(result: FootprintResult, path: Path, language: str) -> None:
    """Write the report as PDF/UA to ``path``."""
    laid_out(report_page(result, language)).write_pdf(str(path), **OPTIONS)


def laid_out(html: str, *styles: Path) -> Document:
    """Lay a page out on paper, in its own style or in these. Nothing is fetched: an address in a text opens nothing."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    page = weasyprint.HTML(string=_DRAWING.sub(_as_image, html), url_fetcher=fetcher)
    return page.render(stylesheets=[weasyprint.CSS(filename=style) for style in styles], **OPTIONS)


def _as_image(found: re.Match[str]) -> str:
    """A drawing as an image with its text alternative: PDF readers say the alternative of images only."""
    described = _ALTERNATIVE.search(found.group(0))
    alternative = described.group(1).replace('"', "&quot;") if described else ""
    source = b64encode(found.group(0).encode()).decode("ascii")
    return f'<img class="drawing" src="data:image/svg+xml;base64,{source}" alt="{alternative}">'
