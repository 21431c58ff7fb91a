"""Towns that took part in the demo's programme that is over, and people of theirs and of those they are compared with.

Without ledgers, and without log-ins: what is told of them is what they answered in self-assessments. All invented.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.accounts.services.people import add_person
from keino.web.operations.demo.clock import clock_at
from keino.web.organisations.choices import OrganisationKind, RoleKind
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.organisations import create_organisation
from keino.web.organisations.services.roles import give_role

if TYPE_CHECKING:
    from keino.web.base.models import Person


@dataclass(frozen=True)
class PastTown:
    """A town that took part. ``name`` stands in Swedish and English names as it is, ``genitive`` in the Finnish one."""

    slug: str
    name: str
    genitive: str
    region: str
    population: int


#: All of the size of Ostoniemi, so that the neighbours of the demo are comparable with them.
TOOK_PART = (
    PastTown("aavistusjoki", "Aavistusjoki", "Aavistusjoen", "MK02", 23_000),
    PastTown("kangastuslahti", "Kangastuslahti", "Kangastuslahden", "MK13", 46_000),
    PastTown("sepitelampi", "Sepitelampi", "Sepitelammen", "MK11", 29_000),
    PastTown("taruvaara", "Taruvaara", "Taruvaaran", "MK12", 33_000),
    PastTown("unelmajarvi", "Unelmajärvi", "Unelmajärven", "MK17", 38_000),
    PastTown("utuniemi", "Utuniemi", "Utuniemen", "MK08", 21_500),
)
#: The neighbours that the demo has ledgers of: they took part in nothing.
COMPARABLE = ("arvoituskoski", "haavelaakso", "kuvitelmaranta", "luulosalmi", "satuniemi", "tarinaharju")
_ALL = (*(town.slug for town in TOOK_PART), *COMPARABLE)
#: First names by town, family names and addresses by work, so that everybody has another name.
_FIRST = ("Aino", "Eero", "Hilla", "Ilmari", "Kerttu", "Lassi", "Meri", "Niilo", "Outi", "Pekka", "Riina", "Sampo")
_WORK = (
    ("hankinnat", "Ostaja"),
    ("johto", "Johtaja"),
    ("tyollisyys", "Työllistäjä"),
    ("tekninen", "Rakentaja"),
    ("ruoka", "Kokki"),
    ("talous", "Laskija"),
)
#: They have held their roles for so long, as everybody in the demo.
_JOINED = dt.timedelta(days=3 * 365)


def people_of(slug: str) -> list[tuple[str, str]]:
    """Names and addresses of the six of a town that answer its self-assessments; the first leads procurement."""
    place = _ALL.index(slug)
    return [
        (f"{_FIRST[(place + 5 * number) % len(_FIRST)]} {surname}", f"{address}@{slug}.example")
        for number, (address, surname) in enumerate(_WORK)
    ]


def settle(*, by: Person) -> dict[str, Organisation]:
    """Make the towns that took part, with their people; give the neighbours people who answer, too."""
    took_part = {town.slug: _organisation(town, by) for town in TOOK_PART}
    neighbours = Organisation.objects.filter(slug__in=COMPARABLE, is_example=True)
    with clock_at(timezone.now() - _JOINED):
        for town in took_part.values():
            _settle(town, (RoleKind.RESPONSIBLE_PERSON, RoleKind.APPROVER), by)
        for town in neighbours:
            _settle(town, (RoleKind.RESPONSIBLE_PERSON,), by)  # an approver would approve the ledger that waits
    return took_part


def _organisation(town: PastTown, by: Person) -> Organisation:
    found = Organisation.objects.filter(slug=town.slug).first()
    if found is not None:
        return found
    with transaction.atomic():
        return create_organisation(
            by=by,
            slug=town.slug,
            kind=OrganisationKind.MUNICIPALITY,
            original_language="fi",
            region_code=town.region,
            population=town.population,
            is_public=False,
            is_example=True,
            name_fi=f"{town.genitive} kaupunki",
            name_sv=f"{town.name} stad",
            name_en=f"Town of {town.name}",
        )


def _settle(town: Organisation, kinds: tuple[RoleKind, ...], by: Person) -> None:
    """The first people with these roles, the others as members."""
    if town.roles.exists():
        return
    for number, (name, email) in enumerate(people_of(town.slug)):
        with transaction.atomic():
            person = add_person(email=email, name=name, confirmed=True)
            kind = kinds[number] if number < len(kinds) else RoleKind.MEMBER
            give_role(person, kind, town, by=by, tell=False)
