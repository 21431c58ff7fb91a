"""Versions of the operating model to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.plans.choices import OperatingModelState, OperatingRoleKind
from keino.web.plans.models import OperatingModel
from keino.web.plans.models.operating_model import OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.organisations.models import Organisation


def models_of(organisation: Organisation) -> QuerySet[OperatingModel]:
    """An organisation's versions, the newest first."""
    found: QuerySet[OperatingModel] = OperatingModel.objects.filter(organisation=organisation)
    people = ("approved_by", "sent_by", "owner", "climate_target", "organisation", "based_on")
    return found.select_related(*people).order_by("-number")


def whole(models: QuerySet[OperatingModel]) -> QuerySet[OperatingModel]:
    """With what a page of the document needs."""
    return models.prefetch_related("roles__holder")


def approved_model(organisation: Organisation) -> OperatingModel | None:
    """The version that counts today."""
    return whole(models_of(organisation)).filter(state=OperatingModelState.APPROVED).first()


def open_model(organisation: Organisation) -> OperatingModel | None:
    """The version that is being written or waits for approval."""
    return whole(models_of(organisation)).filter(state__in=OPEN).first()


def model_lacks(model: OperatingModel) -> tuple[str, ...]:
    """What keeps a version from being approved, as codes of ``document_errors.MODEL_LACKS``."""
    with_duties = {role.kind for role in model.roles.all() if role.duties.strip()}
    holds = {
        "purpose": bool(model.purpose.strip()),
        "target": model.climate_target_id is not None,
        "roles": with_duties >= set(OperatingRoleKind.values),
    }
    return tuple(code for code, is_there in holds.items() if not is_there)
