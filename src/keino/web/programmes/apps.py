"""The app's place among Django's apps."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Development programmes up to the choice: editions, calls, discussions, applications, selection."""

    name = "keino.web.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, owners, the register of personal data and work by the clock known."""
        from keino.web.programmes import parts

        parts.register()
