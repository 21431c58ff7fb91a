"""Addresses of ``plans``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.plans.document_urls import DOCUMENT_URLS

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    *DOCUMENT_URLS,
]
