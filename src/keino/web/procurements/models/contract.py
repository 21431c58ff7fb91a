"""Contracts with their renewal dates, what they demand, and the controls of that."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from keino.web.procurements.contract_choices import Finding, Repeats

if TYPE_CHECKING:
    from decimal import Decimal


class Contract(models.Model):
    """A contract of an organisation; its dates say when the category can be bought anew.

    ``ends_on``: last day of the agreed term, None until further notice. ``extension_until``: last day if the option or
    extension is used. ``notice_by``: last day on which the buyer may still choose otherwise. ``version`` is raised by
    every change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="contracts")
    procurement = models.ForeignKey(
        "procurements.Procurement", null=True, blank=True, on_delete=models.SET_NULL, related_name="contracts"
    )
    title = models.CharField(max_length=200)
    supplier_name = models.CharField(max_length=200)
    supplier_business_id = models.CharField(max_length=20, blank=True)
    #: Code of a category or main category.
    category = models.CharField(max_length=40)
    yearly_value_eur: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=14, decimal_places=2)
    valid_from = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    extension_until = models.DateField(null=True, blank=True)
    notice_by = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_contracts"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(yearly_value_eur__gte=0), name="contract_value_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("valid_from")), name="contract_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(extension_until=None) | Q(ends_on__isnull=False, extension_until__gte=F("ends_on")),
                name="contract_extension_after_end",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="contract_of_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> dt.date | None:
        """The last day with every extension used; None until further notice."""
        return self.extension_until or self.ends_on


class ContractTerm(models.Model):
    """What a contract demands, how that is controlled, and what follows when it isn't kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="terms")
    term = models.TextField(max_length=2000)
    #: How it is verified: which document, whose measurement.
    control = models.TextField(max_length=2000)
    #: What the contract says follows when the term is broken.
    sanction = models.TextField(max_length=2000, blank=True)
    repeats = models.CharField(max_length=12, choices=Repeats, default=Repeats.NEVER)
    #: Who controls it; None = the contract's owner.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_contract_terms"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.term[:80]


class TermControl(models.Model):
    """One control of a term on its date: evidence, what was found, what was done about it.

    It is open until ``closed_at``; without ``evidence`` somebody is reminded before and on ``due_on``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    term = models.ForeignKey(ContractTerm, on_delete=models.CASCADE, related_name="controls")
    due_on = models.DateField()
    evidence = models.TextField(max_length=4000, blank=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    finding_text = models.TextField(max_length=4000, blank=True)
    measure = models.TextField(max_length=4000, blank=True)
    #: The sanction that was used, where one was.
    sanction_used = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "due_on"], name="one_control_a_day")]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at=None), name="open_controls")]

    def __str__(self) -> str:
        return f"{self.term}: {self.due_on}"
