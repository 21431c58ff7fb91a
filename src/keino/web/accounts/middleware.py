"""Between request and page: second factors where they are needed, and when each session was last seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from keino.web.accounts.second_factor import lacks_second_factor

Answer = Callable[[HttpRequest], HttpResponse]

#: Pages that somebody without the second factor they need may open: setting one up, proving who they are, leaving.
SET_UP_PAGES = frozenset(
    {
        "accounts:second_factor",
        "account_logout",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_set_password",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
    }
)
SEEN_EVERY = timedelta(minutes=10)
_SEEN = "accounts_seen_at"


class SecondFactorMiddleware:
    """Staff and people of the centre set up a second factor before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; ``process_view`` stops who must be stopped."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Send to the set-up page who needs a second factor and has none."""
        match = request.resolver_match
        name = match.view_name if match is not None else ""
        if not request.user.is_authenticated or name in SET_UP_PAGES or not lacks_second_factor(request.user):
            return None
        return redirect("accounts:second_factor")


class LastSeenMiddleware:
    """Notes device and time of a session, at most every ten minutes: a page shouldn't cost a write."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, having noted the session."""
        if request.user.is_authenticated:
            now = timezone.now()
            seen = request.session.get(_SEEN)
            if seen is None or now.timestamp() - seen > SEEN_EVERY.total_seconds():
                request.session[_SEEN] = int(now.timestamp())
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
