"""The app's place among Django's apps."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Running the site: backup, health, metrics, the demo."""

    name = "keino.web.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
