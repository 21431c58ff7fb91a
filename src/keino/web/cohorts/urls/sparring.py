"""Addresses of sparring, digital sparring, small groups, alumni and lessons."""

from __future__ import annotations

from django.urls import URLPattern, path

from keino.web.cohorts.views import alumni, digital_cases, lessons, my_names, peers, sparring_desk, sparring_sessions

_O = "o/<slug:slug>/"
_IN = f"{_O}programme/<slug:edition>/"
_SESSION = f"{_O}sparring/<uuid:session>/"
_CASES = f"{_O}digital-sparring/"
_CASE = f"{_CASES}<uuid:case>/"
_KNOWN = f"{_IN}who-knows-what/<uuid:known>/"
_DESK = "desk/sparring/"
_DESK_EDITION = f"{_DESK}editions/<slug:edition>/"
_TASK = f"{_DESK}follow-up/<uuid:task>/"

urlpatterns: list[URLPattern] = [
    path("programmes/alumni/", alumni.public, name="alumni"),
    path("programmes/templates/", lessons.template_list, name="templates"),
    path("programmes/templates/<uuid:template>/", lessons.template, name="template"),
    path("me/names/", my_names.my_names, name="my_names"),
    path("me/names/<str:kind>/<uuid:key>/take-away/", my_names.take_away, name="my_name_away"),
    # sessions
    path(f"{_O}sparring/", sparring_sessions.log, name="sparring_log"),
    path(f"{_O}sparring/new/", sparring_sessions.new, name="sparring_new"),
    path(f"{_IN}sparring/", sparring_sessions.log, name="edition_sparring"),
    path(f"{_IN}sparring/new/", sparring_sessions.new, name="edition_sparring_new"),
    path(_SESSION, sparring_sessions.session, name="sparring_session"),
    path(f"{_SESSION}move/", sparring_sessions.move, name="sparring_move"),
    path(f"{_SESSION}agenda/", sparring_sessions.agenda, name="sparring_agenda"),
    path(f"{_SESSION}write/", sparring_sessions.write, name="sparring_write"),
    path(f"{_SESSION}cancel/", sparring_sessions.cancel, name="sparring_cancel"),
    path(f"{_SESSION}actions/new/", sparring_sessions.action_new, name="sparring_action_new"),
    path(f"{_SESSION}session.ics", sparring_sessions.calendar, name="sparring_calendar"),
    # digital sparring
    path(_CASES, digital_cases.cases, name="digital_cases"),
    path(f"{_CASES}new/", digital_cases.new, name="digital_case_new"),
    path(_CASE, digital_cases.case, name="digital_case"),
    path(f"{_CASE}edit/", digital_cases.edit, name="digital_case_edit"),
    path(f"{_CASE}options/new/", digital_cases.option, name="digital_option_new"),
    path(f"{_CASE}options/<uuid:option>/", digital_cases.option, name="digital_option"),
    path(f"{_CASE}options/<uuid:option>/remove/", digital_cases.option_remove, name="digital_option_remove"),
    path(f"{_CASE}actions/new/", digital_cases.action_new, name="digital_action_new"),
    path(f"{_CASE}session/", sparring_sessions.new, name="digital_session_new"),
    path(f"{_CASE}end/", digital_cases.end, name="digital_case_end"),
    path(f"{_CASE}reopen/", digital_cases.reopen, name="digital_case_reopen"),
    # small groups, who knows what
    path(f"{_IN}group/", peers.group, name="peer_group"),
    path(f"{_IN}group/notes/new/", peers.note_new, name="group_note_new"),
    path(f"{_IN}group/notes/<uuid:note>/", peers.note, name="group_note"),
    path(f"{_IN}group/notes/<uuid:note>/edit/", peers.note_edit, name="group_note_edit"),
    path(f"{_IN}who-knows-what/", peers.know_how, name="know_how"),
    path(f"{_IN}who-knows-what/new/", peers.know_how_new, name="know_how_new"),
    path(f"{_KNOWN}edit/", peers.know_how_edit, name="know_how_edit"),
    path(f"{_KNOWN}remove/", peers.know_how_remove, name="know_how_remove"),
    path(f"{_KNOWN}contact/", peers.know_how_contact, name="know_how_contact"),
    # alumni
    path(f"{_IN}alumni/", alumni.own, name="alumni_own"),
    path(f"{_IN}alumni/directory/", alumni.entry, name="alumni_entry"),
    path(f"{_IN}alumni/name/", alumni.name, name="alumni_name"),
    # lessons
    path(f"{_O}lessons/", lessons.lessons, name="lessons"),
    path(f"{_IN}lessons/new/", lessons.new, name="lesson_new"),
    path(f"{_O}lessons/<uuid:lesson>/", lessons.lesson, name="lesson"),
    path(f"{_O}lessons/<uuid:lesson>/edit/", lessons.edit, name="lesson_edit"),
    path(f"{_O}lessons/<uuid:lesson>/not-named/", lessons.not_named, name="lesson_not_named"),
    path(f"{_O}lessons/<uuid:lesson>/offer/", lessons.offer, name="lesson_offer"),
    path(f"{_O}templates/<uuid:template>/start/", lessons.template_start, name="template_start"),
    # the centre's desk
    path(_DESK, sparring_desk.desk, name="sparring_desk"),
    path(f"{_DESK_EDITION}groups/", sparring_desk.groups, name="desk_groups"),
    path(f"{_DESK_EDITION}groups/new/", sparring_desk.group, name="desk_group_new"),
    path(f"{_DESK_EDITION}groups/<uuid:group>/", sparring_desk.group, name="desk_group"),
    path(f"{_DESK_EDITION}groups/<uuid:group>/dissolve/", sparring_desk.group_dissolve, name="desk_group_dissolve"),
    path(f"{_DESK_EDITION}close/", sparring_desk.close, name="desk_close"),
    path(f"{_DESK}follow-up/", sparring_desk.follow_up, name="desk_follow_up"),
    path(_TASK, sparring_desk.task, name="follow_up_task"),
    path(f"{_TASK}change/", sparring_desk.task_change, name="follow_up_change"),
    path(f"{_TASK}held/", sparring_desk.task_held, name="follow_up_held"),
    path(f"{_TASK}leave-out/", sparring_desk.task_leave_out, name="follow_up_leave_out"),
    path(f"{_DESK}lessons/", sparring_desk.lessons, name="desk_lessons"),
    path(f"{_DESK}lessons/<uuid:lesson>/promote/", sparring_desk.promote, name="desk_promote"),
    path(f"{_DESK}templates/<uuid:template>/", sparring_desk.template_edit, name="desk_template"),
]
