"""What operating models and category plans hold of people: who owns, reviewed and approved them, and who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, OperatingModel, OperatingRole, PlanComment

if TYPE_CHECKING:
    from keino.web.base.models import Person

_OF_MODEL = ("owner", "sent_by", "approved_by")
_OF_PLAN = ("owner", "reviewed_by", "created_by")
_OF_VERSION = ("owner", "reviewed_by", "approved_by")


def _export(person: Person) -> Any:
    comments = PlanComment.objects.filter(author=person).select_related("plan__organisation").order_by("pk")
    roles = OperatingRole.objects.filter(holder=person).select_related("model__organisation").order_by("pk")
    return {
        "operating_models": [
            _parts_played(model, _OF_MODEL, person) | {"version": model.number, "organisation": str(model.organisation)}
            for model in OperatingModel.objects.filter(_any(_OF_MODEL, person)).select_related("organisation")
        ],
        "roles": [
            {"organisation": str(role.model.organisation), "role": role.kind, "post": role.post, "duties": role.duties}
            for role in roles
        ],
        "category_plans": [
            _parts_played(plan, _OF_PLAN, person) | {"category": plan.category, "organisation": str(plan.organisation)}
            for plan in CategoryPlan.objects.filter(_any(_OF_PLAN, person)).select_related("organisation")
        ],
        "approved_versions": [
            _parts_played(version, _OF_VERSION, person)
            | {"category": version.plan.category, "version": version.number, "at": version.approved_at.isoformat()}
            for version in CategoryPlanVersion.objects.filter(_any(_OF_VERSION, person)).select_related("plan")
        ],
        "comments": [
            {"category": said.plan.category, "written_at": said.written_at.isoformat(), "text": said.text}
            for said in comments
        ],
    }


def _any(columns: tuple[str, ...], person: Person) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{column: person})
    return found


def _parts_played(thing: Any, columns: tuple[str, ...], person: Person) -> dict[str, bool]:
    return {column: getattr(thing, f"{column}_id") == person.pk for column in columns}


def _erase(person: Person) -> None:
    """Documents and what was said of them stay, as the organisation's; who it was doesn't, also in approved ones."""
    OperatingModel.objects.all().forget(person, *_OF_MODEL)
    OperatingRole.objects.all().forget(person, "holder")
    CategoryPlanVersion.objects.all().forget(person, *_OF_VERSION)
    for column in _OF_PLAN:
        CategoryPlan.objects.filter(**{column: person}).update(**{column: None})
    PlanComment.objects.filter(author=person).update(author=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="plan_documents",
            title=_("Operating models and category plans"),
            purpose=_(
                "To show who answers for a plan, who reviewed and approved it, who holds which role, and who said what."
            ),
            legal_ground=_("The buyer's task in the public interest; decisions must be answered for."),
            kept_for=_("As long as the organisation keeps its documents; approved versions are not deleted."),
            columns=(
                *(f"plans.OperatingModel.{column}" for column in _OF_MODEL),
                "plans.OperatingRole.holder",
                *(f"plans.CategoryPlan.{column}" for column in _OF_PLAN),
                *(f"plans.CategoryPlanVersion.{column}" for column in _OF_VERSION),
                "plans.PlanComment.author",
                "plans.PlanComment.text",
            ),
            export=_export,
            erase=_erase,
            stays=_("The documents and the comments, without the name."),
        )
    )
