"""Lessons, and what the centre makes of them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LessonState(TextChoices):
    """Where a lesson stands."""

    DRAFT = "draft", pgettext_lazy("lesson", "draft")
    OFFERED = "offered", pgettext_lazy("lesson", "offered to the centre")
    PROMOTED = "promoted", pgettext_lazy("lesson", "made a template")


class TemplateKind(TextChoices):
    """What a template gives to whoever starts from it."""

    ACTION_LIST = "action_list", _("list of actions")
    OPERATING_MODEL = "operating_model", _("text for the operating model")
    PILOT_PATTERN = "pilot_pattern", _("pattern of a pilot procurement")
    ASSIGNMENT = "assignment", _("assignment")
