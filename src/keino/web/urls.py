"""Addresses of the site. Each app keeps its own; the order matters only where two could match."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("keino.web.base.urls")),
    # the log-in library's own list of sessions is ours
    path(
        "account/sessions/",
        login_required(RedirectView.as_view(pattern_name="accounts:sessions")),
        name="usersessions_list",
    ),
    path("account/", include("allauth.urls")),
    path("", include("keino.web.accounts.urls")),
    path("", include("keino.web.organisations.urls")),
    path("", include("keino.web.surveys.urls")),
    path("", include("keino.web.events.urls")),
    path("", include("keino.web.measurement.urls")),
    path("", include("keino.web.procurements.urls")),
    path("", include("keino.web.plans.urls")),
    path("", include("keino.web.followup.urls")),
    # /programmes/alumni/ and /programmes/effect/ are pages, no editions of these names
    path("", include("keino.web.cohorts.urls")),
    path("", include("keino.web.programmes.urls")),
    path("", include("keino.web.dashboards.urls")),
    path("", include("keino.web.opendata.urls")),
    path("", include("keino.web.about.urls")),
    path("", include("keino.web.operations.urls")),
]

#: Tells a request that is too large (413) from one that can't be understood; 403, 404 and 500 are Django's own.
handler400 = "keino.web.base.views.bad_request"
