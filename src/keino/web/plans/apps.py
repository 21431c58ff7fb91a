"""The app's place among Django's apps."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What a buyer means to do: operating model, potential, plan to the target, category plans, actions."""

    name = "keino.web.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
