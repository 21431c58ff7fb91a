"""Who may open the pages of log-in and of one's own account, allauth's among them."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, LOGGED_IN, Address

#: People of the cast who need a second factor, and in the scene have one.
WITH_SECOND_FACTOR = frozenset(
    {"expert", "mentor", "other_mentor", "change_agent", "other_change_agent", "coordinator", "administrator"}
)
#: Nobody gets in, as there is nothing behind the address of this scene.
NOBODY: frozenset[str] = frozenset()


def _provider(_scene: Any) -> dict[str, Any]:
    return {"provider_id": "scene-town"}


def _unknown_provider(_scene: Any) -> dict[str, Any]:
    return {"provider_id": "nobody"}


def _wrong_link(_scene: Any) -> dict[str, Any]:
    return {"token": "x" * 43}


def _wrong_reset(_scene: Any) -> dict[str, Any]:
    return {"uidb36": "1", "key": "wrong-key"}


def _no_session(_scene: Any) -> dict[str, Any]:
    return {"number": 999_999}


def _foreign_token(scene: Any) -> dict[str, Any]:
    """Of a person who isn't of the cast: nobody may stop it."""
    return {"public_id": scene.foreign_token.public_id}


ADDRESSES = [
    # ---- log-in: open to everyone; who is logged in already is sent on
    Address("account_login", EVERYONE),
    Address("account_signup", EVERYONE),
    Address("account_request_login_code", EVERYONE),
    Address("account_reset_password", EVERYONE),
    Address("account_reset_password_done", EVERYONE),
    Address("account_reset_password_from_key", EVERYONE, _wrong_reset),
    Address("account_reset_password_from_key_done", EVERYONE),
    Address("account_inactive", EVERYONE),
    Address("account_logout", EVERYONE),
    Address("socialaccount_login_cancelled", EVERYONE),
    Address("accounts:organisation_log_in", EVERYONE, _provider),
    # ---- steps of a log-in that nobody has begun
    Address("account_confirm_login_code", LOGGED_IN),
    Address("account_email_verification_sent", LOGGED_IN),
    Address("mfa_authenticate", LOGGED_IN),
    Address("socialaccount_signup", NOBODY),
    Address("socialaccount_login_error", NOBODY),  # says so with status 401
    Address("openid_connect_login", NOBODY, _unknown_provider),
    Address("openid_connect_callback", NOBODY, _unknown_provider),
    Address("accounts:log_in_link", NOBODY, _wrong_link),
    # ---- one's own account
    Address("account_email", LOGGED_IN),
    Address("account_change_password", LOGGED_IN),
    Address("account_set_password", LOGGED_IN),
    Address("account_reauthenticate", WITH_SECOND_FACTOR),  # the others have nothing to prove themselves by
    Address("mfa_index", LOGGED_IN),
    Address("mfa_activate_totp", LOGGED_IN),
    Address("mfa_deactivate_totp", WITH_SECOND_FACTOR),
    Address("mfa_reauthenticate", WITH_SECOND_FACTOR),
    Address("mfa_generate_recovery_codes", LOGGED_IN),
    Address("mfa_view_recovery_codes", NOBODY),  # nobody has made any
    Address("mfa_download_recovery_codes", NOBODY),
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
    Address("accounts:end_session", NOBODY, _no_session, method="post"),
    Address("accounts:revoke_token", NOBODY, _foreign_token, method="post"),
    Address("accounts:end_other_sessions", LOGGED_IN, method="post"),
    Address("accounts:end_all_sessions", LOGGED_IN, method="post"),
]
