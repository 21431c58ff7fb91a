"""The app's place among Django's apps."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Running the site: backup, health, metrics, the demo."""

    name = "keino.web.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the timetable and the register of mail."""
        from keino.web.operations import personal_data, tasks  # noqa: F401  # they register what they hold
