"""A buyer begins its own organisation: the first footprint needs nobody at the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from keino.web.base.audit import acting
from keino.web.base.translated import note_translations
from keino.web.organisations.choices import BUYERS, OrganisationKind, RoleKind
from keino.web.organisations.codes import checked_business_id, checked_region
from keino.web.organisations.errors import BusinessIdTaken
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.organisations import TEXTS, free_slug
from keino.web.organisations.services.roles import new_role

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: What a person may begin without being asked who they are: no ministry and no centre, whose people see more.
SELF_SERVICE_KINDS = frozenset(BUYERS) - {OrganisationKind.MINISTRY, OrganisationKind.COMPETENCE_CENTRE}


def start_organisation(
    *, name: str, kind: str, by: Person, municipality_code: str = "", business_id: str = ""
) -> Organisation:
    """Add an organisation of which ``by`` is the responsible person.

    Nobody has checked who they are, so it is shown to nobody and counts in no comparison until its people choose
    otherwise. Raises BusinessIdTaken (whoever works there can be invited), WrongBusinessId, UnknownMunicipality.
    """
    if kind not in SELF_SERVICE_KINDS:
        raise ValueError(f"nobody begins a {kind} by themselves")
    language = (get_language() or "fi")[:2]
    today = timezone.localdate()
    number = checked_business_id(business_id) if business_id else ""
    region = checked_region("", municipality_code, today) if municipality_code else ""
    with transaction.atomic(), acting(by, act="organisation_added"):
        other = Organisation.objects.filter(business_id=number).first() if number else None
        if other is not None:
            raise BusinessIdTaken(value=number, organisation=other.shown_name)
        organisation = Organisation(
            slug=free_slug(name),
            kind=kind,
            original_language=language,
            business_id=number,
            municipality_code=municipality_code,
            region_code=region,
            is_public=False,
            is_compared=False,
        )
        setattr(organisation, f"name_{language}", name)
        organisation.save()
        note_translations(organisation, {}, TEXTS)
        new_role(by, RoleKind.RESPONSIBLE_PERSON, organisation, by=by, valid_from=today, regions=[])
    return organisation
