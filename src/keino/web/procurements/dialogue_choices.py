"""Ways to talk with the market before a tender."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DialogueWay(TextChoices):
    """How suppliers were asked."""

    INFORMATION_REQUEST = "information_request", _("request for information")
    MEETING = "meeting", _("meeting with one supplier")
    EVENT = "event", _("event for all")
    SURVEY = "survey", _("market survey")
    DRAFT_DOCUMENTS = "draft_documents", _("comments on draft documents")
