"""Addresses of ``about``."""

from django.urls import URLPattern, URLResolver

app_name = "about"
urlpatterns: list[URLPattern | URLResolver] = []
