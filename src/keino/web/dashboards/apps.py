"""The app's place among Django's apps."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Read-only pages over the results: filter, drill, compare, export, share."""

    name = "keino.web.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"
