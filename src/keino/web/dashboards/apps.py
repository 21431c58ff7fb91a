"""The app's place among Django's apps."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Read-only pages over the results: filter, drill, compare, export, share."""

    name = "keino.web.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep a trail of links and files, and say what of them is personal data."""
        from keino.web.base.audit import audited
        from keino.web.dashboards import personal_data  # noqa: F401  # registers
        from keino.web.dashboards.models import Export, ShareLink

        audited(ShareLink, mask=("token_hash",), leave_out=("opened",))
        audited(Export, leave_out=("stored_as", "size_bytes"))
