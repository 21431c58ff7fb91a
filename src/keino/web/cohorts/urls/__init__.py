"""Addresses of ``cohorts``; each part keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from keino.web.cohorts.urls.effect import urlpatterns as effect
from keino.web.cohorts.urls.sparring import urlpatterns as sparring
from keino.web.cohorts.urls.taking_part import urlpatterns as taking_part

app_name = "cohorts"
urlpatterns: list[URLPattern | URLResolver] = [*effect, *sparring, *taking_part]
