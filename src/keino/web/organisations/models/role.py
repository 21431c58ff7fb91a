"""Dated roles: what a person is to an organisation, from one day to another."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.choices import RoleKind


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles by date."""

    def on(self, day: dt.date) -> RoleQuerySet:
        """Roles in force on a day (both ends inclusive)."""
        return self.standing().filter(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)))

    def standing(self) -> RoleQuerySet:
        """Roles that were not withdrawn before they began."""
        return self.filter(withdrawn_at=None)


class Role(models.Model):
    """A role of a person in an organisation. A hand-over ends one row and begins another; nothing is overwritten.

    ``about`` is the buyer whom a mentor helps; ``regions`` are the region codes of a change agent. ``deputy_of`` is the
    role that this person stands in for while it is in force; the deputy acts on behalf of its holder. A role that was
    withdrawn before its first day never was in force, whatever its dates say.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("Role"), max_length=30, choices=RoleKind)
    about = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="helpers"
    )
    regions = models.JSONField(_("Regions"), default=list, blank=True)
    deputy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="deputies")
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    #: For what a part of the site gave it, in that part's own words: the role ends with it. Empty: somebody chose so.
    given_for = models.CharField(max_length=60, blank=True, default="", editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="role_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "kind", "valid_from"],
                condition=Q(about=None, withdrawn_at=None),
                name="role_given_once",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "kind", "valid_from", "about"],
                condition=~Q(about=None) & Q(withdrawn_at=None),
                name="role_about_given_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind", "valid_to"], name="role_holders")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
