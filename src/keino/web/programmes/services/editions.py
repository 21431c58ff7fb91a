"""Making an edition from a programme on record, and changing what it says of itself."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from keino.web.base.addresses import words_under
from keino.web.base.audit import acting
from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.base.translated import LANGUAGES, note_translations
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import CriterionKind, EditionState
from keino.web.programmes.errors.editions import (
    EditionSlugReserved,
    EditionSlugTaken,
    NameMissing,
    PlacesWrongWayRound,
    TeamWrongWayRound,
)
from keino.web.programmes.models import (
    Criterion,
    Edition,
    EditionDate,
    EditionMove,
    EditionPhase,
    EligibilityRule,
    TeamRoleWanted,
)
from keino.web.programmes.on_record import Recorded, Texts, recorded
from keino.web.programmes.services.discussion_phases import fit_phases, require_dates
from keino.web.programmes.services.versions import as_seen, locked, require_going_on

#: Where an edition's address stands beside those of other pages.
ROOMS = ("programmes/", "desk/programmes/", "desk/cohorts/")
#: Texts in three languages.
TEXTS = ("name", "summary", "for_whom", "benefits", "requirements", "how_to_apply", "announced_duration")


@transaction.atomic
def create_edition(
    *,
    organisation: Organisation,
    template: str,
    by: Person,
    first_day: dt.date | None = None,
    key: uuid.UUID | None = None,
    **fields: Any,
) -> Edition:
    """Make a draft from a programme on record, exactly as it was, or moved by whole weeks towards ``first_day``.

    ``key`` is the form's: sent twice, the first one's edition comes back.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = Edition.objects.filter(made_with=key).first() if key else None
    if there is not None:
        return there
    source = recorded(template)
    if first_day is not None:
        source = source.beginning(first_day)
    edition = _edition(source, organisation, by, fields | ({"made_with": key} if key else {}))
    with acting(by, act="edition_made"):
        edition.save()
        _add_parts(edition, source)
        fit_phases(edition)
        EditionMove.objects.create(edition=edition, to_state=EditionState.DRAFT, moved_by=by)
        note_translations(edition, {}, TEXTS)
    return edition


def _edition(source: Recorded, organisation: Organisation, by: Person, fields: dict[str, Any]) -> Edition:
    texts = _columns(source.texts) | {f"name_{code}": source.name_in(code) for code in LANGUAGES}
    values = source.values
    made: dict[str, Any] = {"theme": source.theme, "hosts": organisation.shown_name} | values | texts | fields
    made.setdefault("places_max", 6)
    made.setdefault("slug", free_slug(made["name_fi"]))
    _check_slug(made["slug"])
    return Edition(organisation=organisation, template=source.code, created_by=by, **made)


def _columns(texts: dict[str, Texts]) -> dict[str, str]:
    """Texts as the columns of a model; those that nobody wrote are left out."""
    return {f"{name}_{language}": text for name, said in texts.items() for language, text in said.items()}


def _add_parts(edition: Edition, source: Recorded) -> None:
    for each in source.dates:
        EditionDate.objects.create(
            edition=edition,
            kind=each.date.kind,
            starts_at=each.date.starts_at,
            ends_at=each.date.ends_at,
            is_whole_day=each.is_whole_day,
            mode=each.mode,
            place=each.place,
            is_open_to_all=each.is_open_to_all,
            **_columns({"name": each.name, "said": each.said}),
        )
    for position, phase in enumerate(source.phases):
        EditionPhase.objects.create(edition=edition, position=position, **phase)
    for position, told in enumerate(source.criteria):
        is_scored = told["kind"] == CriterionKind.SCORED
        Criterion.objects.create(
            edition=edition,
            position=position,
            code=told["code"],
            kind=told["kind"],
            weight=told.get("weight", 1) if is_scored else 0,
            **_columns({name: told.get(name, {}) for name in ("name", "guidance")}),
        )
    for position, told in enumerate(source.eligibility):
        EligibilityRule.objects.create(
            edition=edition,
            position=position,
            code=told["code"],
            kind=told["kind"],
            values=told.get("values", []),
            is_required=told.get("is_required", True),
            **_columns({name: told.get(name, {}) for name in ("question", "why_not")}),
        )
    for position, told in enumerate(source.team):
        TeamRoleWanted.objects.create(
            edition=edition,
            position=position,
            code=told["code"],
            is_required=told.get("is_required", False),
            is_responsible=told.get("is_responsible", False),
            **_columns({"name": told["name"]}),
        )


def reserved_slugs() -> frozenset[str]:
    """Addresses that other pages have, as they are today."""
    return frozenset().union(*map(words_under, ROOMS))


def free_slug(name: str) -> str:
    """An address made from a name that no edition and no other page has yet: "akatemia-2027", "akatemia-2027-2"."""
    wanted = slugify(name)[:70].strip("-") or "programme"
    taken = {*reserved_slugs(), *Edition.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)}
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


@transaction.atomic
def change_edition(edition: Edition, *, by: Person, seen: int, **fields: Any) -> Edition:
    """Change what an edition says of itself, as it was seen in version ``seen``. Raises Conflict."""
    row = locked(edition)
    require_going_on(row)
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    if not changed:  # a second press of the button
        return row
    row = as_seen(edition, seen)
    before = {f"{text}_{code}": getattr(row, f"{text}_{code}") or "" for text in TEXTS for code in LANGUAGES}
    for name in changed:
        setattr(row, name, fields[name])
    _check(row, changed)
    row.version += 1
    with acting(by, act="edition_changed"):
        row.save()
        if "needs_discussion" in changed:
            fit_phases(row)
        note_translations(row, before, TEXTS)
    return row


def _check(edition: Edition, changed: set[str]) -> None:
    if not getattr(edition, f"name_{edition.original_language}"):
        language = Language(edition.original_language).label
        raise NameMissing(field=f"name_{edition.original_language}", language=str(language))
    if edition.places_max < edition.places_min:
        raise PlacesWrongWayRound(least=edition.places_min, most=edition.places_max)
    if edition.team_max < edition.team_min:
        raise TeamWrongWayRound(least=edition.team_min, most=edition.team_max)
    if "slug" in changed:
        _check_slug(edition.slug, but=edition)
    if "needs_discussion" in changed:
        require_dates(edition)


def _check_slug(slug: str, but: Edition | None = None) -> None:
    if slug in reserved_slugs():
        raise EditionSlugReserved(value=slug)
    others = Edition.objects.filter(slug=slug)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise EditionSlugTaken(value=slug)
