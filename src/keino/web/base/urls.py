"""Addresses of ``base``: front page, style page, and the Finnish and Swedish addresses of all pages."""

from django.urls import path

from keino.web.base import redirects, views
from keino.web.base.style import style

app_name = "base"
urlpatterns = [
    path("", views.front, name="front"),
    path("style/", style, name="style"),
    *redirects.patterns(),
]
