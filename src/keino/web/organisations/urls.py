"""Addresses of ``organisations``."""

from django.urls import path

from keino.web.organisations.views import (
    consortium,
    desk,
    directory,
    hand_over,
    invitations,
    people,
    settings,
    trail,
    translations,
)

app_name = "organisations"
_O = "o/<slug:slug>/"
urlpatterns = [
    path("organisations/", directory.directory, name="directory"),
    path("organisations/new/", settings.create, name="create"),
    path("consortium/", consortium.consortium, name="consortium"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("desk/", desk.desk, name="desk"),
    path("desk/people/", desk.desk_people, name="desk_people"),
    path("desk/coverage/", desk.coverage, name="coverage"),
    path("desk/region/", desk.region, name="region"),
    path("desk/translations/", translations.desk_translations, name="desk_translations"),
    path(_O + "settings/", settings.settings, name="settings"),
    path(_O + "settings/log-in/", settings.login, name="login"),
    path(_O + "people/", people.people, name="people"),
    path(_O + "people/history/", people.history, name="people_history"),
    path(_O + "people/invite/", invitations.invite, name="invite"),
    path(_O + "people/invitations/<uuid:public_id>/again/", invitations.invitation_again, name="invitation_again"),
    path(
        _O + "people/invitations/<uuid:public_id>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(_O + "people/roles/<uuid:public_id>/", people.role, name="role"),
    path(_O + "people/roles/<uuid:public_id>/deputy/", people.deputy, name="deputy"),
    path(_O + "people/<uuid:public_id>/hand-over/", hand_over.hand_over, name="hand_over"),
    path(_O + "audit/", trail.audit, name="audit"),
    path(_O + "translations/", translations.translations, name="translations"),
    path(_O + "translations/<int:number>/holds/", translations.translation_holds, name="translation_holds"),
]
