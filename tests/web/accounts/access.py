"""Who may open the pages of log-in and of one's own account, allauth's among them."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, LOGGED_IN, Address


def _provider(_scene: Any) -> dict[str, Any]:
    return {"provider_id": "scene-town"}


def _token(_scene: Any) -> dict[str, Any]:
    return {"token": "x" * 43}


def _own_things(_scene: Any) -> dict[str, Any]:
    """Of a person who isn't of the cast: nobody may end their session or stop their token."""
    return {"number": 999_999}


def _foreign_token(scene: Any) -> dict[str, Any]:
    return {"public_id": scene.foreign_token.public_id}


ADDRESSES = [
    # ---- log-in: open to everyone; who is logged in already is sent on
    Address("account_login", EVERYONE),
    Address("account_signup", EVERYONE),
    Address("account_request_login_code", EVERYONE),
    Address("account_confirm_login_code", EVERYONE),
    Address("account_email_verification_sent", EVERYONE),
    Address("account_reset_password", EVERYONE),
    Address("account_reset_password_done", EVERYONE),
    Address("account_reset_password_from_key", EVERYONE, lambda _scene: {"uidb36": "1", "key": "wrong-key"}),
    Address("account_reset_password_from_key_done", EVERYONE),
    Address("account_inactive", EVERYONE),
    Address("account_logout", EVERYONE),
    Address("mfa_authenticate", EVERYONE),
    Address("socialaccount_login_cancelled", EVERYONE),
    Address("socialaccount_login_error", EVERYONE, answers=frozenset({200, 401})),
    Address("socialaccount_signup", EVERYONE),
    Address("openid_connect_login", EVERYONE, _provider),
    Address("openid_connect_callback", EVERYONE, _provider, answers=frozenset({200, 302, 401, 404})),
    Address("accounts:log_in_link", EVERYONE, _token, answers=frozenset({410})),
    Address("accounts:organisation_log_in", EVERYONE, _provider),
    # ---- one's own account
    Address("account_email", LOGGED_IN),
    Address("account_change_password", LOGGED_IN),
    Address("account_set_password", LOGGED_IN),
    Address("account_reauthenticate", LOGGED_IN),
    Address("mfa_index", LOGGED_IN),
    Address("mfa_activate_totp", LOGGED_IN),
    Address("mfa_deactivate_totp", LOGGED_IN, answers=frozenset({200, 302, 403, 404})),
    Address("mfa_reauthenticate", LOGGED_IN),
    Address("mfa_generate_recovery_codes", LOGGED_IN, answers=frozenset({200, 302, 403, 404})),
    Address("mfa_view_recovery_codes", LOGGED_IN, answers=frozenset({200, 302, 404})),
    Address("mfa_download_recovery_codes", LOGGED_IN, answers=frozenset({200, 302, 404})),
    Address("socialaccount_connections", LOGGED_IN),
    Address("usersessions_list", LOGGED_IN),
    Address("accounts:second_factor", LOGGED_IN),
    Address("accounts:me", LOGGED_IN),
    Address("accounts:log_in_methods", LOGGED_IN),
    Address("accounts:sessions", LOGGED_IN),
    Address("accounts:tokens", LOGGED_IN),
    Address("accounts:my_data", LOGGED_IN),
    Address("accounts:erase", LOGGED_IN),
    # ---- changes; other people's things don't exist for anybody
    Address("accounts:end_session", frozenset(), _own_things, method="post"),
    Address("accounts:revoke_token", frozenset(), _foreign_token, method="post"),
    Address("accounts:end_other_sessions", LOGGED_IN, method="post"),
    Address("accounts:end_all_sessions", LOGGED_IN, method="post"),
]
