"""Organisations that show their footprint to everyone."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.organisations import by_name


def shown_organisations(language: str) -> QuerySet[Organisation]:
    """Those that chose so and have published a result, by name, with the newest published year's numbers."""
    shown = Run.objects.filter(organisation=OuterRef("pk"), state=RunState.DONE).exclude(published_at=None)
    newest = Run.objects.filter(organisation=OuterRef(OuterRef("pk")), state=RunState.DONE).exclude(published_at=None)
    run = newest.order_by("-published_at", "-pk").values("pk")[:1]
    total = RunTotal.objects.filter(run=Subquery(run), category="*").order_by("-year")
    found = Organisation.objects.filter(is_public=True).filter(Exists(shown))
    found = found.annotate(
        year=Subquery(total.values("year")[:1]),
        footprint_kgco2e=Subquery(total.values("footprint_kgco2e")[:1]),
        low_kgco2e=Subquery(total.values("low_kgco2e")[:1]),
        high_kgco2e=Subquery(total.values("high_kgco2e")[:1]),
        sorted_by=by_name(language),
    )
    return found.order_by("sorted_by", "pk")
