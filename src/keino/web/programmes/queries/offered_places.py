"""Places that wait for the word of the organisations that they were given to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.choices.selection import DecisionOutcome, DecisionState
from keino.web.programmes.models import Application, DecidedApplication

if TYPE_CHECKING:
    from django.db.models import QuerySet


def offered_places() -> QuerySet[Any]:
    """Selected applications that aren't confirmed, each with ``confirm_by``, the day until when it is asked (None: no
    day was said), and ``offered_at``.
    """
    newest = DecidedApplication.objects.filter(
        application=OuterRef("pk"), decision__state=DecisionState.MADE, outcome=DecisionOutcome.SELECTED
    ).order_by("-decision__made_at", "-pk")
    found = Application.objects.filter(state=ApplicationState.SELECTED).select_related("edition", "organisation")
    return found.annotate(
        confirm_by=Subquery(newest.values("decision__confirm_by")[:1]),
        offered_at=Subquery(newest.values("decision__made_at")[:1]),
    )
