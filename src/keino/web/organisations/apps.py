"""The app's place among Django's apps."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Buyers, companies, ministries and the centre; people's dated roles in them."""

    name = "keino.web.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
