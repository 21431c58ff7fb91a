"""What follows from allauth's signals. Business steps are plain calls; these are the few it offers no call for."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.signals import social_account_added
from django.http import HttpRequest

from keino.web.accounts.services import confirm_address, use_up_links_of
from keino.web.base.models import Person


def connect() -> None:
    """Listen; called once, when the app is ready."""
    authentication_step_completed.connect(_logged_in_a_step, dispatch_uid="keino.step")
    authenticator_added.connect(_second_factor_set_up, dispatch_uid="keino.factor_added")
    authenticator_removed.connect(_new_session_key, dispatch_uid="keino.factor_removed")
    social_account_added.connect(_address_vouched_for, dispatch_uid="keino.vouched")


def _logged_in_a_step(sender: Any, user: Person, method: str, **details: Any) -> None:
    """Any log-in makes links that are still open useless; a mailed code proves the address."""
    use_up_links_of(user)
    email = details.get("email")
    if method == "code" and email and email.lower() == user.email.lower():
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})


def _second_factor_set_up(sender: Any, request: HttpRequest, user: Person, **_: Any) -> None:
    """Whoever has just typed a code of the new factor need not type the next to see their recovery codes."""
    _new_session_key(sender, request)
    record_authentication(request, user, method="mfa", type="totp", reauthenticated=True)


def _new_session_key(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Another level of trust, another key."""
    request.session.cycle_key()
    request.session.pop("accounts_seen_at", None)


def _address_vouched_for(sender: Any, sociallogin: Any, **_: Any) -> None:
    """The provider vouches for the address by which the person was found (``SocialAccountAdapter``)."""
    confirm_address(sociallogin.user)
