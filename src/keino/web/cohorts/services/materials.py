"""What participants and the centre share with everybody in an edition."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.cohorts.models import Participation, SharedMaterial

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition


@transaction.atomic
def share_material(
    edition: Edition,
    *,
    participation: Participation | None,
    title: str,
    text: str,
    link: str,
    by: Person,
    key: uuid.UUID,
) -> SharedMaterial:
    """Share a text or a link with everybody in the edition. ``key`` is the form's: sent twice, it is there once."""
    with acting(by, act="material_shared"):
        made, _is_new = SharedMaterial.objects.get_or_create(
            public_id=key,
            edition=edition,
            defaults={
                "participation": participation, "title": title, "text": text, "link": link, "added_by": by,
            },
        )  # fmt: skip
    return made


@transaction.atomic
def take_back_material(material: SharedMaterial, *, by: Person) -> None:
    """Stop sharing something; twice is harmless."""
    with acting(by, act="material_taken_back"):
        SharedMaterial.objects.filter(pk=material.pk).delete()
