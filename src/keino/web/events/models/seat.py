"""Seats: who is registered to an event, who waits, who came."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.events.choices import LIVE, Attendance, Joins, SeatState


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats."""

    def live(self) -> SeatQuerySet:
        """Those of people who mean to come."""
        return self.filter(state__in=LIVE)

    def booked(self) -> SeatQuerySet:
        """Those that are sure."""
        return self.filter(state=SeatState.BOOKED)

    def taken(self, now: dt.datetime) -> SeatQuerySet:
        """Those that nobody else can have now: booked, or held for somebody whose time isn't up."""
        held = Q(state__in=(SeatState.HELD, SeatState.UNCONFIRMED), has_place=True, held_until__gt=now)
        return self.filter(Q(state=SeatState.BOOKED) | held)

    def given_up(self) -> SeatQuerySet:
        """Those that were cancelled; but those that ended with their invitation, for that isn't a no."""
        return self.filter(state=SeatState.CANCELLED, was_withdrawn=False)

    def in_line(self) -> SeatQuerySet:
        """The waiting list, first come first."""
        return self.filter(state=SeatState.WAITING).order_by("queued_at", "pk")


class Seat(models.Model):
    """One person's registration to an event.

    Personal data, which goes ``Event.registration_days`` after the event (the needs sooner); the row itself stays
    without a name, so that numbers of seats and of people who came stay right. ``has_place``: the seat was held when
    the person began to fill in the form, so nobody takes it from them until ``held_until``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    name = models.CharField(_("Name"), max_length=200, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    #: As the person wrote it.
    works_at = models.CharField(_("Organisation"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.FI)
    joins = models.CharField(_("Takes part"), max_length=10, choices=Joins, default=Joins.ONLINE)
    #: Diet and access: may tell of health, so it is deleted soon after the event and never in the audit trail.
    needs = models.TextField(_("Diet and access needs"), max_length=1_000, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=SeatState, default=SeatState.HELD)
    has_place = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True, blank=True)
    #: The text that the person agreed to, as it stood on the page.
    consent_text = models.TextField(_("What was agreed to"), blank=True)
    consented_at = models.DateTimeField(_("Agreed"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    booked_at = models.DateTimeField(_("Registered"), null=True, blank=True)
    #: The place in the waiting list: kept from the first moment.
    queued_at = models.DateTimeField(_("On the waiting list since"), null=True, blank=True)
    moved_up_at = models.DateTimeField(_("Got a seat from the waiting list"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Cancelled"), null=True, blank=True)
    #: It ended with the invitation: the person didn't say that they can't come, and may be invited again.
    was_withdrawn = models.BooleanField(default=False, editable=False)
    attendance = models.CharField(_("Attendance"), max_length=10, choices=Attendance, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = [
            models.Index(fields=["event", "state", "queued_at"], name="seats_of_event"),
            models.Index(fields=["state", "held_until"], name="seats_to_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(
                "event", Lower("email"), condition=Q(state__in=LIVE) & ~Q(email=""), name="one_live_seat_of_an_address"
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(state__in=LIVE) & ~Q(person=None),
                name="one_live_seat_of_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.WAITING) | Q(queued_at__isnull=False), name="who_waits_has_a_place_in_line"
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("a former participant")

    @property
    def is_booked(self) -> bool:
        """Whether the person has a seat."""
        return self.state == SeatState.BOOKED

    @property
    def is_live(self) -> bool:
        """Whether the person means to come."""
        return self.state in LIVE

    def is_held(self, now: dt.datetime) -> bool:
        """Whether the form may still be sent for this seat."""
        return self.state == SeatState.HELD and self.held_until is not None and now <= self.held_until
