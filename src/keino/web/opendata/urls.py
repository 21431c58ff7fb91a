"""Addresses of ``opendata``."""

from django.urls import URLPattern, URLResolver, path, re_path

from keino.web.opendata import views
from keino.web.opendata.api import api, description, problems

app_name = "opendata"
urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", views.front, name="front"),
    path("data/catalogue.<str:suffix>", views.catalogue_file, name="catalogue"),
    path("data/<slug:key>/", views.dataset, name="dataset"),
    path("data/<slug:key>.<str:suffix>", views.file, name="file"),
    path("data/<slug:key>/<slug:edition>.<str:suffix>", views.file, name="edition_file"),
    path("api/", description.page, name="api"),
    path("api/v1/", api.urls),
    re_path(r"^api/v1/(?P<rest>[\s\S]*)$", problems.unknown_address, name="unknown_address"),
]
