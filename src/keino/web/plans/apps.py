"""The app's place among Django's apps."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What a buyer means to do: operating model, potential, plan to the target, category plans, actions."""

    name = "keino.web.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make background work, the audit trail, owners and the register of personal data known."""
        from keino.web.plans import action_parts, document_parts, reduction_parts

        action_parts.register()
        document_parts.register()
        reduction_parts.register()
