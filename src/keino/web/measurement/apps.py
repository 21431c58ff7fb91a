"""The app's place among Django's apps."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Ledgers in, how they were read, and the footprints made of them."""

    name = "keino.web.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"
