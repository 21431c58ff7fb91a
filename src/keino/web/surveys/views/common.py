"""What the pages of the self-assessment share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.surveys.models import Round

if TYPE_CHECKING:
    from django.http import QueryDict

    from keino.web.organisations.models import Organisation


def round_of(organisation: Organisation, round_id: UUID) -> Round:
    """A round of this organisation, else 404."""
    found: Round = get_object_or_404(
        Round.objects.select_related("organisation"), organisation=organisation, public_id=round_id
    )
    return found


def page(organisation: Organisation, **more: Any) -> dict[str, Any]:
    """The context of a page in this room."""
    return {"organisation": organisation, "step": "maturity", **more}


def show_error(form: BaseForm, error: KeinoError, *, version: int | None = None) -> None:
    """Put an error into a form, in the reader's language. Who saves again has seen ``version``."""
    form.add_error(None, said(as_data(error)))
    if version is not None:
        sent = cast("QueryDict", form.data).copy()
        sent["version"] = str(version)
        form.data = sent
