"""Whom a programme reached, how many hours it took, what was delivered."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import override

from keino.report.names import Names
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.effect.numbers import Delivered, Hours, Part
from keino.web.cohorts.models import Deliverable, Engagement, Participation, TeamPerson

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition

LANGUAGES = ("fi", "sv", "en")


def hours_of(rows: QuerySet[Engagement]) -> tuple[Hours, ...]:
    """Work by its kind, the most first."""
    found = rows.filter(is_counted=True).order_by().values("kind").annotate(all=Sum("quarters"), entries=Count("pk"))
    return tuple(Hours(each["kind"], each["all"], each["entries"]) for each in found.order_by("-all", "kind"))


def workers_of(rows: QuerySet[Engagement]) -> int:
    """People of the centre who logged work; those whose name was taken out since count as one."""
    return rows.filter(is_counted=True).order_by().values("person").distinct().count()


def reach_of(edition: Edition) -> tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]]:
    """Organisations and people of their teams: by where they stand, by kind, by region."""
    people = Counter(TeamPerson.objects.filter(participation__edition=edition).values_list("participation", flat=True))
    rows = Participation.objects.filter(edition=edition).values_list(
        "pk", "state", "organisation__kind", "organisation__region_code"
    )
    parts: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for key, *codes in rows:
        for found, code in zip(parts, codes, strict=True):
            found[code].append(people[key])
    states, kinds, regions = (
        tuple(
            Part(code, len(each), sum(each))
            for code, each in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        )
        for found in parts
    )
    return states, kinds, regions


def delivered_in(edition: Edition) -> tuple[Delivered, ...]:
    """Deliverables by kind, in the order in which kinds are listed."""
    rows = Deliverable.objects.filter(participation__edition=edition).order_by().values("kind")
    counted = rows.annotate(
        handed_in=Count("pk", filter=~Q(state=DeliverableState.OPEN)),
        approved=Count("pk", filter=Q(state=DeliverableState.APPROVED)),
        organisations=Count("participation", filter=Q(state=DeliverableState.APPROVED), distinct=True),
    )
    found = {each["kind"]: each for each in counted}
    return tuple(
        Delivered(
            kind.value,
            _names(kind),
            found[kind]["handed_in"],
            found[kind]["approved"],
            found[kind]["organisations"],
        )
        for kind in DeliverableKind
        if kind in found
    )


def _names(kind: DeliverableKind) -> Names:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(kind.label))
    return Names(*found)
