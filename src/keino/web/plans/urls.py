"""Addresses of ``plans``; each part keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.plans.action_urls import ACTION_URLS
from keino.web.plans.document_urls import DOCUMENT_URLS
from keino.web.plans.urls_reduction import REDUCTION

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    *ACTION_URLS,
    *DOCUMENT_URLS,
    *REDUCTION,
]
