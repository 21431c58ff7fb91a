"""The app's place among Django's apps."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Log-in, sessions, tokens, and what a person may ask of their own data."""

    name = "keino.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep a trail, declare the registers of personal data, listen to allauth."""
        from keino.web.accounts import hooks, personal_data
        from keino.web.accounts.models import ApiToken, LogInDomain, LogInProvider
        from keino.web.base.audit import audited
        from keino.web.base.models import Person
        from keino.web.base.personal_data import registered

        audited(Person, leave_out=("email", "name", "password", "last_login"))
        audited(ApiToken, leave_out=("token_hash", "last_used_at"))
        audited(LogInProvider, leave_out=("sealed_secret",))
        audited(LogInDomain)
        for register in personal_data.ALL:
            registered(register)
        hooks.connect()
