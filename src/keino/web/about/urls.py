"""Addresses of ``about``."""

from django.urls import URLPattern, URLResolver, path

from keino.web.about.views import accessibility, feedback, pages, well_known

app_name = "about"
urlpatterns: list[URLPattern | URLResolver] = [
    path("about/", pages.front, name="front"),
    path("about/methods/", pages.methods, name="methods"),
    path("about/sources/", pages.sources, name="sources"),
    path("about/sources/<slug:key>/", pages.source, name="source"),
    path("about/privacy/", pages.privacy, name="privacy"),
    path("about/statistics/", pages.statistics, name="statistics"),
    path("about/accessibility/", accessibility.accessibility, name="accessibility"),
    path("about/accessibility/criteria/", accessibility.criteria, name="criteria"),
    path("about/accessibility/criteria/<str:number>/", accessibility.criterion, name="criterion"),
    path("about/feedback/", feedback.feedback, name="feedback"),
    path("about/feedback/sent/<uuid:public_id>/", feedback.feedback_sent, name="feedback_sent"),
    path("desk/feedback/", feedback.desk, name="desk_feedback"),
    path("desk/feedback/<uuid:public_id>/", feedback.answer, name="answer_feedback"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("sitemap.xml", well_known.sitemap, name="sitemap"),
]
