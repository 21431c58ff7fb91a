"""Dates of actions, budget steps, procurements and contracts: for the month's page and for calendar programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.organisations.models import Organisation
from keino.web.organisations.rules import roles_today
from keino.web.plans.action_choices import OPEN, BudgetStep
from keino.web.plans.models import Action, PlannedTender
from keino.web.plans.queries.actions import budget_days, day_of
from keino.web.procurements.models import Contract, Procurement, TermControl

if TYPE_CHECKING:
    from keino.web.base.models import Person

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Dated:
    """One date: a key that stays the same for calendar programs, its day, what it is, its page, whose it is."""

    key: str
    day: dt.date
    title: str
    url: str
    organisation: str
    text: str = ""
    is_late: bool = False


def dates_of(person: Person, organisation: Organisation, days: Days, today: dt.date) -> list[Dated]:
    """What of an organisation falls between two days, both included, as far as the person may see it."""
    found: list[Dated] = []
    if person.has_perm("plans.see", organisation):
        found += [*_deadlines(organisation, days, today), *_tenders(organisation, days), *_steps(organisation, days)]
    if person.has_perm("procurements.see", organisation):
        found += [*_procurements(organisation, days), *_contracts(organisation, days), *_controls(organisation, days)]
    return sorted(found, key=lambda each: (each.day, each.title))


def calendar_of(person: Person, days: Days, today: dt.date) -> list[Dated]:
    """The dates of every organisation whose plans or procurements the person may see today."""
    return [date for each in organisations_seen(person) for date in dates_of(person, each, days, today)]


def organisations_seen(person: Person) -> Sequence[Organisation]:
    """Organisations whose plans or procurements the person may see today, by name."""
    places = {key for role in roles_today(person) for key in (role.organisation_id, role.about_id) if key is not None}
    found = Organisation.objects.filter(pk__in=places)
    may = [each for each in found if any(person.has_perm(name, each) for name in ("plans.see", "procurements.see"))]
    return sorted(may, key=lambda each: each.shown_name)


def _deadlines(organisation: Organisation, days: Days, today: dt.date) -> Iterator[Dated]:
    found = Action.objects.filter(organisation=organisation, state__in=OPEN, deadline__range=days)
    for action in found.select_related("owner").order_by("deadline", "pk"):
        yield Dated(
            f"action-{action.public_id}",
            action.deadline,
            _("Deadline: {title}").format(title=action.title),
            reverse("plans:action", kwargs={"slug": organisation.slug, "action": action.public_id}),
            organisation.shown_name,
            _("Owner: {owner}").format(owner=action.owner or _("nobody")),
            action.is_overdue(today),
        )


def _tenders(organisation: Organisation, days: Days) -> Iterator[Dated]:
    found = PlannedTender.objects.filter(plan__organisation=organisation, day__range=days).select_related("plan")
    for tender in found.order_by("day", "pk"):
        url = address_or_none("plans:category_plan", slug=organisation.slug, category=tender.plan.category)
        title = _("Tendering: {title}").format(title=tender.title)
        assert tender.day is not None
        yield Dated(f"tender-{tender.pk}", tender.day, title, url or "", organisation.shown_name)


def _steps(organisation: Organisation, days: Days) -> Iterator[Dated]:
    """Steps of the budget years that some action waits for."""
    asked = Action.objects.filter(organisation=organisation, state__in=OPEN).exclude(budget_year=None)
    places = asked.order_by().values_list("budget_year", "budget_step").distinct()
    usual = budget_days(organisation)
    for year, step in sorted(places):
        assert year is not None  # left out above
        day = day_of(step, year, usual)
        if days[0] <= day <= days[1]:
            yield Dated(
                f"budget-{organisation.public_id}-{year}-{step}",
                day,
                _("Budget {year}: {step}").format(year=year, step=BudgetStep(step).label),
                reverse("plans:action_budget", kwargs={"slug": organisation.slug}),
                organisation.shown_name,
            )


def _procurements(organisation: Organisation, days: Days) -> Iterator[Dated]:
    found = Procurement.objects.filter(organisation=organisation, procedure_starts_on__range=days)
    for procurement in found.order_by("procedure_starts_on", "pk"):
        url = address_or_none("procurements:procurement", slug=organisation.slug, procurement=procurement.public_id)
        title = _("Procedure starts: {title}").format(title=procurement.title)
        assert procurement.procedure_starts_on is not None
        yield Dated(
            f"procurement-{procurement.public_id}",
            procurement.procedure_starts_on,
            title,
            url or "",
            organisation.shown_name,
        )


def _contracts(organisation: Organisation, days: Days) -> Iterator[Dated]:
    found = Contract.objects.filter(Q(ends_on__range=days) | Q(notice_by__range=days), organisation=organisation)
    for contract in found.order_by("pk"):
        url = address_or_none("procurements:contract", slug=organisation.slug, contract=contract.public_id) or ""
        for kind, day, words in (
            ("ends", contract.ends_on, _("Contract ends: {title}")),
            ("notice", contract.notice_by, _("Last day to give notice: {title}")),
        ):
            if day is not None and days[0] <= day <= days[1]:
                title = words.format(title=contract.title)
                yield Dated(f"contract-{kind}-{contract.public_id}", day, title, url, organisation.shown_name)


def _controls(organisation: Organisation, days: Days) -> Iterator[Dated]:
    found = TermControl.objects.filter(
        term__contract__organisation=organisation, due_on__range=days, closed_at=None
    ).select_related("term__contract")
    for control in found.order_by("due_on", "pk"):
        contract = control.term.contract
        url = address_or_none("procurements:contract", slug=organisation.slug, contract=contract.public_id)
        title = _("Control of a contract term: {title}").format(title=contract.title)
        text = control.term.term[:500]
        yield Dated(f"control-{control.public_id}", control.due_on, title, url or "", organisation.shown_name, text)
