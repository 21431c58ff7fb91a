"""Going to an organisation's log-in and coming back."""

from __future__ import annotations

import logging
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from keino.web.accounts.oidc.issuer import IssuerAdapter

_log = logging.getLogger("keino.log_in")


class CallbackView(OAuth2CallbackView):
    """Hands what was kept in the session to whoever checks the answer."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state
        return state, response


@never_cache
@require_GET
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to their organisation. By GET: a form's redirect may be stopped by our own policy on forms."""
    return _answer(OAuth2LoginView, request, provider_id)


@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The person comes back with a code, once."""
    return _answer(CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(IssuerAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as problem:
        raise Http404 from problem
    except (OAuth2Error, OSError, ValueError):  # requests' errors are OSErrors; what isn't JSON is a ValueError
        _log.exception("log-in by %s can't begin", provider_id)
        messages.error(
            request,
            gettext(
                "Your organisation's log-in doesn't answer as it should, so you weren't logged in. Nothing was "
                "changed. Try again in a while; if it lasts, tell your organisation's IT."
            ),
        )
        return redirect("account_login")
    return answer
