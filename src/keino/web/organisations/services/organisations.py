"""Adding and changing organisations."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.translated import LANGUAGES, note_translations
from keino.web.organisations.codes import checked_business_id, checked_county, checked_region
from keino.web.organisations.errors import BusinessIdTaken, DateMissing, GoesInCircles, SlugTaken
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.organisations import chain
from keino.web.organisations.queries.people import on_behalf_of, responsible_persons
from keino.web.organisations.services.mails import in_language, link

#: Texts in three languages.
TEXTS = ("name", "short_name", "about")
#: What responsible persons change themselves.
OWN_FIELDS = frozenset(
    {*(f"{text}_{code}" for text in TEXTS for code in LANGUAGES), "original_language", "population", "homepage"}
)
#: Who sees the footprint; theirs alone to say.
PUBLICITY = frozenset({"is_public", "is_compared"})
#: What the centre keeps: who the organisation is in registers, and what it was before.
KEPT_FIELDS = frozenset(
    {
        "kind", "business_id", "municipality_code", "region_code", "county_code", "parent", "merged_into", "merged_on",
        "successor", "succeeded_on", "valid_from", "valid_to",
    }
)  # fmt: skip
LOGIN = frozenset({"login_method"})


def fields_of(person: Person, organisation: Organisation) -> frozenset[str]:
    """Which columns this person may change."""
    allowed: frozenset[str] = frozenset()
    if person.has_perm("organisations.edit", organisation):
        allowed |= OWN_FIELDS | LOGIN
    if person.has_perm("organisations.choose_publicity", organisation):
        allowed |= PUBLICITY
    if person.has_perm("organisations.create"):
        allowed |= KEPT_FIELDS
    return allowed


def free_slug(name: str) -> str:
    """An address made from a name that no organisation has yet: "hameenlinna", "hameenlinna-2"."""
    wanted = slugify(name.replace("ß", "ss"))[:70].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    numbers = [int(found[1]) for slug in taken if (found := re.fullmatch(rf"{re.escape(wanted)}-(\d+)", slug))]
    return f"{wanted}-{max(numbers, default=1) + 1}"


@transaction.atomic
def create_organisation(*, by: Person, **fields: Any) -> Organisation:
    """Add an organisation; without ``slug`` its address is made from its name."""
    if not by.has_perm("organisations.create"):
        raise PermissionDenied
    organisation = Organisation(**fields)
    organisation.slug = organisation.slug or free_slug(organisation.shown_name)
    if Organisation.objects.filter(slug=organisation.slug).exists():
        raise SlugTaken(value=organisation.slug)
    _check(organisation)
    with acting(by, act="organisation_added"):
        organisation.save()
        note_translations(organisation, {}, TEXTS)
    return organisation


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: Person, seen: int, **fields: Any) -> Organisation:
    """Change an organisation as it was seen in version ``seen``. Raises Conflict when somebody changed it since."""
    changed = {name for name, value in fields.items() if getattr(organisation, name) != value}
    if changed - fields_of(by, organisation):
        raise PermissionDenied
    if not changed:  # a second press of the button
        return organisation
    before = {f"{text}_{code}": getattr(organisation, f"{text}_{code}") or "" for text in TEXTS for code in LANGUAGES}
    was_public = organisation.is_public
    if not Organisation.objects.filter(pk=organisation.pk, version=seen).update(version=F("version") + 1):
        raise Conflict
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.version = seen + 1
    _check(organisation)
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="organisation_changed"):
        organisation.save()
        note_translations(organisation, before, TEXTS)
    if organisation.is_public != was_public:
        _tell_publicity(organisation, by=by)
    return organisation


def _tell_publicity(organisation: Organisation, *, by: Person) -> None:
    for person in responsible_persons(organisation, timezone.localdate()):
        if person.pk != by.pk:
            send_later(
                "organisations/mail/publicity.txt",
                to=person,
                by=str(by),
                is_public=organisation.is_public,
                url=link("settings", slug=organisation.slug),
                **in_language(person.language, organisation),
            )


def _check(organisation: Organisation) -> None:
    """Put codes into their official form and refuse what doesn't hold."""
    day = min(organisation.valid_to, timezone.localdate()) if organisation.valid_to else timezone.localdate()
    organisation.business_id = checked_business_id(organisation.business_id)
    organisation.region_code = checked_region(organisation.region_code, organisation.municipality_code, day)
    organisation.county_code = checked_county(organisation.county_code)
    _check_business_id_free(organisation)
    for field, date in (("parent", ""), ("merged_into", "merged_on"), ("successor", "succeeded_on")):
        other = getattr(organisation, field)
        circle = chain(organisation, field, other) if organisation.pk else None
        if circle is not None:
            raise GoesInCircles(field=field, chain=circle)
        if other is not None and date and getattr(organisation, date) is None:
            raise DateMissing(field=date, organisation=other.shown_name)


def _check_business_id_free(organisation: Organisation) -> None:
    if not organisation.business_id:
        return
    other = Organisation.objects.filter(business_id=organisation.business_id).exclude(pk=organisation.pk).first()
    if other is not None:
        raise BusinessIdTaken(value=organisation.business_id, organisation=other.shown_name)
