"""The operating model of Ostoniemi and category plans of the towns, made by the services that pages use."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.operations.demo import document_texts as texts
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.plans.models import CategoryPlan, OperatingModel
from keino.web.plans.services.category_approval import approve_plan, publish_version
from keino.web.plans.services.category_plans import begin_plan, change_plan, comment, put_in_force, review_plan
from keino.web.plans.services.operating_models import approve_model, begin_model, change_model, send_model
from keino.web.plans.services.targets import add_target

Tender = Mapping[str, Any]


def fill(places: Mapping[str, Organisation]) -> None:
    """Add them; what is there already is left as it is."""
    _operating_model(places["ostoniemi"])
    _plans_of_ostoniemi(places["ostoniemi"])
    _plan_of_inkopsvik(places["inkopsvik"])


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None


def _operating_model(town: Organisation) -> None:
    """An approved first version, and a draft of the second."""
    writer, approver = _holder(town, RoleKind.RESPONSIBLE_PERSON), _holder(town, RoleKind.APPROVER)
    if writer is None or approver is None or OperatingModel.objects.filter(organisation=town).exists():
        return
    target = town.climate_targets.last() or add_target(
        organisation=town,
        by=writer,
        baseline_year=2021,
        target_year=2030,
        reduction_share=0.6,
        decided_by_text="Kaupunginvaltuusto",
        decided_on=dt.date(2022, 5, 16),
    )
    model = begin_model(organisation=town, language="fi", by=writer)
    holders = {"manager": writer, "expert": _holder(town, RoleKind.MEMBER)}
    roles = [
        {"kind": kind, "post": post, "duties": duties, "holder": holders.get(kind)}
        for kind, post, duties in texts.ROLES
    ]
    change_model(model, values=texts.MODEL | {"climate_target": target}, roles=roles, by=writer, seen=model.version)
    send_model(model, by=writer)
    approve_model(model, by=approver, seen=model.version)
    second = begin_model(organisation=town, language="fi", by=writer)
    change_model(second, values=texts.MODEL_2, by=writer, seen=second.version)


def _plans_of_ostoniemi(town: Organisation) -> None:
    """One in force and published, one approved, one that waits for the approver, one that is being written."""
    writer, approver = _holder(town, RoleKind.MEMBER), _holder(town, RoleKind.APPROVER)
    if writer is None or approver is None:
        return
    year = timezone.localdate().year
    spring = dt.date(year + 1, 3, 15)
    buses = _plan(
        town,
        "MOVE.ROAD",
        texts.BUSES,
        [{"title": "Koulukyydit", "year": year + 1, "quarter": 1, "day": spring}],
        writer,
    )
    if buses is not None:
        _approved(buses, writer, approver)
        put_in_force(buses, by=writer)
        publish_version(buses, by=approver)
    heat = _plan(
        town, "HEAT.DISTRICT", texts.HEAT, [{"title": "Rakennusautomaatio", "year": year + 1, "quarter": 3}], writer
    )
    if heat is not None:
        _approved(heat, writer, approver)
    meals = _plan(
        town, "FOOD.CATERING", texts.MEALS, [{"title": "Koulujen ateriat", "year": year + 1, "quarter": 4}], writer
    )
    if meals is not None:
        review_plan(meals, by=writer)
        mentor = Person.objects.filter(email="asiantuntija@keino.example").first()
        if mentor is not None:
            key = uuid.uuid5(uuid.NAMESPACE_URL, "https://keino.example/category-plans/meals")
            comment(meals, text=texts.COMMENT, key=key, by=mentor)
    _plan(town, "ELEC.POWER", texts.POWER, [], writer)


def _plan_of_inkopsvik(town: Organisation) -> None:
    writer, approver = _holder(town, RoleKind.RESPONSIBLE_PERSON), _holder(town, RoleKind.APPROVER)
    if writer is None or approver is None:
        return
    tenders = [{"title": "Måltider till skolor", "year": timezone.localdate().year + 1, "quarter": 2}]
    meals = _plan(town, "FOOD.CATERING", texts.MEALS_SV, tenders, writer, language="sv")
    if meals is not None:
        _approved(meals, writer, approver)
        put_in_force(meals, by=writer)


def _plan(
    town: Organisation,
    category: str,
    values: Mapping[str, Any],
    tenders: Sequence[Tender],
    by: Person,
    *,
    language: str = "fi",
) -> CategoryPlan | None:
    """A draft with what was written; None where the category has its plan already."""
    if CategoryPlan.objects.filter(organisation=town, category=category).exists():
        return None
    plan = begin_plan(organisation=town, category=category, language=language, by=by)
    change_plan(plan, values=values, tenders=tenders, by=by, seen=plan.version)
    return plan


def _approved(plan: CategoryPlan, writer: Person, approver: Person) -> None:
    review_plan(plan, by=writer)
    approve_plan(plan, by=approver, seen=plan.version)
