"""Links to results: those of an organisation, and the one that a secret opens."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet
from django.utils import timezone

from keino.web.dashboards.models import ShareLink
from keino.web.organisations.models import Organisation


def hash_of(token: str) -> str:
    """How a link's secret is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def links_of(organisation: Organisation) -> QuerySet[ShareLink]:
    """The links of an organisation, newest first."""
    links = ShareLink.objects.filter(organisation=organisation).select_related("run", "created_by", "revoked_by")
    return links.defer("run__result", "run__manifest").order_by("-created_at", "-pk")


def open_links(organisation: Organisation) -> QuerySet[ShareLink]:
    """Those that work now, the first to expire first."""
    found = links_of(organisation).filter(revoked_at=None, expires_at__gt=timezone.now())
    return found.order_by("expires_at", "pk")


def link_by_token(token: str) -> ShareLink | None:
    """The link that a secret belongs to, whether it still works or not; None for a secret that nobody was given."""
    found = ShareLink.objects.filter(token_hash=hash_of(token)).select_related("run", "organisation")
    return found.defer("run__result", "run__manifest").first()
