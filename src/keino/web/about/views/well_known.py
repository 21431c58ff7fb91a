"""Addresses that programs look for: security.txt, robots.txt, the site map, where to change a password."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from keino.web.base.choices import Language
from keino.web.organisations.models import Organisation

#: RFC 9116 recommends less than a year; half a year from the first of this month leaves time to notice.
SECURITY_TXT_DAYS = 180
#: Public pages without arguments, of every app.
PUBLIC_PAGES = (
    "base:front",
    "opendata:front",
    "opendata:api",
    "about:front",
    "about:methods",
    "about:sources",
    "about:privacy",
    "about:accessibility",
    "about:feedback",
    "about:statistics",
)
#: What search engines needn't walk through.
DISALLOWED = ("/account/", "/me/", "/home/", "/desk/", "/api/v1/", "/jobs/", "/footprint/")
#: The protocol's limit (sitemaps.org): 50 000 addresses in one file.
MOST_ADDRESSES = 50_000


def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole, by RFC 9116."""
    contact = settings.SECURITY_CONTACT or f"{settings.SITE_ADDRESS}{reverse('about:feedback')}?topic=security"
    begin = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = (begin + dt.timedelta(days=SECURITY_TXT_DAYS)).astimezone(dt.UTC)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(Language.values)}",
        f"Canonical: {settings.SITE_ADDRESS}{reverse('about:security_txt')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def robots_txt(request: HttpRequest) -> HttpResponse:
    """What search engines may walk through: everything public."""
    lines = (
        "User-agent: *",
        *(f"Disallow: {prefix}" for prefix in DISALLOWED),
        f"Sitemap: {settings.SITE_ADDRESS}{reverse('about:sitemap')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Public pages in each language, each naming the others."""
    languages = Language.values
    addresses = list(_public_addresses())[: MOST_ADDRESSES // len(languages)]
    pages = [[(language, f"{address}?language={language}") for language in languages] for address in addresses]
    return render(request, "about/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _public_addresses() -> Iterator[str]:
    for name in PUBLIC_PAGES:
        yield f"{settings.SITE_ADDRESS}{reverse(name)}"
    slugs = (
        Organisation.objects.filter(is_public=True, runs__published_at__isnull=False)
        .order_by("slug")
        .values_list("slug", flat=True)
        .distinct()
    )
    for slug in slugs.iterator():
        try:
            yield f"{settings.SITE_ADDRESS}{reverse('dashboards:public', kwargs={'slug': slug})}"
        except NoReverseMatch:
            return


def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers find the page for changing one."""
    return redirect("account_change_password")
