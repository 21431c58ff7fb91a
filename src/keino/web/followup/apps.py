"""The app's place among Django's apps."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """What changed and why, what was planned beside what was measured, and the council's yearly report."""

    name = "keino.web.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
