"""Organisations' own log-ins: who gets to vouch for which mail domains.

Whoever sets the domains decides whose accounts the log-in opens. So a page that calls this must ask for a permission
of the site's keepers, never of the organisation's own people.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from keino.web.accounts.errors import DomainTaken, NotADomain, UnsafeIssuer
from keino.web.accounts.models import LogInDomain, LogInProvider
from keino.web.accounts.sealed import seal
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.models import Person

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")


@transaction.atomic
def set_provider(
    *,
    provider_id: str,
    name: str,
    issuer: str,
    client_id: str,
    secret: str | None,
    domains: Iterable[str],
    by: Person,
    vouches_without_claim: bool = False,
    is_required: bool = False,
    is_active: bool = True,
    seen: int | None = None,
) -> LogInProvider:
    """Add or change a log-in. ``secret`` None keeps the one there is; ``seen`` is the version the form was made from.

    With another issuer everyone's connection is cut: a subject of one issuer means nobody at another.
    """
    issuer = checked_issuer(issuer)
    wanted = {_checked_domain(domain) for domain in domains if domain.strip()}
    with acting(by, act="set_provider"):
        provider = LogInProvider.objects.select_for_update().filter(provider_id=provider_id).first()
        if provider is None:
            provider = LogInProvider(provider_id=provider_id)
        elif seen is not None and seen != provider.version:
            raise Conflict
        elif provider.issuer != issuer:
            SocialAccount.objects.filter(provider=provider_id).delete()
        if provider.pk:
            provider.version += 1
        provider.name, provider.issuer, provider.client_id = name, issuer, client_id
        provider.vouches_without_claim, provider.is_required = vouches_without_claim, is_required
        provider.is_active = is_active
        if secret is not None:
            provider.sealed_secret = seal(secret)
        provider.save()
        _set_domains(provider, wanted)
    return provider


@transaction.atomic
def remove_provider(provider: LogInProvider, *, by: Person) -> None:
    """Remove a log-in; people who used it log in by mail."""
    with acting(by, act="remove_provider"):
        SocialAccount.objects.filter(provider=provider.provider_id).delete()
        provider.delete()


def _set_domains(provider: LogInProvider, wanted: set[str]) -> None:
    for taken in LogInDomain.objects.filter(domain__in=wanted).exclude(provider=provider):
        raise DomainTaken(domain=taken.domain)
    for domain in provider.domains.exclude(domain__in=wanted):
        domain.delete()
    there = set(provider.domains.values_list("domain", flat=True))
    for name in sorted(wanted - there):
        LogInDomain.objects.create(provider=provider, domain=name)


def _checked_domain(text: str) -> str:
    domain = text.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(domain):
        raise NotADomain(domain=text)
    return domain


def checked_issuer(issuer: str) -> str:
    """The issuer, if the site may call it: a public https address. The site would else be made to call its own net.

    ``KEINO_OIDC_MAY_BE_LOCAL`` allows addresses of that net, and this very machine without TLS.
    """
    issuer = issuer.strip().rstrip("/")
    parts = urlsplit(issuer)
    host = (parts.hostname or "").lower()
    is_here = host in {"localhost", "127.0.0.1"} and parts.scheme == "http"
    is_plain = not (parts.query or parts.fragment or parts.username or parts.password)
    is_safe = parts.scheme == "https" and bool(host) and (settings.OIDC_MAY_BE_LOCAL or _is_public(host))
    if not is_plain or not (is_safe or (is_here and settings.OIDC_MAY_BE_LOCAL)):
        raise UnsafeIssuer(issuer=issuer)
    return issuer


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost", ".lan"))
