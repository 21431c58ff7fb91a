"""Addresses of ``surveys``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.surveys.views import (
    answers,
    desk_draft,
    desk_forms,
    desk_interviews,
    desk_studies,
    form_answers,
    results,
    rounds,
    studies,
)

app_name = "surveys"
_ROOM = "o/<slug:slug>/maturity/"
_ROUND = f"{_ROOM}<uuid:round_id>/"
_FORMS = "o/<slug:slug>/forms/"
_ANSWER = f"{_FORMS}<uuid:round_id>/"
_FORM = "desk/forms/<uuid:form_id>/"
_QUESTION = f"{_FORM}draft/questions/<slug:code>/"
_VERSION = f"{_FORM}versions/<int:number>/"
_STUDY = "desk/studies/<uuid:study_id>/"
_YEAR = f"{_STUDY}<int:year>/"
_INTERVIEW = f"{_YEAR}interviews/<uuid:interview_id>/"

_maturity: list[URLPattern] = [
    path(_ROOM, rounds.maturity, name="maturity"),
    path(f"{_ROOM}new/", rounds.open_, name="open"),
    path(_ROUND, results.results, name="round"),
    path(f"{_ROUND}results.xlsx", results.workbook, name="workbook"),
    path(f"{_ROUND}answer/", answers.answer, name="answer"),
    path(f"{_ROUND}answer/take-back/", answers.answer_back, name="take_back"),
    path(f"{_ROUND}change/", rounds.change, name="change"),
    path(f"{_ROUND}close/", rounds.close, name="close"),
    path(f"{_ROUND}cancel/", rounds.cancel, name="cancel"),
]
_answering: list[URLPattern] = [
    path(_FORMS, form_answers.forms_to_answer, name="forms_to_answer"),
    path(_ANSWER, form_answers.form_answer, name="form_answer"),
    path(f"{_ANSWER}check/", form_answers.form_check, name="form_check"),
    path(f"{_ANSWER}files/<uuid:file_id>/", form_answers.form_file, name="form_file"),
]
_forms: list[URLPattern] = [
    path("desk/forms/", desk_forms.forms_list, name="forms"),
    path("desk/forms/new/", desk_forms.form_new, name="form_new"),
    path(_FORM, desk_forms.form_page, name="form"),
    path(f"{_FORM}change/", desk_forms.form_change, name="form_change"),
    path(f"{_FORM}begin-version/", desk_forms.form_begin_version, name="form_begin_version"),
    path(f"{_FORM}draft/", desk_draft.draft, name="draft"),
    path(f"{_FORM}draft/about/", desk_draft.draft_about, name="draft_about"),
    path(f"{_FORM}draft/publish/", desk_draft.draft_publish, name="draft_publish"),
    path(f"{_FORM}draft/delete/", desk_draft.draft_delete, name="draft_delete"),
    path(f"{_FORM}draft/new-question/", desk_draft.question_new, name="question_new"),
    path(_QUESTION, desk_draft.question, name="question"),
    path(f"{_QUESTION}move/", desk_draft.question_move, name="question_move"),
    path(f"{_QUESTION}remove/", desk_draft.question_remove, name="question_remove"),
    path(_VERSION, desk_forms.version_page, name="version"),
    path(f"{_VERSION}answers.<slug:kind>", desk_forms.version_answers, name="version_answers"),
]
_studies: list[URLPattern] = [
    path("desk/studies/", desk_studies.studies_list, name="studies"),
    path("desk/studies/new/", desk_studies.study_new, name="study_new"),
    path(_STUDY, desk_studies.study, name="study"),
    path(f"{_STUDY}change/", desk_studies.study_change, name="study_change"),
    path(f"{_STUDY}open-year/", desk_studies.year_open, name="year_open"),
    path(f"{_STUDY}compare/", desk_studies.study_compare, name="study_compare"),
    path(_YEAR, desk_studies.study_year, name="study_year"),
    path(f"{_YEAR}change/", desk_studies.year_change, name="year_change"),
    path(f"{_YEAR}close/", desk_studies.year_close, name="year_close"),
    path(f"{_YEAR}publish/", desk_studies.year_publish, name="year_publish"),
    path(f"{_YEAR}withdraw/", desk_studies.year_withdraw, name="year_withdraw"),
    path(f"{_YEAR}interviews/", desk_interviews.interviews, name="interviews"),
    path(f"{_YEAR}interviews/new/", desk_interviews.interview_new, name="interview_new"),
    path(_INTERVIEW, desk_interviews.interview, name="interview"),
    path(f"{_INTERVIEW}delete/", desk_interviews.interview_delete, name="interview_delete"),
    path("desk/obstacles/", desk_interviews.obstacles, name="obstacles"),
    path("desk/obstacles/<slug:code>/", desk_interviews.obstacle, name="obstacle"),
]
_public: list[URLPattern] = [
    path("forms/", studies.register, name="register"),
    path("forms/<uuid:form_id>/", studies.register_entry, name="register_entry"),
    path("studies/", studies.public_studies, name="public_studies"),
    path("studies/<uuid:study_id>/", studies.public_study, name="public_study"),
    path("studies/<uuid:study_id>/compare/", studies.public_compare, name="public_compare"),
    path("studies/<uuid:study_id>/results.csv", studies.public_study_data, name="public_study_data"),
]
urlpatterns: list[URLPattern | URLResolver] = [*_maturity, *_answering, *_forms, *_studies, *_public]
