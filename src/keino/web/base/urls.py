"""Addresses of ``base``."""

from django.urls import path

from keino.web.base import views

app_name = "base"
urlpatterns = [
    path("", views.front, name="front"),
]
