"""Organisations: buyers, companies, ministries, regional councils and the centre."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.organisations.choices import LoginMethod, OrganisationKind


class Organisation(models.Model):
    """An organisation. Its name is a text in three languages; a missing one is said to be missing, never replaced.

    ``valid_from`` and ``valid_to`` (both inclusive) bound its life; ``merged_into`` and ``successor`` say what came
    after it. A merger takes all of it over; a successor takes some task over (a wellbeing county after a joint
    authority).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("Address on the site"), max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=30, choices=OrganisationKind)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    original_language = models.CharField(_("Language of the original"), max_length=2, choices=Language, default="fi")
    business_id = models.CharField(_("Business ID"), max_length=20, blank=True)
    municipality_code = models.CharField(_("Municipality code"), max_length=3, blank=True)
    region_code = models.CharField(_("Region code"), max_length=4, blank=True)
    county_code = models.CharField(_("Wellbeing services county code"), max_length=5, blank=True)
    population = models.PositiveIntegerField(_("Residents or members"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("Part of")
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", verbose_name=_("Merged into")
    )
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="preceded", verbose_name=_("Successor")
    )
    #: First day of the merger, and first day on which the successor has the task.
    merged_on = models.DateField(_("Merged on"), null=True, blank=True)
    succeeded_on = models.DateField(_("Succeeded on"), null=True, blank=True)
    valid_from = models.DateField(_("Since"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    homepage = models.URLField(_("Web site"), blank=True)
    about = models.TextField(_("About"), blank=True)
    #: The organisation shows its approved results to everyone.
    is_public = models.BooleanField(_("Show our footprint to everyone"), default=False)
    #: The organisation's figures count in anonymous comparisons of five or more peers.
    is_compared = models.BooleanField(_("Take part in anonymous comparison"), default=True)
    login_method = models.CharField(_("Log-in"), max_length=10, choices=LoginMethod, default=LoginMethod.ANY)
    #: A made-up organisation of the demo; every page says so.
    is_example = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Raised by every change; a form that was opened before somebody else's change is refused, not obeyed.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager[Organisation]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"], condition=~Q(business_id=""), name="organisation_business_id_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
                name="organisation_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")), name="organisation_not_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=models.F("pk")), name="organisation_not_its_own_successor"
            ),
        ]
        indexes = [models.Index(fields=["kind", "region_code"], name="organisation_peers")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language; a proper name has its original as its name where no other was given."""
        language = (get_language() or "fi")[:2]
        names = [getattr(self, f"name_{code}", "") for code in (language, self.original_language, "fi", "sv", "en")]
        return next((name for name in names if name), self.slug)
