"""Talking to an issuer: only over https to public addresses, only to whom was configured, every answer checked."""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from keino.web.accounts.errors import UnsafeIssuer
from keino.web.accounts.services.providers import checked_issuer

#: Signatures that only the issuer can make; with the others (HS256) the shared client secret would be enough.
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCKS_DIFFER_SECONDS = 60
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class IssuerAdapter(OpenIDConnectOAuth2Adapter):
    """One issuer. ``state`` is what was kept in the session when the person was sent there."""

    state: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        """The issuer's own description of itself, which must name the issuer we know and safe addresses only."""
        if not hasattr(self, "_openid_config"):
            provider = self.get_provider()
            issuer = provider.app.settings["server_url"]
            with get_adapter().get_requests_session() as session:
                response = session.get(provider.server_url, allow_redirects=False)
                response.raise_for_status()
                self._openid_config = described_by(response.json(), issuer)
        return self._openid_config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Believe the signed ID token: of this issuer, for us, in time, with our nonce; user info of its subject."""
        raw = kwargs["response"].get("id_token")
        if not raw:
            raise OAuth2Error("the answer has no ID token")
        claims = self._decode_id_token(app, raw)
        expected = (self.state or {}).get("nonce", "")
        if not expected or not secrets.compare_digest(str(claims.get("nonce", "")), expected):
            raise OAuth2Error("the answer has another nonce")
        data = {"id_token": claims, "userinfo": self._user_info(token.token, claims["sub"])}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Check the signature too, although the answer came over TLS."""
        config = self.openid_config
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(id_token),
                algorithms=SIGNATURES,
                issuer=config["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_DIFFER_SECONDS,
                options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error("the ID token is wrong") from problem
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the ID token was made for another program")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        """The issuer's key of the token's number; a token without a number needs an issuer with one key."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"], allow_redirects=False)
            response.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(response.json()).keys
        number = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if number is None or key.key_id == number]
        if len(fitting) != 1:
            raise OAuth2Error("the ID token's key isn't one of the issuer's")
        return fitting[0]

    def _user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        found: dict[str, Any] = self._fetch_user_info(access_token)
        if found.get("sub") != subject:
            raise OAuth2Error("the user info is somebody else's")
        return found


def described_by(config: dict[str, Any], issuer: str) -> dict[str, Any]:
    """An issuer's description of itself, if it is of this issuer and every address in it may be called."""
    if str(config.get("issuer", "")).rstrip("/") != issuer:
        raise OAuth2Error("the issuer calls itself otherwise")
    try:
        for name in (*_ENDPOINTS, *(["userinfo_endpoint"] if "userinfo_endpoint" in config else [])):
            checked_issuer(config[name])
    except (UnsafeIssuer, KeyError) as problem:
        raise OAuth2Error("the issuer names an address that can't be called") from problem
    return config
