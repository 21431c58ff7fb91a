"""The app's place among Django's apps."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Log-in, sessions, tokens, and what a person may ask of their own data."""

    name = "keino.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
