"""Naming people in an edition: hosts, experts, reviewers, mentors, deciders."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.audit import acting
from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.errors.editions import NotOfTheCentre
from keino.web.programmes.models import Edition, EditionPerson
from keino.web.programmes.rules import forget_named
from keino.web.programmes.services.versions import locked, raise_version, require_going_on


@transaction.atomic
def name_person(edition: Edition, *, person: Person, kind: str, by: Person, tell: bool = True) -> EditionPerson:
    """Name somebody of the centre; who is named already stays so. They are told by mail."""
    row = locked(edition)
    require_going_on(row)
    if not person.has_perm("programmes.work"):
        raise NotOfTheCentre(person=str(person))
    there = row.people.filter(person=person, kind=kind).first()
    if there is not None:
        return there
    with acting(by, act="edition_person_named"):
        named = EditionPerson.objects.create(edition=row, person=person, kind=kind, named_by=by)
        raise_version(row)
    forget_named(edition)
    if tell and person.pk != by.pk:
        _tell(named, by=by)
    return named


@transaction.atomic
def unname_person(named: EditionPerson, *, by: Person) -> None:
    """Take a person's part away. What they did stays. Twice is harmless."""
    # bookings hold their experts: none that is going on takes this one after all
    Person.objects.select_for_update(no_key=True).get(pk=named.person_id)
    row = locked(named.edition)
    require_going_on(row)
    held = EditionPerson.objects.filter(pk=named.pk).first()
    if held is None:
        return
    with acting(by, act="edition_person_unnamed"):
        held.delete()
        raise_version(row)
    forget_named(named.edition)


@transaction.atomic
def give_part(named: EditionPerson, to: Person) -> None:
    """Give a person's part in an edition to another, as one of a hand-over."""
    if EditionPerson.objects.filter(edition=named.edition, person=to, kind=named.kind).exists():
        named.delete()
    else:
        named.person = to
        named.save(update_fields=["person"])
    forget_named(named.edition)


def _tell(named: EditionPerson, *, by: Person) -> None:
    with override(named.person.language):
        send_later(
            "programmes/mail/named.txt",
            to=named.person,
            edition=named.edition.shown_name,
            kind=str(EditionPersonKind(named.kind).label),
            by=str(by),
            url=settings.SITE_ADDRESS + reverse("programmes:desk_programme", kwargs={"slug": named.edition.slug}),
        )
