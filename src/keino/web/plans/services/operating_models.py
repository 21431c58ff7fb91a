"""A version of the operating model from its first draft to the day when a newer one takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.templatetags.keino import speaker
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.plans.choices import OPERATING_MODEL_MOVES, OperatingModelState
from keino.web.plans.document_errors import ApprovedBefore, ChangedSinceRead, ModelLacks
from keino.web.plans.models import OperatingModel, OperatingRole
from keino.web.plans.operating_template import template, template_roles
from keino.web.plans.queries.operating_models import approved_model, model_lacks, open_model
from keino.web.plans.services.approval_mails import ask_approvers
from keino.web.plans.written import target_as_data

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: What a new version takes over from the approved one.
COPIED = (
    "language", "purpose", "scope", "strategy_link", "climate_target_id", "budget_link", "policies", "criteria_policy",
    "dialogue_policy", "category_owners", "decision_gates", "indicators", "monitoring", "annual_clock", "review_cycle",
    "improvement",
)  # fmt: skip
_ROLE = ("kind", "post", "duties", "holder_id", "place")


def begin_model(*, organisation: Organisation, language: str, by: Person) -> OperatingModel:
    """Begin a version: a copy of the approved one, the first of them from the template in the writer's language.

    Where a version is open already, that one is returned: pressing twice begins one.
    """
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act="operating_model_begun"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        there = open_model(organisation)
        if there is not None:
            return there
        before = approved_model(organisation)
        if before is None:
            columns: dict[str, Any] = template(language) | {"language": language}
            roles = [{**role, "place": place} for place, role in enumerate(template_roles(language))]
        else:
            columns = {name: getattr(before, name) for name in COPIED}
            roles = [{name: getattr(role, name) for name in _ROLE} for role in before.roles.all()]
        model = OperatingModel.objects.create(
            organisation=organisation,
            number=before.number + 1 if before else 1,
            owner=before.owner if before and before.owner else by,
            based_on=before,
            **columns,
        )
        _write_roles(model, roles)
    return model


def _write_roles(model: OperatingModel, roles: Sequence[Mapping[str, Any]]) -> None:
    for role in roles:
        OperatingRole.objects.create(model=model, **role)


@contextmanager
def _changing(model: OperatingModel, *, by: Person, act: str, seen: int | None = None) -> Iterator[OperatingModel]:
    """The version as the database has it, locked; saved with the next number of change. Raises Conflict."""
    organisation = model.organisation
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act=act):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        kept = OperatingModel.objects.select_for_update().get(pk=model.pk)
        if seen is not None and kept.version != seen:
            raise Conflict
        yield kept
        kept.version += 1
        kept.save()
    model.refresh_from_db()


def _move(kept: OperatingModel, to: OperatingModelState) -> None:
    if to not in OPERATING_MODEL_MOVES[kept.state]:
        raise NotAllowedNow(state=str(kept.get_state_display()))
    kept.state = to


def change_model(
    model: OperatingModel,
    *,
    values: Mapping[str, Any],
    roles: Sequence[Mapping[str, Any]] | None = None,
    by: Person,
    seen: int,
) -> None:
    """Write what stands in a draft: columns, and all roles where they are given. Raises Conflict, NotAllowedNow."""
    with _changing(model, by=by, act="operating_model_changed", seen=seen) as kept:
        if kept.state != OperatingModelState.DRAFT:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        for name, value in values.items():
            setattr(kept, name, value)
        if roles is not None:
            kept.roles.all().delete()
            _write_roles(kept, [{**role, "place": place} for place, role in enumerate(roles)])


def send_model(model: OperatingModel, *, by: Person, seen: int | None = None) -> None:
    """Send a draft for approval and tell the approvers; sending it twice changes nothing."""
    model.refresh_from_db()
    if model.state == OperatingModelState.IN_REVIEW:
        return
    with _changing(model, by=by, act="operating_model_sent", seen=seen) as kept:
        _move(kept, OperatingModelState.IN_REVIEW)
        kept.sent_by, kept.sent_at = by, timezone.now()
        ask_approvers(
            kept.organisation, "plans/mail/operating_model_to_approve.txt",
            once=f"model {kept.organisation.public_id} {kept.number} {kept.version}",
            path=reverse("plans:operating_model_approve", args=[kept.organisation.slug, kept.number]),
            by=by, words=lambda: {"number": str(kept.number)},
        )  # fmt: skip


def return_model(model: OperatingModel, *, by: Person) -> None:
    """Take a version back to be written on; doing it twice changes nothing."""
    model.refresh_from_db()
    if model.state == OperatingModelState.DRAFT:
        return
    with _changing(model, by=by, act="operating_model_returned") as kept:
        _move(kept, OperatingModelState.DRAFT)
        kept.sent_by, kept.sent_at = None, None


def approve_model(model: OperatingModel, *, by: Person, seen: int) -> None:
    """Approve the text that the approver read (``seen``); the version approved before is superseded in the same moment.

    Of two approvers one wins; the other is told by ApprovedBefore. Who approved already may press again. Raises
    ChangedSinceRead, ModelLacks, NotAllowedNow.
    """
    with _approving(model, by=by) as kept:
        if kept.state == OperatingModelState.APPROVED and kept.approved_by_id == by.pk:
            return
        if kept.state == OperatingModelState.APPROVED:
            raise approved_before(kept.approved_by, kept.approved_at)
        if kept.state == OperatingModelState.IN_REVIEW and kept.version != seen:
            raise ChangedSinceRead
        _move(kept, OperatingModelState.APPROVED)
        if codes := model_lacks(kept):
            raise ModelLacks(codes)
        before = approved_model(kept.organisation)
        if before is not None:
            before.supersede()
        assert kept.climate_target is not None
        kept.target_as_approved = target_as_data(kept.climate_target)
        kept.approved_by, kept.approved_at, kept.version = by, timezone.now(), kept.version + 1
        kept.save()
    model.refresh_from_db()


@contextmanager
def _approving(model: OperatingModel, *, by: Person) -> Iterator[OperatingModel]:
    organisation = model.organisation
    act = "operating_model_approved"
    with transaction.atomic(), acting(by, on_behalf_of=on_behalf_of(by, organisation), act=act):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        yield OperatingModel.objects.select_for_update().get(pk=model.pk)


def approved_before(person: Person | None, when: Any) -> KeinoError:
    """What the second of two approvers is told."""
    local = timezone.localtime(when)
    return ApprovedBefore(
        person=str(person or "–"), day=speaker().date(local.date().isoformat()), time=f"{local:%H.%M}"
    )
