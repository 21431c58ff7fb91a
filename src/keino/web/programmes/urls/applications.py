"""Addresses of applications: the call's self-check, the applicant's pages, the desk's."""

from __future__ import annotations

from django.urls import path

from keino.web.programmes.views import (
    application_questions,
    applications,
    bookings,
    desk_applications,
    desk_discussions,
    eligibility,
    interest,
    teams,
)

_CALL = "programmes/<slug:edition>/"
_ALL = "o/<slug:slug>/applications/"
_ONE = f"{_ALL}<uuid:application>/"
_MEMBER = f"{_ONE}team/<uuid:member>/"
_ASKED = f"{_ONE}commitment/<uuid:asked>/"
_DESK = "desk/programmes/<slug:edition>/"
_TALK = f"{_DESK}discussions/<uuid:discussion>/"

urlpatterns = [
    path(f"{_CALL}can-we-apply/", eligibility.can_we_apply, name="can_we_apply"),
    path(f"{_CALL}ask/", eligibility.ask, name="ask"),
    path(f"{_CALL}ask/sent/", eligibility.asked, name="asked"),
    path(f"{_CALL}apply/", applications.apply, name="apply"),
    path("commitment/<str:token>/", teams.commitment_link, name="commitment_link"),
    path(_ALL, applications.applications, name="applications"),
    path(f"{_ALL}new/<slug:edition>/", interest.interest_new, name="interest_new"),
    path(f"{_ALL}new/<slug:edition>/delete/", interest.interest_draft_delete, name="interest_draft_delete"),
    path(_ONE, applications.application, name="application"),
    path(f"{_ONE}discussion/", bookings.application_book, name="application_book"),
    path(f"{_ONE}discussion/cancel/", bookings.discussion_cancel, name="discussion_cancel"),
    path(f"{_ONE}discussion.ics", bookings.discussion_calendar, name="discussion_calendar"),
    path(f"{_ONE}decide/", applications.application_decide, name="application_decide"),
    path(f"{_ONE}edit/<slug:part>/", applications.application_edit, name="application_edit"),
    path(f"{_ONE}questions/", application_questions.application_questions, name="application_questions"),
    path(f"{_ONE}files/<uuid:file_id>/", application_questions.application_file, name="application_file"),
    path(f"{_ONE}team/new/", teams.member_new, name="member_new"),
    path(_MEMBER, teams.member_edit, name="member_edit"),
    path(f"{_MEMBER}remove/", teams.member_remove, name="member_remove"),
    path(f"{_ONE}commitment/", teams.commitment, name="commitment"),
    path(f"{_ASKED}again/", teams.commitment_again, name="commitment_again"),
    path(f"{_ASKED}withdraw/", teams.commitment_withdraw, name="commitment_withdraw"),
    path(f"{_ONE}commit/", teams.commit_here, name="commit"),
    path(f"{_ONE}send/", applications.application_send, name="application_send"),
    path(f"{_ONE}take-back/", applications.application_take_back, name="application_take_back"),
    path(f"{_ONE}withdraw/", applications.application_withdraw, name="application_withdraw"),
    path(f"{_DESK}applications/", desk_applications.desk_applications, name="desk_applications"),
    path(f"{_DESK}applications.xlsx", desk_applications.desk_applications_export, name="desk_applications_export"),
    path(f"{_DESK}applications/<uuid:application>/", desk_applications.desk_application, name="desk_application"),
    path(
        f"{_DESK}applications/<uuid:application>/files/<uuid:file_id>/",
        application_questions.desk_application_file,
        name="desk_application_file",
    ),
    path(f"{_DESK}questions/", application_questions.desk_application_questions, name="desk_application_questions"),
    path(f"{_DESK}discussions/", desk_discussions.desk_discussions, name="desk_discussions"),
    path(f"{_DESK}discussion-rule/", desk_discussions.desk_discussion_rule, name="desk_discussion_rule"),
    path(_TALK, desk_discussions.desk_discussion, name="desk_discussion"),
    path(f"{_TALK}cancel/", desk_discussions.desk_discussion_cancel, name="desk_discussion_cancel"),
    path(f"{_DESK}hours/", desk_discussions.desk_hours, name="desk_hours"),
    path(f"{_DESK}hours/<uuid:hours>/remove/", desk_discussions.desk_hours_remove, name="desk_hours_remove"),
]
