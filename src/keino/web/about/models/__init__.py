"""Accessibility checklist, feedback, page views."""

from keino.web.about.models.assessment import Assessment
from keino.web.about.models.feedback import Feedback
from keino.web.about.models.page_views import PageViews

__all__ = ["Assessment", "Feedback", "PageViews"]
