"""The app's place among Django's apps."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    """Development programmes after the choice: assignments, deliverables, sparring, peers, alumni, effect."""

    name = "keino.web.cohorts"
    label = "cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, owners, the register of personal data and daily work known."""
        from keino.web.cohorts import parts

        parts.register()
