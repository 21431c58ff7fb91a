"""Approval of a category plan: the text is kept with the numbers of that moment, and may be shown to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger
from keino.web.measurement.queries.runs import current_run, open_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.plans.choices import CategoryPlanState
from keino.web.plans.document_errors import ChangedSinceRead, NothingToPublish, NumbersOnTheWay, PlanLacks
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion
from keino.web.plans.queries.category_numbers import numbers_of
from keino.web.plans.queries.category_plans import content_of, plan_lacks
from keino.web.plans.services.category_plans import move
from keino.web.plans.services.operating_models import approved_before

if TYPE_CHECKING:
    from keino.web.base.models import Person


def numbers_are_on_the_way(organisation: Organisation) -> bool:
    """Whether a footprint is asked for or being calculated, or a ledger is being read."""
    is_read = Ledger.objects.filter(organisation=organisation, state=LedgerState.READING).exists()
    return is_read or open_run(organisation) is not None


def approve_plan(plan: CategoryPlan, *, by: Person, seen: int) -> CategoryPlanVersion:
    """Approve the text that the approver read (``seen``) and keep it as the next version, with the numbers of now.

    A run is asked for under the same lock, so none begins in between. Of two approvers one wins; the other is told by
    ApprovedBefore. Who approved already may press again. Raises PlanLacks naming everything that is missing,
    NumbersOnTheWay, ChangedSinceRead, NotAllowedNow.
    """
    organisation, today = plan.organisation, timezone.localdate()
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act="category_plan_approved"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        kept = CategoryPlan.objects.select_for_update().get(pk=plan.pk)
        newest: CategoryPlanVersion | None = kept.versions.select_related("approved_by").first()
        if kept.state == CategoryPlanState.APPROVED and newest is not None:
            if newest.approved_by_id == by.pk:
                return newest
            raise approved_before(newest.approved_by, newest.approved_at)
        if kept.state == CategoryPlanState.REVIEWED and kept.version != seen:
            raise ChangedSinceRead
        move(kept, CategoryPlanState.APPROVED)
        if codes := plan_lacks(kept, today):
            raise PlanLacks(codes)
        if numbers_are_on_the_way(organisation):
            raise NumbersOnTheWay
        version = _version(kept, number=newest.number + 1 if newest else 1, by=by)
        kept.version += 1
        kept.save()
    plan.refresh_from_db()
    return version


def _version(kept: CategoryPlan, *, number: int, by: Person) -> CategoryPlanVersion:
    run = current_run(kept.organisation)
    numbers = numbers_of(run).get(kept.category) if run else None
    version: CategoryPlanVersion = CategoryPlanVersion.objects.create(
        plan=kept,
        number=number,
        content=content_of(kept),
        numbers=numbers.as_json() if numbers else {},
        run=run,
        owner=kept.owner,
        reviewed_by=kept.reviewed_by,
        reviewed_at=kept.reviewed_at,
        approved_by=by,
        approved_at=timezone.now(),
    )
    return version


def publish_version(plan: CategoryPlan, *, by: Person) -> None:
    """Show the newest approved version to everyone, in place of the one shown before. Raises NothingToPublish."""
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, plan.organisation), act="category_plan_shown"):
        Organisation.objects.select_for_update().get(pk=plan.organisation_id)
        newest = plan.versions.first()
        if newest is None:
            raise NothingToPublish
        if newest.published_at is None:
            newest.published_at = timezone.now()
            newest.save(update_fields=["published_at"])


def withdraw_publication(plan: CategoryPlan, *, by: Person) -> None:
    """Show no version of the plan to everyone any more; doing it twice changes nothing."""
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, plan.organisation), act="category_plan_hidden"):
        Organisation.objects.select_for_update().get(pk=plan.organisation_id)
        for version in plan.versions.exclude(published_at=None):
            version.published_at = None
            version.save(update_fields=["published_at"])
