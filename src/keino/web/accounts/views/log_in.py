"""Log-in by a mailed link, by an organisation's own log-in, and the page that asks for a second factor."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from keino.web.accounts.errors import LinkUsedUp
from keino.web.accounts.models import LogInLink, LogInProvider
from keino.web.accounts.queries import open_link
from keino.web.accounts.second_factor import lacks_second_factor
from keino.web.accounts.services import use_link
from keino.web.accounts.services.links import minutes_open
from keino.web.base.errors import as_data


@never_cache
@require_http_methods(["GET", "POST"])
@rate_limit(action="login")
def log_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A mailed link. Opening it changes nothing, for mail programs open links too; its button logs in."""
    if request.method == "POST":
        try:
            link = use_link(token)
        except LinkUsedUp as error:
            return _used_up(request, error)
        return _log_in(request, link)
    found = open_link(token)
    if found is None:
        return _used_up(request, LinkUsedUp(minutes=minutes_open()))
    return render(request, "accounts/log_in_link.html", {"link": found})


def _used_up(request: HttpRequest, error: LinkUsedUp) -> HttpResponse:
    return render(request, "accounts/log_in_link_used.html", {"error": as_data(error)}, status=410)


def _log_in(request: HttpRequest, link: LogInLink) -> HttpResponse:
    """As after a typed code: the address is proved, a second factor is still asked."""
    person = link.person
    if request.user.is_authenticated:
        logout(request)
    clear_login(request)  # a log-in that was half done in this browser
    record_authentication(request, person, method="code", email=link.address)
    verify_email_indirectly(request, person, link.address)
    safe = link.next if link.next and get_adapter(request).is_safe_url(link.next) else None
    return perform_login(request, Login(user=person, redirect_url=safe, email=link.address))


@never_cache
@require_GET
def organisation_log_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where people of a domain go on to their organisation's own log-in, or take the mail where they may."""
    provider = get_object_or_404(LogInProvider, provider_id=provider_id, is_active=True)
    asked = request.GET.get("next", "")
    safe = asked if asked.startswith("/") and get_adapter(request).is_safe_url(asked) else ""
    url = reverse("openid_connect_login", args=[provider_id])
    url = f"{url}?{urlencode({'next': safe})}" if safe else url
    page = render(request, "accounts/organisation_log_in.html", {"provider": provider, "url": url, "next": safe})
    if provider.is_required:
        page.headers["Refresh"] = f"0; url={url}"
    return page


@never_cache
@login_required
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Says why a second factor is needed, and leads to setting it up."""
    assert request.user.is_authenticated
    if not lacks_second_factor(request.user):
        return redirect("accounts:me")
    return render(request, "accounts/second_factor.html")
