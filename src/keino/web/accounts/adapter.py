"""How allauth behaves here: its mail goes through our rows, and organisations' own log-ins are honoured."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from keino.web.accounts.mail import mail_for
from keino.web.accounts.models import LogInProvider
from keino.web.accounts.policies import demanded_provider, may_use_password
from keino.web.accounts.queries import provider_for_address, required_provider_for
from keino.web.accounts.sealed import seal, unsealed
from keino.web.accounts.second_factor import needs_second_factor
from keino.web.base.middleware import set_language_cookie
from keino.web.base.models import Person

_log = logging.getLogger("keino.log_in")


def organisation_log_in_url(provider: LogInProvider, next_page: str | None = None) -> str:
    """The page from which people go on to their organisation's own log-in."""
    url = reverse("accounts:organisation_log_in", args=[provider.provider_id])
    return f"{url}?{urlencode({'next': next_page})}" if next_page else url


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The address and the password don't belong together. Try again, or leave the password empty and log in "
            "by mail."
        ),
        "incorrect_code": _("That isn't the code of the latest mail, or it was used already."),
        "too_many_login_attempts": _("Too many tries. Nothing is lost; wait five minutes and try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail; a worker sends it within seconds."""
        request: HttpRequest | None = context.get("request") or self.request
        person = context.get("user") or next(iter(filter_users_by_email(email)), None)
        mail_for(template_prefix, email, person=person, next_page=self._next_page(request), context=context)

    def _next_page(self, request: HttpRequest | None) -> str:
        asked = (request.POST.get("next") or request.GET.get("next") or "") if request is not None else ""
        return asked if asked.startswith("/") and self.is_safe_url(asked) else ""

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Send people whose organisation asks for its own log-in there, whichever way they came.

        Administrators of the site may come in by mail and second factor, or nobody could mend a broken log-in.
        """
        response = super().pre_login(request, user, **kwargs)
        if response is not None:
            return response
        if user.is_superuser:
            return None
        records = get_authentication_records(request, user)
        provider = demanded_provider(user)
        if provider is not None:
            came_by_it = any(record.get("provider") == provider.provider_id for record in records)
            return None if came_by_it else redirect(organisation_log_in_url(provider, kwargs.get("redirect_url")))
        if any(record.get("method") == "password" for record in records) and not may_use_password(user):
            clear_login(request)
            messages.info(
                request,
                gettext("Your organisation wants no passwords. Type your address only, and we mail you a link."),
            )
            return redirect("account_login")
        return None

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Go on in the person's own language."""
        response = super().post_login(request, user, **kwargs)
        set_language_cookie(response, user.language)
        return response

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """A person who signs up speaks the language of the page they signed up on."""
        user.language = (get_language() or settings.LANGUAGE_CODE)[:2]
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit=commit)

    def clean_email(self, email: str) -> str:
        """People who must use their organisation's log-in don't leave it by changing their address."""
        email = super().clean_email(email).lower()
        person = self.request.user if self.request is not None else None
        if person is not None and person.is_authenticated:
            required = required_provider_for(person.email)
            if required is not None and provider_for_address(email) != required:
                raise ValidationError(
                    gettext(
                        "Your organisation, %(name)s, asks its people to use its own log-in, so the address must stay "
                        "one of its own."
                    )
                    % {"name": required.name}
                )
        return email


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in by an organisation's own provider (OIDC)."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The log-ins in use, as allauth wants them; its own table stays empty."""
        rows = LogInProvider.objects.filter(is_active=True)
        if provider and provider != "openid_connect":
            rows = rows.filter(provider_id=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [_as_app(row) for row in rows.order_by("provider_id")]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in whom the provider may vouch for, and nobody else.

        Who was connected before is known by their subject, whatever the address says now. Anybody else needs an
        address of the provider's own domains that it verified: else somebody could take over a colleague's account, or
        a stranger's.
        """
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.account.pk:
            return
        row = LogInProvider.objects.get(provider_id=sociallogin.account.provider)
        if not any(address.verified for address in sociallogin.email_addresses):
            messages.error(
                request,
                gettext(
                    "%(name)s knows you, but doesn't confirm an e-mail address of its own for you, so you weren't "
                    "logged in. Nothing was changed. Ask your organisation's IT to look at keino's page about its "
                    "log-in."
                )
                % {"name": row.name},
            )
            raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Tell the log why, without a word of who it was; the page only says that it didn't work."""
        _log.warning("log-in by %s failed: %s %s", provider.app.provider_id, error, exception or "")

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Addresses are judged once, from what the provider claims (``oidc.provider``)."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Every address that is verified at this point is one of the provider's own domains."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """A new person's name is the one their organisation knows."""
        person: Person = super().populate_user(request, sociallogin, data)
        person.email = person.email.lower()
        person.name = str(data.get("name") or "")[:200]
        person.language = (get_language() or settings.LANGUAGE_CODE)[:2]
        return person


def _as_app(row: LogInProvider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=row.provider_id,
        name=row.name[:40],
        client_id=row.client_id,
        secret=unsealed(row.sealed_secret),
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True},
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their keys are encrypted, and who needs one keeps it."""

    def encrypt(self, text: str) -> str:
        """A copy of the database doesn't give the keys away."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The key itself."""
        return unsealed(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Nobody who needs a second factor switches it off."""
        return not needs_second_factor(authenticator.user)


__all__ = ["AccountAdapter", "SecondFactorAdapter", "SocialAccountAdapter", "organisation_log_in_url"]
