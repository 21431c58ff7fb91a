"""Addresses under which an organisation's log-in begins and comes back; their names are allauth's."""

from django.urls import path

from keino.web.accounts.oidc import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
