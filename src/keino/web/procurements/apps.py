"""The app's place among Django's apps."""

from django.apps import AppConfig


class ProcurementsConfig(AppConfig):
    """The hub: one procurement from need to follow-up, its dialogue, assessment, contract and what was learnt."""

    name = "keino.web.procurements"
    label = "procurements"
    default_auto_field = "django.db.models.BigAutoField"
