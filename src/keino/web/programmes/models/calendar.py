"""The calendar of an edition: its dates, and the phases that hang on them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.domain.programmes.calendar import Date, Phase
from keino.web.events.choices import Mode
from keino.web.programmes.choices import DateKind
from keino.web.programmes.models.edition import Edition
from keino.web.programmes.models.texts import short_text


class EditionDate(models.Model):
    """One date of the calendar. A deadline begins and ends at the same moment.

    ``is_whole_day``: no hour was said; a deadline then ends with its day. ``said`` is how the call puts a time that it
    leaves open ("early June"); the days are then what the calendar reckons with.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(_("What"), max_length=20, choices=DateKind)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    said = models.CharField(_("In words"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    is_whole_day = models.BooleanField(_("Without hours"), default=False)
    mode = models.CharField(_("How"), max_length=10, choices=Mode, blank=True)
    place = models.CharField(_("Place"), max_length=300, blank=True)
    #: People from outside the programme may come.
    is_open_to_all = models.BooleanField(_("Open to everyone"), default=False)
    #: The session as people register and are invited to it; it has the same key, so calendars know both as one.
    event = models.OneToOneField(
        "events.Event", null=True, blank=True, on_delete=models.SET_NULL, related_name="edition_date"
    )
    #: Raised when the time or the place changes: calendar programs compare it (RFC 5545).
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="edition_date_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["edition", "starts_at"], name="dates_of_edition")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """What people call it."""
        return short_text(self, "name", self.edition.original_language) or self.get_kind_display()

    @property
    def shown_said(self) -> str:
        """How the call puts it in words."""
        return short_text(self, "said", self.edition.original_language)

    @property
    def original_language(self) -> str:
        """The language in which it was written."""
        return self.edition.original_language

    @property
    def as_date(self) -> Date:
        """As the rules of calendars take it."""
        return Date(
            self.kind,
            self.starts_at,
            self.ends_at,
            name=short_text(self, "name", self.edition.original_language),
            key=str(self.public_id),
        )


class EditionPhase(models.Model):
    """What may be done between two dates of the calendar: see ``domain.programmes.calendar.Phase``."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("Phase"), max_length=30)
    opens_with = models.CharField(_("Opens with"), max_length=20, choices=DateKind, blank=True)
    closes_with = models.CharField(_("Closes with"), max_length=20, choices=DateKind, blank=True)
    allows = models.JSONField(_("Allows"), default=list)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="edition_phase_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def as_phase(self) -> Phase:
        """As the rules of calendars take it."""
        return Phase(self.code, frozenset(self.allows), self.opens_with, self.closes_with)


class EditionMove(models.Model):
    """A move of an edition from one state to another. Nobody: the clock did it. ``from_state`` is empty at first."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
