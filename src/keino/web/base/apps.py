"""The app's place among Django's apps."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """What every page stands on: people, layout, mail, background work, audit trail, texts in three languages."""

    name = "keino.web.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
