"""Addresses of ``procurements``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.procurements.urls_contracts import urlpatterns as contracts
from keino.web.procurements.urls_hub import urlpatterns as hub

app_name = "procurements"
urlpatterns: list[URLPattern | URLResolver] = [*hub, *contracts]
