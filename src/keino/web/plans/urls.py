"""Addresses of ``plans``; each part keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.plans.urls_actions import urlpatterns as actions
from keino.web.plans.urls_documents import urlpatterns as documents
from keino.web.plans.urls_reduction import urlpatterns as reduction

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [*actions, *documents, *reduction]
