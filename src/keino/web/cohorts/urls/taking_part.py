"""Addresses of the cohort space: an organisation's programmes, and the centre's side of them."""

from __future__ import annotations

from django.urls import path

from keino.web.cohorts.views import (
    deliverables,
    desk,
    desk_assignments,
    development_plan,
    documents,
    presentations,
    space,
    team,
    together,
    work_files,
    works,
)

_SPACE = "o/<slug:slug>/programme/<slug:edition>/"
_WORK = f"{_SPACE}assignments/<uuid:work>/"
_DELIVERABLE = f"{_SPACE}deliverables/<uuid:deliverable>/"
_PLAN = f"{_SPACE}development-plan/"
_PRESENTATION = f"{_SPACE}presentations/<uuid:presentation>/"
_TEAM = f"{_SPACE}team/"
_TOGETHER = f"{_SPACE}together/"
_DESK = "desk/cohorts/<slug:edition>/"

urlpatterns = [
    path("o/<slug:slug>/programme/", space.programmes, name="programmes"),
    path(_SPACE, space.space, name="space"),
    path(_WORK, works.work, name="work"),
    path(f"{_WORK}feedback/", works.judge, name="work_judge"),
    path(f"{_WORK}version/<int:number>/", works.version, name="work_version"),
    path(f"{_WORK}files/", work_files.add, name="work_file_add"),
    path(f"{_WORK}files/<uuid:file>/", work_files.file, name="work_file"),
    path(f"{_WORK}files/<uuid:file>/take-out/", work_files.take_out, name="work_file_take_out"),
    path(f"{_WORK}answers/<uuid:attachment>/", work_files.attachment, name="work_attachment"),
    path(_DELIVERABLE, deliverables.deliverable, name="deliverable"),
    path(f"{_DELIVERABLE}hand-in/", deliverables.hand_in, name="deliverable_hand_in"),
    path(f"{_DELIVERABLE}feedback/", deliverables.judge, name="deliverable_judge"),
    path(f"{_DELIVERABLE}comment/", deliverables.comment, name="deliverable_comment"),
    path(f"{_DELIVERABLE}share/", deliverables.share, name="deliverable_share"),
    path(f"{_DELIVERABLE}choose/", documents.choose, name="deliverable_choose"),
    path(f"{_DELIVERABLE}submission/<int:number>/", documents.submission, name="submission"),
    path(f"{_SPACE}category-plan/", documents.add_plan, name="deliverable_add"),
    path(_PLAN, development_plan.plan, name="development_plan"),
    path(f"{_PLAN}edit/", development_plan.edit, name="development_plan_edit"),
    path(f"{_PLAN}version/<int:number>/", development_plan.version, name="development_plan_version"),
    path(f"{_SPACE}presentations/new/", presentations.new, name="presentation_new"),
    path(_PRESENTATION, presentations.presentation, name="presentation"),
    path(f"{_PRESENTATION}edit/", presentations.edit, name="presentation_edit"),
    path(f"{_PRESENTATION}decision/", presentations.decide, name="presentation_decide"),
    path(_TEAM, team.team, name="team"),
    path(f"{_TEAM}<uuid:member>/take-out/", team.take_out, name="team_take_out"),
    path(f"{_TEAM}<uuid:member>/contact/", team.contact, name="team_contact"),
    path(_TOGETHER, together.together, name="together"),
    path(f"{_TOGETHER}documents/<uuid:deliverable>/", together.document, name="together_document"),
    path(f"{_TOGETHER}materials/<uuid:material>/take-back/", together.take_back, name="material_take_back"),
    path("desk/cohorts/", desk.desk, name="desk"),
    path(_DESK, desk.edition, name="desk_edition"),
    path(f"{_DESK}participants/<uuid:participation>/", desk.participant, name="desk_participant"),
    path(f"{_DESK}participants/<uuid:participation>/move/", desk.move, name="desk_move"),
    path(f"{_DESK}materials/", desk.materials, name="desk_materials"),
    path(f"{_DESK}assignments/new/", desk_assignments.assignment_new, name="assignment_new"),
    path(f"{_DESK}assignments/<uuid:assignment>/", desk_assignments.assignment_edit, name="assignment_edit"),
    path(
        f"{_DESK}assignments/<uuid:assignment>/withdraw/",
        desk_assignments.assignment_withdraw,
        name="assignment_withdraw",
    ),
    path(f"{_DESK}deliverables/<slug:kind>/", desk_assignments.wanted, name="deliverable_wanted"),
]
