"""Public: programmes and their calendars, open calls among them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from keino.web.opendata.api.paging import Page, rows_after
from keino.web.opendata.api.problems import Problem
from keino.web.programmes.choices import PUBLIC_STATES
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.editions import call_is_open

router = Router(tags=["public"])


class ProgrammeFilter(Schema):
    """Which programmes are asked for."""

    state: str = Field("", max_length=20, description="published, open, closed, running, completed or cancelled")
    theme: str = Field("", max_length=30)


class DateOut(Schema):
    """A date of a programme's calendar."""

    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_whole_day: bool = Field(description="No hour was said")
    mode: str = Field(description="online, on_site or hybrid; empty where it isn't known or doesn't matter")
    place: str
    is_open_to_all: bool


class ProgrammeOut(Schema):
    """A programme that everyone sees."""

    programme_id: str
    programme: str = Field(description="Its address on the site, and here")
    theme: str
    state: str
    is_call_open: bool = Field(description="Whether organisations can show their interest at this moment")
    name_fi: str
    name_sv: str
    name_en: str
    summary_fi: str
    summary_sv: str
    summary_en: str
    language: str = Field(description="The language in which people work together")
    places_max: int
    team_min: int
    team_max: int
    organiser: str = Field(description="organisation_id")
    url: str
    is_example: bool = Field(description="Made up for the demonstration")
    dates: list[DateOut]


class ProgrammePage(Schema):
    """A page of programmes."""

    items: list[ProgrammeOut]
    next: str | None


@router.get("/programmes", response={200: ProgrammePage, 422: Problem, 429: Problem}, summary="List programmes")
def list_programmes(request: HttpRequest, page: Query[Page], wanted: Query[ProgrammeFilter]) -> Any:
    """Programmes that everyone sees, with their calendars. Open calls are those with `state=open`."""
    rows = Edition.objects.filter(state__in=PUBLIC_STATES).select_related("organisation").prefetch_related("dates")
    for column, value in (("state", wanted.state), ("theme", wanted.theme)):
        if value:
            rows = rows.filter(**{column: value.replace("\0", "\ufffd")})
    found, following = rows_after(rows, page)
    now = timezone.now()
    return {"items": [_row(edition, now) for edition in found], "next": following}


def _row(edition: Edition, now: dt.datetime) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(edition, f"{name}_{language}") or ""
        for name in ("name", "summary")
        for language in ("fi", "sv", "en")
    }
    columns = ("theme", "state", "language", "places_max", "team_min", "team_max")
    return {
        "programme_id": str(edition.public_id),
        "programme": edition.slug,
        **texts,
        **{name: getattr(edition, name) for name in columns},
        "is_call_open": call_is_open(edition, now),
        "organiser": str(edition.organisation.public_id),
        "url": settings.SITE_ADDRESS + reverse("programmes:programme", kwargs={"slug": edition.slug}),
        "is_example": edition.organisation.is_example,
        "dates": [{name: getattr(date, name) for name in DateOut.model_fields} for date in edition.dates.all()],
    }
