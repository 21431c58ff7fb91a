"""Finding organisations."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import BooleanField, Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from keino.web.base.translated import LANGUAGES
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Invitation, Organisation, Role


def by_name(language: str) -> Coalesce:
    """The name an organisation is sorted by: the reader's, else the original's order fi, sv, en, else the address."""
    codes = [language, *(code for code in LANGUAGES if code != language)]
    names = (NullIf(F(f"name_{code}"), Value(""), output_field=CharField()) for code in codes)
    return Coalesce(*names, F("slug"), output_field=CharField())


def written_in_any_case(column: str, text: str) -> Q:
    """Whether a column contains a text; SQLite knows no capitals beyond ASCII, so the usual ones are tried."""
    found = Q()
    for form in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        found |= Q(**{f"{column}__icontains": form})
    return found


def organisations(
    *, language: str, search: str = "", kind: str = "", region: str = "", ended: bool = False, day: dt.date
) -> QuerySet[Organisation]:
    """Organisations in the order of their names. Without ``ended`` only those that exist on ``day``."""
    found = Organisation.objects.all()
    if not ended:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    if kind:
        found = found.filter(kind=kind)
    if region:
        found = found.filter(region_code=region)
    for word in search.split()[:5]:
        matches = Q(business_id=word)
        for code in LANGUAGES:
            matches |= written_in_any_case(f"name_{code}", word) | written_in_any_case(f"short_name_{code}", word)
        found = found.filter(matches)
    return found.annotate(sorted_by=by_name(language)).order_by("sorted_by", "pk")


def named(text: str) -> Organisation | None:
    """The organisation that somebody means by its address on the site or its business ID."""
    text = text.strip()
    if not text:
        return None
    return Organisation.objects.filter(Q(slug=text.lower()) | Q(business_id=text.upper())).first()


def chain(start: Organisation, field: str, target: Organisation | None) -> tuple[str, ...] | None:
    """Names along ``field`` from ``target`` back to ``start``, when there is such a way; else None."""
    seen: set[int] = set()
    names = [start.shown_name]
    while target is not None and target.pk not in seen:
        names.append(target.shown_name)
        if target.pk == start.pk:
            return tuple(names)
        seen.add(target.pk)
        target = getattr(target, field)
    return None


def desk_list(*, language: str, day: dt.date, search: str = "", only: str = "") -> QuerySet[Organisation]:
    """Organisations for the centre's desk: all, those without a responsible person, or with open invitations."""
    found = organisations(language=language, search=search, day=day)
    if only == "nobody":
        held = Role.objects.on(day).filter(kind=RoleKind.RESPONSIBLE_PERSON)
        return found.exclude(pk__in=held.values("organisation"))
    if only == "invited":
        waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
        return found.filter(pk__in=waiting.values("organisation"))
    return found


@dataclass(frozen=True)
class PeopleState:
    """How many people an organisation has today, and how many were invited."""

    responsible: int = 0
    people: int = 0
    invited: int = 0


def people_states(keys: list[int], day: dt.date) -> dict[int, PeopleState]:
    """The state of people of these organisations (those of one page), in two queries."""
    roles = Role.objects.on(day).filter(organisation__in=keys).values("organisation").order_by()
    counted = roles.annotate(
        responsible=Count("pk", filter=Q(kind=RoleKind.RESPONSIBLE_PERSON)), people=Count("person", distinct=True)
    )
    open_ones = Invitation.objects.filter(organisation__in=keys, accepted_at=None, withdrawn_at=None)
    invited = dict(open_ones.values_list("organisation").order_by().annotate(Count("pk")))
    held = {row["organisation"]: (row["responsible"], row["people"]) for row in counted}
    return {key: PeopleState(*held.get(key, (0, 0)), invited.get(key, 0)) for key in keys}


def in_regions(codes: list[str], *, language: str, day: dt.date) -> QuerySet[Organisation]:
    """Buyers of these regions; each says whether it has a responsible person."""
    held = Role.objects.on(day).filter(kind=RoleKind.RESPONSIBLE_PERSON).values("organisation")
    found = organisations(language=language, day=day).exclude(kind="company").filter(region_code__in=codes)
    return found.annotate(
        has_responsible=Case(When(pk__in=held, then=Value(True)), default=Value(False), output_field=BooleanField())
    ).order_by("region_code", by_name(language), "pk")


def by_public_id(text: str) -> Organisation | None:
    """An organisation by its public id, None for anything else."""
    try:
        return Organisation.objects.filter(public_id=uuid.UUID(text)).first()
    except ValueError:
        return None
