"""Texts that people write in Finnish, Swedish and English: shown in the reader's language, or honestly as missing.

A text has an original language; every other language is a translation made from one wording of the original. When the
original changes, its translations are behind until somebody changes them or says that they still hold. Nothing is ever
shown in another language without saying so.

An app says in its ``apps.py`` which of its texts are kept so (``translatable``) and calls ``note_translations`` in the
service that saves them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from keino.web.base.choices import Language
from keino.web.base.models import Translation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGES = tuple(Language.values)


@dataclass(frozen=True)
class Translatable:
    """A model whose texts are translated: which columns, what they are called, whose they are, where to mend them."""

    model: type[Model]
    fields: dict[str, _StrPromise]
    belongs_to: str
    edit_url: Callable[[Any], str]


_KNOWN: dict[type[Model], Translatable] = {}


def translatable(
    model: type[Model], *, fields: dict[str, _StrPromise], belongs_to: str, edit_url: Callable[[Any], str]
) -> None:
    """Register a model. ``belongs_to`` is the path to its organisation ("pk" for the organisation itself)."""
    _KNOWN[model] = Translatable(model, fields, belongs_to, edit_url)


@dataclass(frozen=True)
class Shown:
    """A text as one reader gets it.

    ``text`` is empty when there is none in the reader's language; then ``original`` and ``original_language`` may be
    offered, marked as what they are. ``is_behind`` says that the original has changed since it was translated.
    """

    text: str
    language: str
    original: str
    original_language: str
    is_behind: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether there is a text, but not in the reader's language."""
        return not self.text and bool(self.original)

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything."""
        return not self.text and not self.original


def reader_language() -> str:
    """The language of this page."""
    return (get_language() or Language.FI)[:2]


def text_in(thing: Model, field: str, language: str) -> str:
    """The text of a column in one language, empty when there is none."""
    return getattr(thing, f"{field}_{language}", "") or ""


def shown(thing: Model, field: str, language: str = "") -> Shown:
    """The text for a reader of ``language`` (of this page, unless named)."""
    language = language or reader_language()
    original_language = _original_language(thing)
    text = text_in(thing, field, language)
    is_behind = False
    if text and language != original_language:
        is_behind = _row(thing, field, language).filter(behind_since__isnull=False).exists()
    return Shown(text, language, text_in(thing, field, original_language), original_language, is_behind)


def note_translations(thing: Model, before: dict[str, str], fields: Iterable[str]) -> None:
    """Keep in mind which wording each translation was made from; ``before`` holds the columns as they were.

    Called after saving, in the same transaction. A translation that was changed is up to date; one that was left while
    its original changed is behind from now on, and no longer when the original is put back.
    """
    for field in fields:
        original = text_in(thing, field, _original_language(thing))
        for language in LANGUAGES:
            if language != _original_language(thing):
                _note(thing, field, language, original, before)
        _row(thing, field, _original_language(thing)).delete()


def _note(thing: Model, field: str, language: str, original: str, before: dict[str, str]) -> None:
    text = text_in(thing, field, language)
    if not text or not original:
        _row(thing, field, language).delete()
        return
    row = _row(thing, field, language).first()
    if row is None or text != (before.get(f"{field}_{language}") or ""):
        _made_from(thing, field, language, original)
        return
    is_behind = row.made_from != _hash(original)
    if is_behind != (row.behind_since is not None):
        row.behind_since = timezone.now() if is_behind else None
        row.save(update_fields=["behind_since"])


def still_holds(translation: Translation) -> None:
    """Somebody compared a translation with the changed original and found that it still says the same."""
    thing = translation.thing
    if thing is None:
        return  # it was deleted in the meantime
    original = text_in(thing, translation.field, _original_language(thing))
    _made_from(thing, translation.field, translation.language, original)


def behind(organisation: Model | None = None) -> QuerySet[Translation]:
    """Translations that are behind their original, the longest waiting first; of one organisation or of all."""
    found = Translation.objects.filter(behind_since__isnull=False).order_by("behind_since", "pk")
    if organisation is None:
        return found
    mine = Q(pk__in=[])
    for known in _KNOWN.values():
        things = known.model._default_manager.filter(**{known.belongs_to: organisation.pk})  # noqa: SLF001
        for pk in things.values_list("pk", flat=True):
            mine |= Q(content_type=ContentType.objects.get_for_model(known.model), object_id=str(pk))
    return found.filter(mine)


@dataclass(frozen=True)
class Missing:
    """A text that nobody translated yet."""

    thing: Any
    field: _StrPromise
    language: str
    original: str
    url: str


def missing(organisation: Model) -> list[Missing]:
    """Texts of an organisation that have an original and lack a translation."""
    return [
        Missing(thing, label, language, text_in(thing, field, _original_language(thing)), known.edit_url(thing))
        for known in _KNOWN.values()
        for thing in known.model._default_manager.filter(**{known.belongs_to: organisation.pk})  # noqa: SLF001
        for field, label in known.fields.items()
        for language in LANGUAGES
        if text_in(thing, field, _original_language(thing)) and not text_in(thing, field, language)
    ]


def label_of(translation: Translation) -> _StrPromise | str:
    """What the translated column is called."""
    known = _KNOWN.get(type(translation.thing)) if translation.thing else None
    return known.fields.get(translation.field, translation.field) if known else translation.field


def edit_url_of(translation: Translation) -> str:
    """Where the translation is mended."""
    known = _KNOWN.get(type(translation.thing)) if translation.thing else None
    return known.edit_url(translation.thing) if known else ""


def _original_language(thing: Model) -> str:
    return getattr(thing, "original_language", "") or Language.FI


def _row(thing: Model, field: str, language: str) -> QuerySet[Translation]:
    kind = ContentType.objects.get_for_model(thing)
    return Translation.objects.filter(content_type=kind, object_id=str(thing.pk), field=field, language=language)


def _made_from(thing: Model, field: str, language: str, original: str) -> None:
    Translation.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        field=field,
        language=language,
        defaults={
            "original_language": _original_language(thing),
            "made_from": _hash(original),
            "made_at": timezone.now(),
            "behind_since": None,
        },
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
