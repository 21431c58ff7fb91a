"""Who did what when in the competence centre KEINO: history with sources. This site is independent of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from keino.web.base.templatetags.keino import day as day_text
from keino.web.base.translated import reader_language
from keino.web.organisations.queries.consortium import events, lifetime, memberships
from keino.web.organisations.views.desk import day_asked


def role_names() -> dict[str, str]:
    """What an organisation could be in the consortium."""
    return {
        "coordinator": pgettext("consortium", "coordinator"),
        "member": pgettext("consortium", "member"),
        "strategic_partner": pgettext("consortium", "strategic partner"),
    }


@require_safe
def consortium(request: HttpRequest) -> HttpResponse:
    """The whole history, or who belonged to it on the day of ``?on=``."""
    language = reader_language()
    first, last = lifetime()
    asked = request.GET.get("on", "")
    day = day_asked(request, last) if asked else None
    names = role_names()
    found = memberships(language, day)
    timeline: list[dict[str, Any]] = [
        {
            "date": event.date,
            "when": day_text(event.date) if event.is_day else date_format(event.date, "YEAR_MONTH_FORMAT"),
            "title": event.title,
            "source": event.source,
        }
        for event in events(language)
    ]
    context = {
        "day": day,
        "wrong_day": bool(asked) and day is not None and day.isoformat() != asked,
        "first": first,
        "last": last,
        "members": [{"membership": one, "role": names[one.role]} for one in found],
        "timeline": timeline,
        "sources": sorted({one.source["citation"] for one in found} | {row["source"]["citation"] for row in timeline}),
        "unsure": any(one.note for one in found),
    }
    return render(request, "organisations/consortium.html", context)
