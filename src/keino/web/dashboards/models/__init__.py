"""Links to results, and files made of them."""

from keino.web.dashboards.models.export import Export
from keino.web.dashboards.models.share import ShareLink

__all__ = ["Export", "ShareLink"]
