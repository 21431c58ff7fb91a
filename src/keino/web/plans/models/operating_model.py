"""The operating model of sustainable procurement: one row for each version of the document."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.frozen import DocumentIsFinal, Frozen
from keino.web.plans.choices import OperatingModelState, OperatingRoleKind

APPROVED_ONCE = (OperatingModelState.APPROVED, OperatingModelState.SUPERSEDED)
OPEN = (OperatingModelState.DRAFT, OperatingModelState.IN_REVIEW)
LONGEST_TEXT = 10_000


class OperatingModel(Frozen):
    """One version: how an organisation leads sustainable procurement. At most one is open and one approved at a time.

    ``decision_gates``, ``indicators`` are rows (lists of flat objects), ``annual_clock`` is what is done in each month
    ("1" to "12"). ``target_as_approved`` keeps the climate target as it was on the day of approval. ``version`` is
    raised by every change, so that a form opened before somebody else's change is refused.
    """

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {
            "organisation_id", "organisation", "number", "state", "language", "purpose", "scope", "strategy_link",
            "target_as_approved", "policies", "criteria_policy", "dialogue_policy", "category_owners", "budget_link",
            "decision_gates", "indicators", "monitoring", "annual_clock", "review_cycle", "improvement", "sent_at",
            "sent_by", "sent_by_id", "approved_at", "approved_by", "approved_by_id", "based_on", "based_on_id",
        }
    )  # fmt: skip
    IS_FINAL: ClassVar[Q] = Q(state__in=APPROVED_ONCE)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="operating_models"
    )
    number = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(max_length=12, choices=OperatingModelState, default=OperatingModelState.DRAFT)
    #: The language it is written in.
    language = models.CharField(_("Written in"), max_length=2, choices=Language)

    purpose = models.TextField(pgettext_lazy("of a way of working", "Purpose"), max_length=LONGEST_TEXT, blank=True)
    scope = models.TextField(_("Whom and what it concerns"), max_length=LONGEST_TEXT, blank=True)
    strategy_link = models.TextField(_("Link to the strategy"), max_length=LONGEST_TEXT, blank=True)
    climate_target = models.ForeignKey(
        "plans.ClimateTarget",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Climate target"),
    )
    target_as_approved = models.JSONField(_("Climate target at approval"), null=True, blank=True)
    budget_link = models.TextField(_("Link to the budget"), max_length=LONGEST_TEXT, blank=True)
    policies = models.TextField(_("Policy lines"), max_length=LONGEST_TEXT, blank=True)
    criteria_policy = models.TextField(_("How criteria are used"), max_length=LONGEST_TEXT, blank=True)
    dialogue_policy = models.TextField(_("Market dialogue"), max_length=LONGEST_TEXT, blank=True)
    category_owners = models.TextField(_("Owners of categories"), max_length=LONGEST_TEXT, blank=True)
    decision_gates = models.JSONField(_("Decision points"), default=list, blank=True)
    indicators = models.JSONField(_("Indicators"), default=list, blank=True)
    monitoring = models.TextField(_("Monitoring"), max_length=LONGEST_TEXT, blank=True)
    annual_clock = models.JSONField(_("Annual clock"), default=dict, blank=True)
    review_cycle = models.TextField(_("Review of this document"), max_length=LONGEST_TEXT, blank=True)
    improvement = models.TextField(_("How we learn and improve"), max_length=LONGEST_TEXT, blank=True)

    #: Who looks after the document; may change also when it is approved.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("Sent for approval"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="operating_model_number_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=OPEN), name="one_open_operating_model"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=OperatingModelState.APPROVED),
                name="one_approved_operating_model",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED_ONCE) | Q(approved_at__isnull=False),
                name="an_approved_operating_model_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return _("Operating model, version {number}").format(number=self.number)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for approval."""
        return self.state in OPEN

    def supersede(self) -> None:
        """A newer version was approved: the only change that an approved one knows."""
        if self.state == OperatingModelState.APPROVED:
            self.state = OperatingModelState.SUPERSEDED
            models.Model.save(self, update_fields=["state"])


class OperatingRole(Frozen):
    """A role in one version of the operating model: its duties, and who holds it."""

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {"model", "model_id", "kind", "post", "duties", "holder", "holder_id", "place"}
    )
    IS_FINAL: ClassVar[Q] = Q(model__state__in=APPROVED_ONCE)

    model = models.ForeignKey(OperatingModel, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("Role"), max_length=10, choices=OperatingRoleKind)
    #: "Procurement manager": who it is by office, which outlasts the person.
    post = models.CharField(_("Post"), max_length=200, blank=True)
    duties = models.TextField(_("Duties"), max_length=4_000, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Holder"),
    )
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post}" if self.post else str(self.get_kind_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; an approved version gets no further roles either."""
        if self._state.adding and OperatingModel.objects.final().filter(pk=self.model_id).exists():
            raise DocumentIsFinal
        super().save(*args, **kwargs)
