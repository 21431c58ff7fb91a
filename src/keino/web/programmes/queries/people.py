"""People of an edition: who is named in it, who may be, who applies."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.applications import ENDED
from keino.web.programmes.models import Edition

#: Roles at the centre whose holders can be named in an edition.
WORKS_IN_PROGRAMMES = (RoleKind.COORDINATOR, RoleKind.EXPERT, RoleKind.MENTOR)


def people_named(edition: Edition) -> QuerySet[Person]:
    """Everyone who is named in the edition, each once."""
    return Person.objects.filter(named_in_editions__edition=edition, is_active=True).distinct()


def applicants_of(edition: Edition) -> QuerySet[Person]:
    """People of the applicants that are still in: whom the centre asks, and the members of their teams."""
    still_in = edition.applications.exclude(state__in=ENDED)
    return Person.objects.filter(
        Q(pk__in=still_in.values("contact")) | Q(pk__in=still_in.values("members__person")), is_active=True
    )


def people_to_name() -> QuerySet[Person]:
    """People who may be named: those with a role at the centre today, by name."""
    today = timezone.localdate()
    held = Q(roles__kind__in=WORKS_IN_PROGRAMMES, roles__valid_from__lte=today, roles__withdrawn_at=None)
    held &= Q(roles__valid_to=None) | Q(roles__valid_to__gte=today)
    return Person.objects.filter(held, is_active=True, erased_at=None).distinct().order_by("name", "email", "pk")


def experts_of(edition: Edition) -> QuerySet[Person]:
    """People named to hold an edition's discussions who have a role at the centre today."""
    named = edition.people.filter(kind__in=(EditionPersonKind.EXPERT, EditionPersonKind.HOST)).values("person")
    return Person.objects.filter(pk__in=named).filter(pk__in=people_to_name().values("pk")).order_by("name", "pk")
