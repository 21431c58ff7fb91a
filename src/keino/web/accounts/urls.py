"""Addresses of ``accounts``; those of allauth are under ``/account/`` (``keino.web.urls``)."""

from django.urls import path

from keino.web.accounts.views import log_in, me

app_name = "accounts"
urlpatterns = [
    path("account/link/<str:token>/", log_in.log_in_link, name="log_in_link"),
    path("account/organisation/<slug:provider_id>/", log_in.organisation_log_in, name="organisation_log_in"),
    path("account/second-factor/", log_in.second_factor, name="second_factor"),
    path("me/", me.me, name="me"),
    path("me/log-in/", me.log_in_methods, name="log_in_methods"),
    path("me/sessions/", me.sessions, name="sessions"),
    path("me/sessions/<int:number>/end/", me.end_session, name="end_session"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/end-all/", me.end_all_sessions, name="end_all_sessions"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/<uuid:public_id>/revoke/", me.revoke_token, name="revoke_token"),
    path("me/data/", me.my_data, name="my_data"),
    path("me/erase/", me.erase, name="erase"),
]
