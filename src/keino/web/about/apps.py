"""The app's place among Django's apps."""

from django.apps import AppConfig


class AboutConfig(AppConfig):
    """About the site: methods, sources, accessibility, privacy, feedback."""

    name = "keino.web.about"
    label = "about"
    default_auto_field = "django.db.models.BigAutoField"
