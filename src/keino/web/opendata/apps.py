"""The app's place among Django's apps."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Open data and the API: what anyone may take away."""

    name = "keino.web.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
