"""What this app holds of people: roles and invitations."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.models import Person
from keino.web.base.owned import Owned, owned_by
from keino.web.base.personal_data import Register
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Invitation, Organisation
from keino.web.organisations.queries.people import first_day_without_responsible

#: Days after which an invitation that nobody accepted is deleted, counted from the day it stopped working.
UNANSWERED_DAYS = 90
#: Days after which the address of an accepted or withdrawn invitation is deleted with it.
ANSWERED_DAYS = 365


def export_roles(person: Person) -> Any:
    """The person's roles, past ones included."""
    return [
        {
            "organisation": role.organisation.shown_name,
            "role": role.kind,
            "about": role.about.shown_name if role.about else None,
            "regions": role.regions,
            "deputy_of": str(role.deputy_of.person) if role.deputy_of else None,
            "from": role.valid_from.isoformat(),
            "to": role.valid_to.isoformat() if role.valid_to else None,
            "withdrawn_at": role.withdrawn_at.isoformat() if role.withdrawn_at else None,
        }
        for role in person.roles.select_related("organisation", "about", "deputy_of__person").order_by(
            "valid_from", "pk"
        )
    ]


def erase_roles(person: Person) -> None:
    """Roles end; who held what when stays, by "a former user", for decisions were made in that role."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for role in person.roles.standing().filter(Q(valid_to=None) | Q(valid_to__gt=yesterday)):
        if role.valid_from > timezone.localdate():
            role.withdrawn_at = timezone.now()
        else:
            role.valid_to = max(yesterday, role.valid_from)
        role.save(update_fields=["valid_to", "withdrawn_at"])


def _refuse_to_give(_person: Person) -> None:
    """What stands in the way of an erasure is handed over on the people page, not here."""
    raise NotImplementedError


def in_the_way(person: Person) -> list[Owned]:
    """What must be handed over before a person can be erased: what they own, and being the only responsible one."""
    found: list[Owned] = []
    today = timezone.localdate()
    for organisation in Organisation.objects.filter(roles__person=person).distinct():
        found += owned_by(person, organisation)
        if _is_needed(person, organisation, today):
            found.append(
                Owned(
                    key=f"responsible:{organisation.public_id}",
                    kind=str(RoleKind.RESPONSIBLE_PERSON.label),
                    title=organisation.shown_name,
                    url=reverse("organisations:people", kwargs={"slug": organisation.slug}),
                    give_to=_refuse_to_give,
                )
            )
    return found


def _is_needed(person: Person, organisation: Organisation, today: dt.date) -> bool:
    """Whether the organisation would be without a responsible person, or earlier so, without this one."""
    held = organisation.roles.standing().filter(person=person, kind=RoleKind.RESPONSIBLE_PERSON, deputy_of=None)
    over = today - timedelta(days=1)
    changed: dict[int, tuple[dt.date, dt.date | None]] = {
        role.pk: (role.valid_from, min(role.valid_to or over, over)) for role in held
    }
    before = first_day_without_responsible(organisation, today)
    after = first_day_without_responsible(organisation, today, changed=changed)
    return after is not None and (before is None or after < before)


def export_invitations(person: Person) -> Any:
    """Invitations to the person's address."""
    return [
        {
            "organisation": invitation.organisation.shown_name,
            "role": invitation.kind,
            "email": invitation.email,
            "sent_at": invitation.created_at.isoformat(),
            "accepted_at": invitation.accepted_at.isoformat() if invitation.accepted_at else None,
        }
        for invitation in _invitations_of(person).select_related("organisation").order_by("pk")
    ]


def _invitations_of(person: Person) -> Any:
    return Invitation.objects.filter(Q(email__iexact=person.email) | Q(accepted_by=person))


def erase_invitations(person: Person) -> None:
    """Invitations to the person go; those that the person sent stay, without a sender."""
    _invitations_of(person).delete()
    Invitation.objects.filter(invited_by=person).update(invited_by=None)


def retire_invitations() -> int:
    """Delete invitations whose time is over; returns how many."""
    now = timezone.now()
    unanswered = Q(accepted_at=None, withdrawn_at=None, expires_at__lt=now - timedelta(days=UNANSWERED_DAYS))
    border = now - timedelta(days=ANSWERED_DAYS)
    answered = Q(accepted_at__lt=border) | Q(withdrawn_at__lt=border)
    deleted, _rows = Invitation.objects.filter(unanswered | answered).delete()
    return deleted


ROLES = Register(
    key="roles",
    title=_("Roles in organisations"),
    purpose=_("To know who may do what for which organisation, and who did it at the time."),
    legal_ground=_("Public task and legitimate interest of the organisation that gave the role."),
    kept_for=_("As long as the organisation is on the site; after erasure without a name."),
    columns=("organisations.Role.person", "organisations.Role.given_by"),
    export=export_roles,
    erase=erase_roles,
    stays=_("Which role was held when, by “a former user”."),
)
INVITATIONS = Register(
    key="invitations",
    title=_("Invitations"),
    purpose=_("To let somebody into an organisation on the site by their own address."),
    legal_ground=_("Legitimate interest of the organisation that invites."),
    kept_for=_("Unanswered: 90 days after the link stopped working. Answered or withdrawn: one year."),
    columns=(
        "organisations.Invitation.email",
        "organisations.Invitation.invited_by",
        "organisations.Invitation.accepted_by",
    ),
    export=export_invitations,
    erase=erase_invitations,
    stays=_("Invitations that you sent, without their sender."),
    retire=retire_invitations,
)
