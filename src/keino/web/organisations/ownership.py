"""What people own in this app: the open invitations that they sent, which stop working when they leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.models import Person
from keino.web.base.owned import Owned
from keino.web.organisations.models import Invitation, Organisation


def open_invitations_of(person: Person, organisation: Organisation) -> Iterator[Owned]:
    """Open invitations that a person sent from an organisation; the new owner vouches for them."""
    found = organisation.invitations.filter(invited_by=person, accepted_at=None, withdrawn_at=None)
    for invitation in found.order_by("pk"):
        yield Owned(
            key=f"invitation:{invitation.public_id}",
            kind=_("Open invitation"),
            title=invitation.email,
            url=reverse("organisations:people", kwargs={"slug": organisation.slug}),
            give_to=_giver(invitation),
        )


def _giver(invitation: Invitation) -> Callable[[Person], None]:
    def give(person: Person) -> None:
        invitation.invited_by = person
        invitation.save(update_fields=["invited_by"])

    return give
