"""What we ask an organisation's log-in and what we believe and keep of its answer."""

from __future__ import annotations

import re
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from keino.web.accounts.models import LogInProvider
from keino.web.accounts.oidc.issuer import IssuerAdapter
from keino.web.accounts.queries import vouches_for

#: What is kept of the answer. Everything else (groups, phone, personal identity code) is dropped.
KEPT_CLAIMS = ("sub", "email", "email_verified", "name")
#: The form of a Finnish personal identity code; a log-in that sends it as the subject is turned away.
_IDENTITY_CODE = re.compile(r"(?<![0-9A-Z])\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Z])", re.IGNORECASE)


class OrganisationProvider(OpenIDConnectProvider):
    """An organisation's own log-in."""

    package = "keino.web.accounts.oidc"  # whose addresses allauth adds
    oauth2_adapter_class = IssuerAdapter

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Always the same: the address of a page can't ask for more."""
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Nothing from the page's address either."""
        return {}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Log in, and nothing else: an identity is never connected to whoever happens to be logged in."""
        return {**super().get_redirect_from_request_kwargs(request), "process": "login"}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Go to the issuer with a nonce that its answer must repeat."""
        nonce = secrets.token_urlsafe(24)
        params = {**(kwargs.pop("auth_params", None) or {}), "nonce": nonce}
        return super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject: opaque and stable at its issuer."""
        uid = super().extract_uid(data)
        if _IDENTITY_CODE.search(uid):
            raise ProviderException("the subject is a personal identity code")
        return uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the answer."""
        claims = _claims(data)
        return {"userinfo": {name: claims[name] for name in KEPT_CLAIMS if name in claims}}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Address and name."""
        claims = _claims(data)
        return {"email": claims.get("email"), "name": claims.get("name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, verified only where the provider may vouch for it."""
        claims = _claims(data)
        email = claims.get("email")
        if not isinstance(email, str) or not email:
            return []
        row = LogInProvider.objects.get(provider_id=self.app.provider_id)
        verified = vouches_for(row, email, claims.get("email_verified"))
        return [EmailAddress(email=email.lower(), verified=verified, primary=True)]


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    """ID token and user info together; the token, which is signed, wins."""
    return {**(data.get("userinfo") or {}), **(data.get("id_token") or {})}
