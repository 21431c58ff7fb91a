"""An organisation in an edition after the choice, and its team."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.participation import TAKES_PART, ParticipationState


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Participations."""

    def active(self) -> ParticipationQuerySet:
        """Those that work in the edition now."""
        return self.filter(state=ParticipationState.ACTIVE)

    def in_cohort(self) -> ParticipationQuerySet:
        """Those that belong to their cohort: all but who left early."""
        return self.filter(state__in=sorted(TAKES_PART))


class Participation(models.Model):
    """One organisation in one edition, from its confirmed place on.

    ``mentor`` is whom the organisation turns to and who gets the mails. Who may *see* the work follows from the roles
    in force (``cohorts.see``, ``cohorts.guide``), not from this column. ``note`` says why it left, or how it ended.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="participations"
    )
    application = models.OneToOneField(
        "programmes.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="participation"
    )
    state = models.CharField(_("State"), max_length=10, choices=ParticipationState, default=ParticipationState.ACTIVE)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Responsible for the programme"),
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mentored_participations",
        verbose_name=_("Mentor"),
    )
    began_at = models.DateTimeField(_("Began"), default=timezone.now)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    note = models.TextField(_("Why, or how it ended"), blank=True, max_length=2_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(state=ParticipationState.ACTIVE, ended_at=None)
                | ~Q(state=ParticipationState.ACTIVE) & Q(ended_at__isnull=False),
                name="participation_ended_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="participations_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.edition}"

    @property
    def is_active(self) -> bool:
        """Whether the organisation works in the edition now."""
        return self.state == ParticipationState.ACTIVE

    @property
    def is_in_cohort(self) -> bool:
        """Whether it belongs to the cohort and sees what the others share."""
        return self.state in TAKES_PART


class TeamPerson(models.Model):
    """Somebody of the team: one who uses the site, or a name; neither where the person was erased since.

    ``contact_shown_at``: since when the person agrees that the other participants see name and address. Only the
    person says so, and takes it back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Person"),
    )
    name = models.CharField(_("Name"), max_length=200, blank=True)
    part = models.CharField(_("Part in the team"), max_length=200, blank=True)
    contact_shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "person"], condition=Q(person__isnull=False), name="team_person_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.name or gettext("a former member")
