"""A category plan from its beginning to its end, and what people say of it. Approval is in ``category_approval``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.names import category_name, leaf_choices
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.plans.choices import CATEGORY_PLAN_MOVES, CategoryPlanState
from keino.web.plans.document_errors import UnknownCategory
from keino.web.plans.models import CategoryPlan, PlanComment, PlannedTender
from keino.web.plans.services.approval_mails import ask_approvers

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person

#: States in which the text may be changed; a reviewed one becomes a draft again by that.
WRITTEN_ON = (CategoryPlanState.DRAFT, CategoryPlanState.REVIEWED)


def begin_plan(*, organisation: Organisation, category: str, language: str, by: Person) -> CategoryPlan:
    """Begin the plan of a category; whoever begins owns it at first. A plan that is there already is returned.

    Raises UnknownCategory.
    """
    if category not in {code for _main, leaves in leaf_choices() for code, _name in leaves}:
        raise UnknownCategory(category=category)
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act="category_plan_begun"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        plan, _is_new = CategoryPlan.objects.get_or_create(
            organisation=organisation,
            category=category,
            defaults={"language": language, "owner": by, "created_by": by},
        )
    return plan


@contextmanager
def changing(plan: CategoryPlan, *, by: Person, act: str, seen: int | None = None) -> Iterator[CategoryPlan]:
    """The plan as the database has it, locked; saved with the next number of change. Raises Conflict."""
    organisation = plan.organisation
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act=act):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        kept = CategoryPlan.objects.select_for_update().get(pk=plan.pk)
        if seen is not None and kept.version != seen:
            raise Conflict
        yield kept
        kept.version += 1
        kept.save()
    plan.refresh_from_db()


def move(kept: CategoryPlan, to: CategoryPlanState) -> None:
    """Change the state along the table of moves. Raises NotAllowedNow."""
    if to not in CATEGORY_PLAN_MOVES[kept.state]:
        raise NotAllowedNow(state=str(kept.get_state_display()))
    kept.state = to


def change_plan(
    plan: CategoryPlan,
    *,
    values: Mapping[str, Any],
    tenders: Sequence[Mapping[str, Any]] | None = None,
    by: Person,
    seen: int,
) -> None:
    """Write what stands in a plan: columns, and the whole calendar where it is given.

    A reviewed plan becomes a draft again: what is approved is what was reviewed. Raises Conflict, NotAllowedNow.
    """
    with changing(plan, by=by, act="category_plan_changed", seen=seen) as kept:
        if kept.state not in WRITTEN_ON:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        for name, value in values.items():
            setattr(kept, name, value)
        if tenders is not None:
            kept.tenders.all().delete()
            for place, tender in enumerate(tenders):
                PlannedTender.objects.create(plan=kept, place=place, **tender)
        _forget_review(kept)


def _forget_review(kept: CategoryPlan) -> None:
    kept.state, kept.reviewed_by, kept.reviewed_at = CategoryPlanState.DRAFT, None, None


def review_plan(plan: CategoryPlan, *, by: Person, seen: int | None = None) -> None:
    """Say that the text was read through and tell the approvers; saying it twice changes nothing."""
    plan.refresh_from_db()
    if plan.state == CategoryPlanState.REVIEWED:
        return
    with changing(plan, by=by, act="category_plan_reviewed", seen=seen) as kept:
        move(kept, CategoryPlanState.REVIEWED)
        kept.reviewed_by, kept.reviewed_at = by, timezone.now()
        ask_approvers(
            kept.organisation, "plans/mail/category_plan_to_approve.txt",
            once=f"category plan {kept.public_id} {kept.version}",
            path=reverse("plans:category_plan_approve", args=[kept.organisation.slug, kept.category]),
            by=by, words=lambda: {"category": category_name(kept.category)},
        )  # fmt: skip


def reopen_plan(plan: CategoryPlan, *, by: Person) -> None:
    """Write on: a review is taken back, or the next version begins from the approved text. Twice changes nothing."""
    plan.refresh_from_db()
    if plan.state == CategoryPlanState.DRAFT:
        return
    with changing(plan, by=by, act="category_plan_reopened") as kept:
        move(kept, CategoryPlanState.DRAFT)
        _forget_review(kept)
        kept.closed_at = None


def put_in_force(plan: CategoryPlan, *, by: Person) -> None:
    """The approved version takes effect; doing it twice changes nothing."""
    plan.refresh_from_db()
    if plan.state == CategoryPlanState.IN_FORCE:
        return
    with changing(plan, by=by, act="category_plan_in_force") as kept:
        move(kept, CategoryPlanState.IN_FORCE)
        version = kept.versions.first()
        assert version is not None  # an approved plan has one
        version.in_force_at = timezone.now()
        version.save(update_fields=["in_force_at"])


def close_plan(plan: CategoryPlan, *, note: str, by: Person) -> None:
    """End a plan with what came of it; closing it twice changes nothing."""
    plan.refresh_from_db()
    if plan.state == CategoryPlanState.CLOSED:
        return
    with changing(plan, by=by, act="category_plan_closed") as kept:
        move(kept, CategoryPlanState.CLOSED)
        kept.closed_at, kept.closing_note = timezone.now(), note


def comment(plan: CategoryPlan, *, text: str, key: UUID, by: Person) -> PlanComment:
    """Say something of a plan. The page carries the comment's ``key``, so that pressing twice says it once."""
    with (
        transaction.atomic(),
        acting(by, on_behalf_of=on_behalf_of(by, plan.organisation), act="category_plan_said"),
    ):
        said, _is_new = PlanComment.objects.get_or_create(
            public_id=key, defaults={"plan": plan, "author": by, "text": text}
        )
    return said
