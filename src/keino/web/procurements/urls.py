"""Addresses of ``procurements``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "procurements"
urlpatterns: list[URLPattern | URLResolver] = []
