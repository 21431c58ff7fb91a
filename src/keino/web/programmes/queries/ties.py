"""Conflicts of interest: who has a tie to an applicant, and to whom its application is closed at the desk.

Somebody has a tie who declared it; who belongs to the applicant's team; and who has, or had within the last two years,
a role in the applicant (as a deputy, too) or as a mentor or expert named for it. The same goes for the organisation
that the applicant is part of, its parts, and what it was merged into or followed by. Nobody with a tie scores the
applicant or interviews it (``ties_of``).

The application is closed (``barred_from``) to everybody at the desk, coordinators too, who has a tie to the applicant;
with one exception. Who is named in the edition as host or expert and as nothing else, and coordinates nothing, talks
with applicants and is often named for them: a role in or for the applicant leaves the application and the discussion
open to them; what they declared and a place in the team don't. Judging is closed to them as to everybody with a tie
(``tied_from``): interview, reviews, scores, summary, decision.

Closed is the whole of it: the application with its files and answers, the discussion with its notes, exports, mails and
tasks about it. Every page, file and mail of the desk that names an applicant asks here. Lists leave closed applications
out and say how many; a page about one is refused.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from keino.web.organisations.models import Role
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.models import Application, ApplicationMember, DeclaredTie, EditionPerson

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

#: For so many years a role that ended still ties.
YEARS = 2
#: (person, application) → why: a key of ``TIE_WORDS`` in the templates.
Ties = dict[tuple[int, int], str]
DECLARED, TEAM, ROLE = "declared", "team", "role"
#: Whoever is named as these alone talks with applicants and judges none.
_TALK = frozenset({EditionPersonKind.HOST, EditionPersonKind.EXPERT})


def ties_of(
    people: Collection[Person], applications: Collection[Application], *, until: Mapping[int, dt.date] | None = None
) -> Ties:
    """All ties between these people and applications, in three questions whatever their number.

    ``until``: the day on which an application was decided on. What began after it doesn't make earlier scores void (a
    reviewer may become the mentor of somebody selected); without it every tie counts.
    """
    if not people or not applications:
        return {}
    decided = until or {}
    found = _by_role(people, applications, decided)
    found |= _by_team(people, applications)
    declared = DeclaredTie.objects.filter(application__in=[each.pk for each in applications], person__in=people)
    for application, person, when in declared.values_list("application", "person", "declared_at"):
        if timezone.localdate(when) <= decided.get(application, dt.date.max):
            found[person, application] = DECLARED
    return found


def _by_role(people: Collection[Person], applications: Iterable[Application], decided: Mapping[int, dt.date]) -> Ties:
    roles, found = _of_roles(people), {}
    for each in applications:
        related = {each.organisation_id, each.organisation.parent_id, each.organisation.merged_into_id}
        for (person, organisation), began in roles.items():
            if organisation in related and began <= decided.get(each.pk, dt.date.max):
                found[person, each.pk] = ROLE
    return found


def _by_team(people: Iterable[Person], applications: Iterable[Application]) -> Ties:
    by_address = {person.email.lower(): person.pk for person in people}
    members = ApplicationMember.objects.filter(application__in=[each.pk for each in applications])
    asked = set(by_address.values())
    found = {}
    for application, person_id, email in members.values_list("application", "person", "email"):
        person = person_id or by_address.get(email.lower())
        if person in asked:
            found[person, application] = TEAM
    return found


def _of_roles(people: Iterable[Person]) -> dict[tuple[int, int], dt.date]:
    """(person, organisation) → since when, of every role in force, agreed on, or ended not long ago."""
    roles = Role.objects.standing().filter(person__in=people)
    roles = roles.filter(Q(valid_to=None) | Q(valid_to__gte=_years_before(timezone.localdate())))
    since: dict[tuple[int, int], dt.date] = defaultdict(lambda: dt.date.max)
    ways = ("organisation", "about")
    more = ("", "__parent", "__merged_into", "__successor")
    for person, began, *ids in roles.values_list(
        "person", "valid_from", *(f"{way}{end}" for way in ways for end in more)
    ):
        for organisation in filter(None, ids):
            since[person, organisation] = min(began, since[person, organisation])
    return since


def _years_before(day: dt.date) -> dt.date:
    """The same day two years earlier; of a 29 February the 28th."""
    return day.replace(year=day.year - YEARS, day=28 if (day.month, day.day) == (2, 29) else day.day)


# ---- what is closed to whom


def barred(people: Collection[Person], applications: Collection[Application]) -> Ties:
    """Which of these applications are closed to which of these people, and why."""
    found = ties_of(people, applications)
    by_role = [key for key, why in found.items() if why == ROLE]
    if not by_role:
        return found
    edition_of = {each.pk: each.edition_id for each in applications}
    kinds: dict[tuple[int, int], set[str]] = defaultdict(set)
    named = EditionPerson.objects.filter(
        person__in={person for person, _application in by_role},
        edition__in={edition_of[application] for _person, application in by_role},
    )
    for person, edition, kind in named.values_list("person", "edition", "kind"):
        kinds[person, edition].add(kind)
    coordinators = {each.pk for each in people if each.has_perm("programmes.manage")}
    for person, application in by_role:
        theirs = kinds.get((person, edition_of[application]))
        if theirs and theirs <= _TALK and person not in coordinators:
            del found[person, application]
    return found


def barred_from(person: Person, applications: Collection[Application]) -> dict[int, str]:
    """Which of these applications are closed to the person, and why."""
    return {application: why for (_person, application), why in barred([person], applications).items()}


def is_barred(person: Person, application: Application) -> bool:
    """Whether this application is closed to the person."""
    return bool(barred_from(person, [application]))


def tied_from(person: Person, applications: Collection[Application]) -> dict[int, str]:
    """To which of these applicants the person has a tie, and which: what judges them is closed to the person."""
    return {application: why for (_person, application), why in ties_of([person], applications).items()}


def has_tie(person: Person, application: Application) -> bool:
    """Whether the person has any tie to the applicant: then they neither interview, score nor decide on it."""
    return bool(tied_from(person, [application]))


def not_barred(people: Iterable[Person], application: Application) -> list[Person]:
    """Those of these people to whom the application is open, in their order."""
    found = list(people)
    closed = barred(found, [application])
    return [each for each in found if (each.pk, application.pk) not in closed]


def barred_in(person: Person, edition: Edition) -> set[int]:
    """The keys of an edition's applications that are closed to the person."""
    applications = Application.objects.filter(edition=edition).select_related("organisation")
    return set(barred_from(person, list(applications)))
