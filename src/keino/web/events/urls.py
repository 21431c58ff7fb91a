"""Addresses of ``events``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.events.views import (
    desk,
    desk_changes,
    desk_invitations,
    desk_materials,
    desk_people,
    feedback,
    invitations,
    public,
    registration,
)

app_name = "events"
_SEAT = "events/registration/<str:token>/"
_INVITATION = "events/invitation/<str:token>/"
_EVENT = "events/<uuid:event_id>/"
_DESK = "desk/events/<uuid:event_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", public.events, name="list"),
    path("events/calendar.ics", public.calendar, name="calendar"),
    path("events/mine/", public.mine, name="mine"),
    path(_EVENT, public.event, name="event"),
    path(_EVENT + "event.ics", public.event_ics, name="event_ics"),
    path(_EVENT + "materials/<uuid:material_id>/", public.material, name="material"),
    path(_EVENT + "begin/", registration.begin, name="begin"),
    path(_EVENT + "register/<str:token>/", registration.registration, name="register"),
    path(_EVENT + "register/<str:token>/leave/", registration.leave, name="leave"),
    path(_EVENT + "registered/", registration.registered, name="registered"),
    path(_EVENT + "decline/", invitations.decline_here, name="decline"),
    path(_INVITATION, invitations.invitation, name="invitation"),
    path(_INVITATION + "come/", invitations.come, name="come"),
    path(_INVITATION + "register/<str:hold>/", invitations.invited_registration, name="invited_register"),
    path(_INVITATION + "register/<str:hold>/leave/", invitations.invited_leave, name="invited_leave"),
    path(_SEAT, registration.seat, name="seat"),
    path(_SEAT + "confirm/", registration.confirm, name="confirm"),
    path(_SEAT + "cancel/", registration.cancel, name="seat_cancel"),
    path(_SEAT + "needs/", registration.needs, name="needs"),
    path(_SEAT + "event.ics", registration.seat_ics, name="seat_ics"),
    path(_SEAT + "certificate.pdf", registration.certificate, name="certificate"),
    path(_SEAT + "feedback/", feedback.feedback, name="feedback"),
    path("desk/events/", desk.events, name="desk"),
    path("desk/events/new/", desk.new, name="new"),
    path(_DESK, desk.event, name="desk_event"),
    path(_DESK + "change/", desk.change, name="change"),
    path(_DESK + "copy/", desk.copy, name="copy"),
    path(_DESK + "announce/", desk.announce_event, name="announce"),
    path(_DESK + "move/", desk_changes.move, name="move"),
    path(_DESK + "cancel/", desk_changes.cancel, name="cancel"),
    path(_DESK + "invite/", desk_invitations.invite, name="invite"),
    path(_DESK + "invite/<uuid:invited_id>/withdraw/", desk_invitations.withdraw, name="withdraw"),
    path(_DESK + "message/", desk_changes.message, name="message"),
    path(_DESK + "participants/", desk_people.participants, name="participants"),
    path(_DESK + "participants.xlsx", desk_people.participants_file, {"ending": "xlsx"}, name="participants_xlsx"),
    path(_DESK + "participants.csv", desk_people.participants_file, {"ending": "csv"}, name="participants_csv"),
    path(_DESK + "participants/<uuid:seat_id>/cancel/", desk_people.seat_cancel, name="desk_seat_cancel"),
    path(_DESK + "attendance/", desk_people.attendance, name="attendance"),
    path(_DESK + "materials/", desk_materials.materials, name="materials"),
    path(_DESK + "materials/<uuid:material_id>/show/", desk_materials.material_show, name="material_show"),
    path(_DESK + "materials/<uuid:material_id>/remove/", desk_materials.material_remove, name="material_remove"),
    path(_DESK + "feedback/", feedback.results, name="desk_feedback"),
]
