"""Addresses of ``programmes``; each part keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.programmes.urls import applications, editions, selection

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    *applications.urlpatterns,
    *editions.urlpatterns,
    *selection.urlpatterns,
]
