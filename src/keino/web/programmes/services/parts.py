"""Adding, changing and removing criteria, rules of eligibility and roles of a team.

Applicants rely on what the call says: once it was opened, what is asked and how it counts stays; wording may be mended.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from keino.web.base.audit import acting
from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.base.translated import LANGUAGES, note_translations
from keino.web.programmes.choices import CriterionKind, EditionState
from keino.web.programmes.errors.editions import CodeTaken, CriteriaFixed, NameMissing, WeightMissing
from keino.web.programmes.models import Criterion, Edition, EditionMove, EligibilityRule, TeamRoleWanted
from keino.web.programmes.services.versions import as_seen, locked, raise_version, require_going_on

Part = TypeVar("Part", Criterion, EligibilityRule, TeamRoleWanted)
#: Texts of each part in three languages; the first one is its name.
TEXTS: dict[type[Any], tuple[str, ...]] = {
    Criterion: ("name", "guidance"),
    EligibilityRule: ("question", "why_not"),
    TeamRoleWanted: ("name",),
}
#: States in which nobody relies on the call yet.
NOT_YET_OPENED = frozenset({EditionState.DRAFT, EditionState.PUBLISHED})


@transaction.atomic
def add_part(model: type[Part], edition: Edition, *, by: Person, seen: int, **fields: Any) -> Part:
    """Add a part at the end. Its code is made from its name."""
    row = as_seen(edition, seen)
    _require_not_opened(row)
    place = _of(model, row).aggregate(last=Max("position"))["last"]
    part = model(edition=row, position=0 if place is None else place + 1, **fields)
    _check(part)
    part.code = _free_code(part)
    with acting(by, act="edition_part_added"):
        part.save()
        note_translations(part, {}, TEXTS[model])
        raise_version(row)
    return part


@transaction.atomic
def change_part(part: Part, *, by: Person, seen: int, **fields: Any) -> Part:
    """Change a part as its edition was seen in version ``seen``. Raises Conflict."""
    edition = locked(part.edition)
    require_going_on(edition)
    held: Part = type(part)._default_manager.select_for_update().get(pk=part.pk)  # noqa: SLF001  # Django's name
    changed = {name for name, value in fields.items() if (getattr(held, name) or "") != (value or "")}
    if not changed:  # a second press of the button
        return held
    as_seen(edition, seen)
    texts = {f"{text}_{code}" for text in TEXTS[type(part)] for code in LANGUAGES}
    if changed - texts:
        _require_not_opened(edition)
    before = {name: getattr(held, name) or "" for name in texts}
    for name in changed:
        setattr(held, name, fields[name])
    held.edition = edition
    _check(held)
    with acting(by, act="edition_part_changed"):
        held.save()
        note_translations(held, before, TEXTS[type(part)])
        raise_version(edition)
    return held


@transaction.atomic
def remove_part(part: Part, *, by: Person) -> None:
    """Take a part out. Twice is harmless."""
    edition = locked(part.edition)
    require_going_on(edition)
    _require_not_opened(edition)
    with acting(by, act="edition_part_removed"):
        held = type(part)._default_manager.filter(pk=part.pk).first()  # noqa: SLF001  # Django's name
        if held is not None:
            held.delete()
            raise_version(edition)


def _of(model: type[Part], edition: Edition) -> Any:
    return model._default_manager.filter(edition=edition)  # noqa: SLF001  # Django's name


def _require_not_opened(edition: Edition) -> None:
    if edition.state in NOT_YET_OPENED:
        return
    from keino.web.base.templatetags.keino import day

    opened = EditionMove.objects.filter(edition=edition, to_state=EditionState.OPEN).order_by("pk").first()
    raise CriteriaFixed(day=day(opened.moved_at if opened else edition.published_at))


def _check(part: Part) -> None:
    edition = part.edition
    name = f"{TEXTS[type(part)][0]}_{edition.original_language}"
    if not getattr(part, name):
        raise NameMissing(field=name, language=str(Language(edition.original_language).label))
    if isinstance(part, Criterion):
        if part.kind == CriterionKind.PASS_FAIL:
            part.weight = 0
        elif part.weight < 1:
            raise WeightMissing


def _free_code(part: Part) -> str:
    """A code made from the name; the name itself must be another than those there are."""
    name = getattr(part, f"{TEXTS[type(part)][0]}_{part.edition.original_language}")
    wanted = slugify(name)[:36].strip("-") or "part"
    taken = set(_of(type(part), part.edition).values_list("code", flat=True))
    if wanted in taken:
        raise CodeTaken(value=name)
    return wanted
