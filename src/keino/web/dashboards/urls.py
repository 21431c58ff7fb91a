"""Addresses of ``dashboards``."""

from django.urls import path

from keino.web.dashboards.views import exports, footprint, homes, peers, public, shares, visits

app_name = "dashboards"
urlpatterns = [
    path("home/", homes.person_home, name="person_home"),
    path("o/<slug:slug>/", homes.home, name="home"),
    path("o/<slug:slug>/footprint/", footprint.footprint, name="footprint"),
    path("o/<slug:slug>/footprint/factors/", footprint.factors, name="factors"),
    path("o/<slug:slug>/footprint/peers/", peers.peers, name="peers"),
    path("o/<slug:slug>/hotspots/", footprint.hotspots, name="hotspots"),
    path("o/<slug:slug>/export/", exports.export, name="export"),
    path("o/<slug:slug>/export/<str:wanted>/", exports.download, name="download"),
    path("o/<slug:slug>/export/<str:wanted>/ask/", exports.ask, name="ask_export"),
    path("o/<slug:slug>/exports/<uuid:key>/", exports.export_file, name="export_file"),
    path("o/<slug:slug>/exports/<uuid:key>/file/", exports.export_content, name="export_content"),
    path("o/<slug:slug>/shares/", shares.shares, name="shares"),
    path("o/<slug:slug>/shares/<uuid:key>/revoke/", shares.revoke, name="revoke_share"),
    path("share/<str:token>/", shares.shared, name="shared"),
    path("public/", public.public_list, name="public_list"),
    path("public/<slug:slug>/", public.public, name="public"),
    path("measurement/", public.national, name="national"),
    path("footprint/result/", visits.visit_footprint, name="visit_footprint"),
    path("footprint/result/hotspots/", visits.visit_hotspots, name="visit_hotspots"),
    path("footprint/result/factors/", visits.visit_factors, name="visit_factors"),
    path("footprint/result/file/<str:wanted>/", visits.visit_download, name="visit_download"),
]
