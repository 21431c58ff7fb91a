"""Rows that are never changed once they are approved or published: the table itself refuses, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from keino.errors import KeinoError, mark

if TYPE_CHECKING:
    from keino.web.base.models import Person


class DocumentIsFinal(KeinoError):
    """Something tried to change what was approved."""

    code = "document_is_final"
    template = mark(
        "This version was approved and is never changed or deleted. Nothing was changed. Begin a new version: it "
        "starts as a copy of the approved one."
    )


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows of a ``Frozen`` table. What is final can't be written through a query either."""

    def final(self) -> Self:
        """Those that are approved."""
        return self.filter(self.model.IS_FINAL)

    def update(self, **values: Any) -> int:
        """As Django's, but refuses to touch what is approved."""
        if self.model.FINAL & values.keys() and self.final().exists():
            raise self.model.REFUSAL
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, but what is approved stays."""
        if self.final().exists():
            raise self.model.REFUSAL
        return super().delete()

    def forget(self, person: Person, *columns: str) -> None:
        """Take out who a person was, also of what is approved: what was decided stays, the name goes."""
        for column in columns:
            models.QuerySet.update(self.filter(**{column: person}), **{column: None})


class Frozen(models.Model):
    """A table whose columns ``FINAL`` are never written again in rows where ``IS_FINAL`` holds."""

    FINAL: ClassVar[frozenset[str]] = frozenset()
    IS_FINAL: ClassVar[Q] = Q()
    #: What is raised instead of writing.
    REFUSAL: ClassVar[type[KeinoError]] = DocumentIsFinal

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, but refuses to write over what is approved."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or self.FINAL & set(fields)) and self.is_final_now():
            raise self.REFUSAL
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's, but what is approved stays."""
        if self.is_final_now():
            raise self.REFUSAL
        return super().delete(*args, **kwargs)

    def is_final_now(self) -> bool:
        """Whether the row is approved, as the database has it."""
        return type(self)._base_manager.filter(self.IS_FINAL, pk=self.pk).exists()  # noqa: SLF001  # Django's own name
