"""What the desk chooses from: organisers, contact persons, feedback forms, whom to invite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.choices import BUYERS, CENTRE_ROLES
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.rules import roles_today
from keino.web.surveys.choices import FormPurpose
from keino.web.surveys.models import FormVersion

if TYPE_CHECKING:
    from keino.web.events.models import Event


def organisers_for(person: Person) -> QuerySet[Organisation]:
    """The organisations in whose name a person makes events: where they hold a role of the centre today."""
    held = {role.organisation_id for role in roles_today(person) if role.kind in CENTRE_ROLES}
    return Organisation.objects.filter(pk__in=held).order_by("slug")


def contacts() -> QuerySet[Person]:
    """People whom participants may ask: those who make events."""
    held = Role.objects.on(timezone.localdate()).filter(kind__in=CENTRE_ROLES, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held), is_active=True, erased_at=None).order_by("name", "email", "pk")


def feedback_forms(event: Event | None = None) -> QuerySet[FormVersion]:
    """Published versions of feedback forms that are still offered, and the one that the event has already."""
    found = FormVersion.objects.filter(
        form__purpose=FormPurpose.FEEDBACK, form__is_retired=False, published_at__isnull=False
    )
    if event is not None and event.feedback_id is not None:
        found = found | FormVersion.objects.filter(pk=event.feedback_id)
    return found.select_related("form").order_by("form", "-number")


def to_invite() -> QuerySet[Organisation]:
    """Buyers that exist today, by name."""
    return Organisation.objects.filter(kind__in=BUYERS, valid_to=None, merged_into=None).order_by("name_fi", "slug")
