"""Adding and changing procurements."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.procurements.choices import ProcurementState
from keino.web.procurements.errors import UnknownCategory, WrongCpv
from keino.web.procurements.models import Procurement, ProcurementTheme, StateMove
from keino.web.procurements.models.procurement import CPV
from keino.web.procurements.services.open import require_open
from keino.web.procurements.services.owners import require_own


@transaction.atomic
def create_procurement(
    *, organisation: Organisation, by: Person, key: uuid.UUID, themes: Collection[str] = (), **fields: Any
) -> Procurement:
    """Add an idea. ``key`` is the form's: sent twice, the first one's procurement comes back."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = Procurement.objects.filter(organisation=organisation, made_with=key).first()
    if there is not None:
        return there
    procurement = Procurement(organisation=organisation, created_by=by, made_with=key, **fields)
    _check(procurement, set(fields))
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="procurement_added"):
        procurement.save()
        _tag(procurement, themes)
        StateMove.objects.create(procurement=procurement, to_state=ProcurementState.IDEA, moved_by=by)
    return procurement


@transaction.atomic
def change_procurement(
    procurement: Procurement, *, by: Person, seen: int, themes: Collection[str] | None = None, **fields: Any
) -> Procurement:
    """Change a procurement as it was seen in version ``seen``; ``themes`` None leaves them. Raises Conflict."""
    row = locked(procurement)
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    is_tagged_anew = themes is not None and set(themes) != {tag.theme for tag in row.themes.all()}
    if not changed and not is_tagged_anew:  # a second press of the button
        return row
    row = as_seen(procurement, seen)
    require_open(row)
    for name in changed:
        setattr(row, name, fields[name])
    _check(row, changed)
    row.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="procurement_changed"):
        row.save()
        if is_tagged_anew:
            _tag(row, themes or ())
    return row


@transaction.atomic
def give_procurement(procurement: Procurement, to: Person) -> None:
    """Give a procurement a new owner, as one of a hand-over."""
    row = locked(procurement)
    row.owner, row.version = to, row.version + 1
    row.save()


def _tag(procurement: Procurement, themes: Collection[str]) -> None:
    procurement.themes.exclude(theme__in=themes).delete()
    there = set(procurement.themes.values_list("theme", flat=True))
    for theme in sorted(set(themes) - there):
        ProcurementTheme.objects.create(procurement=procurement, theme=theme)


def _check(procurement: Procurement, changed: Collection[str]) -> None:
    """Refuse an owner from elsewhere, a category that the tree doesn't have, and what is no CPV code."""
    if "owner" in changed:
        require_own(procurement.owner, procurement.organisation)
    if "category" in changed and procurement.category:
        require_category(procurement.category)
    if "cpv" in changed and procurement.cpv and not CPV.fullmatch(procurement.cpv):
        raise WrongCpv(code=procurement.cpv)


def require_category(code: str) -> None:
    """Raise UnknownCategory for a code that the category tree doesn't have."""
    from keino.facts.read import read

    if code not in {row["code"] for row in read("categories").rows}:
        raise UnknownCategory(code=code)
