"""The app's place among Django's apps."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questions asked of an organisation's people, and what they add up to: the maturity self-assessment."""

    name = "keino.web.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
