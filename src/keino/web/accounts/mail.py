"""allauth's mail as rows of ours: which template, which values, and which of them are secret."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from keino.web.accounts.services import link_for
from keino.web.accounts.services.links import minutes_open
from keino.web.base.mail import send_later
from keino.web.base.models import Person

#: allauth's name → our template. The last part tells the notice which sentence it says.
_TEMPLATES = {
    "account/email/login_code": "accounts/mail/log_in.txt",
    "account/email/unknown_account": "accounts/mail/no_account.txt",
    "account/email/account_already_exists": "accounts/mail/account_exists.txt",
    "account/email/email_confirmation": "accounts/mail/confirm_address.txt",
    "account/email/email_confirmation_signup": "accounts/mail/confirm_address.txt",
    "account/email/password_reset_key": "accounts/mail/reset_password.txt",
}
_NOTICE = "accounts/mail/account_changed.txt"


def mail_for(template: str, address: str, *, person: Person | None, next_page: str, context: dict[str, Any]) -> None:
    """Queue the mail that allauth asks for. Codes and links are wiped from the row once it is sent."""
    values: dict[str, Any] = {"asked": address, "minutes": minutes_open()}
    if template == "account/email/login_code" and person is not None:
        token = link_for(person, address=address, code=context["code"], next_page=next_page)
        values["_secret_link"] = settings.SITE_ADDRESS + reverse("accounts:log_in_link", args=[token])
    if "code" in context:
        values["_secret_code"] = context["code"]
    if "password_reset_url" in context and template.endswith("password_reset_key"):
        values["_secret_link"] = context["password_reset_url"]
    values["log_in_url"] = settings.SITE_ADDRESS + reverse("account_login")
    values["sign_up_url"] = settings.SITE_ADDRESS + reverse("account_signup")
    values["me_url"] = settings.SITE_ADDRESS + reverse("accounts:me")
    values["what"] = template.rpartition("/")[2]
    language = person.language if person is not None else (get_language() or settings.LANGUAGE_CODE)[:2]
    send_later(_TEMPLATES.get(template, _NOTICE), address=address, language=language, **values)
