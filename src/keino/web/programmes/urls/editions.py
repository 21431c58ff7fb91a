"""Addresses of programmes and their calls: the public front, and the desk where editions are kept."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.programmes.views import dates, desk, editing, parts, public

_DESK = "desk/programmes/"
_EDITION = _DESK + "<slug:slug>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", public.programmes, name="programmes"),
    path("programmes/history/", public.history, name="history"),
    path("programmes/<slug:slug>/", public.programme, name="programme"),
    path("programmes/<slug:slug>/calendar.ics", public.programme_calendar, name="programme_calendar"),
    path(_DESK, desk.desk_programmes, name="desk_programmes"),
    path(_DESK + "new/", desk.desk_new, name="desk_new"),
    path(_DESK + "new/<slug:template>/", desk.desk_new_from, name="desk_new_from"),
    path(_EDITION, desk.desk_programme, name="desk_programme"),
    path(_EDITION + "texts/<str:language>/", editing.desk_texts, name="desk_texts"),
    path(_EDITION + "settings/", editing.desk_settings, name="desk_settings"),
    path(_EDITION + "people/", editing.desk_people, name="desk_people"),
    path(_EDITION + "people/<int:number>/remove/", editing.desk_person_remove, name="desk_person_remove"),
    path(_EDITION + "move/<str:to>/", editing.desk_move, name="desk_move"),
    path(_EDITION + "dates/", dates.desk_dates, name="desk_dates"),
    path(_EDITION + "dates/change/", dates.desk_dates_change, name="desk_dates_change"),
    path(_EDITION + "dates/weeks/", dates.desk_dates_weeks, name="desk_dates_weeks"),
    path(_EDITION + "dates/new/", dates.desk_date_kind, name="desk_date_kind"),
    path(_EDITION + "dates/new/<str:kind>/", dates.desk_date_new, name="desk_date_new"),
    path(_EDITION + "dates/<uuid:date_id>/", dates.desk_date, name="desk_date"),
    path(_EDITION + "dates/<uuid:date_id>/remove/", dates.desk_date_remove, name="desk_date_remove"),
    path(_EDITION + "parts/<str:part>/new/", parts.desk_part_new, name="desk_part_new"),
    path(_EDITION + "parts/<str:part>/<slug:code>/", parts.desk_part, name="desk_part"),
    path(_EDITION + "parts/<str:part>/<slug:code>/remove/", parts.desk_part_remove, name="desk_part_remove"),
]
