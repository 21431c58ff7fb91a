"""Pages of no app in particular: the front page and the answers to what went wrong. The style page: ``style.py``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.base.factor_charts import familiar_chart
from keino.web.base.visitor_pages import same_for_visitors


@same_for_visitors
def front(request: HttpRequest) -> HttpResponse:
    """What this is, in ten seconds, and the doors to what there is."""
    figure = familiar_chart((get_language() or "fi")[:2])
    return render(
        request,
        "base/front.html",
        {
            "doors": doors(),
            "figure": figure,
            "source_url": address_or_none("about:source", key=figure.source_key) or figure.source["url"],
            "data_url": address_or_none("opendata:front"),
        },
    )


def doors() -> list[dict[str, Any]]:
    """A door for buyers, companies and everyone, with the pages that exist; a door without a page isn't there."""
    found = [
        {
            "key": "buyers",
            "title": _("For buyers"),
            "text": _(
                "Cities, municipalities, wellbeing services counties, parishes, universities and agencies: see your "
                "footprint from the invoices you already have."
            ),
            "links": _links(
                (_("Try it with your ledger"), "measurement:try"),
                (_("Go to your organisation"), "dashboards:person_home"),
                (_("How a footprint is calculated"), "about:methods"),
                (_("Webinars and training"), "events:list"),
                (_("Programmes: learn with other buyers"), "programmes:programmes"),
            ),
        },
        {
            "key": "companies",
            "title": _("For companies"),
            "text": _(
                "See which purchases cause the emissions of public buyers: there they look for something better."
            ),
            "links": _links(
                (_("Buyers and their public footprints"), "organisations:directory"),
                (_("Emission factors and their sources"), "about:sources"),
            ),
        },
        {
            "key": "everyone",
            "title": _("For everyone"),
            "text": _(
                "Residents, journalists and researchers: read the footprints that buyers have made public, with their "
                "sources, and take the data."
            ),
            "links": _links(
                (_("Open data"), "opendata:front"),
                (_("Public footprints"), "organisations:directory"),
                (_("Events"), "events:list"),
                (_("Methods"), "about:methods"),
            ),
        },
    ]
    return [door for door in found if door["links"]]


def _links(*pages: tuple[str, str]) -> list[dict[str, str]]:
    return [{"title": title, "url": url} for title, name in pages if (url := address_or_none(name))]


TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to a request that could not be read: too large (413), or not understood (400)."""
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)
