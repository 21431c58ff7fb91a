"""Addresses of the selection: of the desk, and of the applicant whose place waits."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.programmes.views import decisions, interviews, places, reviews, selection

_HERE = "desk/programmes/<slug:edition>/selection/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_HERE, selection.selection, name="selection"),
    path(f"{_HERE}settings/", selection.settings, name="selection_settings"),
    path(f"{_HERE}steps/", places.steps, name="selection_steps"),
    path(f"{_HERE}reviewers/", selection.reviewers, name="reviewers"),
    path(f"{_HERE}reviewers/share-out/", selection.reviewers_share_out, name="reviewers_share_out"),
    path(f"{_HERE}applications/<uuid:application>/", selection.application, name="selection_application"),
    path(f"{_HERE}applications/<uuid:application>/reviewer/", selection.reviewer_new, name="reviewer_new"),
    path(f"{_HERE}applications/<uuid:application>/tie/", reviews.tie, name="tie"),
    path(f"{_HERE}applications/<uuid:application>/interview/", interviews.interview_new, name="interview_new"),
    path(f"{_HERE}applications/<uuid:application>/move-up/", decisions.reserve_up, name="reserve_up"),
    path(f"{_HERE}guide/", interviews.guide, name="guide"),
    path(f"{_HERE}guide/new/", interviews.question_new, name="question_new"),
    path(f"{_HERE}guide/<uuid:question>/", interviews.question, name="question"),
    path(f"{_HERE}guide/<uuid:question>/remove/", interviews.question_remove, name="question_remove"),
    path(f"{_HERE}interviews/", interviews.interviews, name="interviews"),
    path(f"{_HERE}interviews/<uuid:interview>/", interviews.interview, name="interview"),
    path(f"{_HERE}interviews/<uuid:interview>/edit/", interviews.interview_edit, name="interview_edit"),
    path(f"{_HERE}interviews/<uuid:interview>/cancel/", interviews.interview_cancel, name="interview_cancel"),
    path(f"{_HERE}reviews/", reviews.reviews, name="reviews"),
    path(f"{_HERE}reviews/<uuid:review>/", reviews.review, name="review"),
    path(f"{_HERE}reviews/<uuid:review>/off/", selection.reviewer_off, name="reviewer_off"),
    path(f"{_HERE}reviews/<uuid:review>/give-back/", selection.review_give_back, name="review_give_back"),
    path(f"{_HERE}summary/", decisions.selection_summary, name="selection_summary"),
    path(f"{_HERE}summary.pdf", decisions.selection_summary_pdf, name="selection_summary_pdf"),
    path(f"{_HERE}reviews.xlsx", decisions.selection_reviews_file, name="selection_reviews_file"),
    path(f"{_HERE}decision/", decisions.decision, name="decision"),
    path(f"{_HERE}decision/begin/", decisions.decision_begin, name="decision_begin"),
    path(f"{_HERE}decision/check/", decisions.decision_check, name="decision_check"),
    path(f"{_HERE}decision/make/", decisions.decision_make, name="decision_make"),
    path(f"{_HERE}decision/drop/", decisions.decision_drop, name="decision_drop"),
    path(f"{_HERE}decisions/<int:number>/", decisions.decision_made, name="decision_made"),
    path(f"{_HERE}publication/", places.publication, name="publication"),
    path(f"{_HERE}publication/publish/", places.publish, name="publish_selected"),
    path(f"{_HERE}publication/unpublish/", places.unpublish, name="unpublish_selected"),
    path("o/<slug:slug>/applications/<uuid:application>/place/", places.place, name="place"),
]
