"""Addresses of ``measurement``."""

from django.urls import URLPattern, URLResolver

app_name = "measurement"
urlpatterns: list[URLPattern | URLResolver] = []
