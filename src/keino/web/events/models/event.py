"""Events, the series they belong to, and who is invited to those that aren't for everyone."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.events.choices import Audience, EventState, Mode, Theme

#: How long registrations are kept after an event, unless its organiser says otherwise.
REGISTRATION_DAYS = 365
LONGEST_TEXT = 10_000


class Series(models.Model):
    """Events that belong together, such as a webinar every month. ``version`` is raised by every change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="event_series",
        verbose_name=_("Organiser"),
    )
    title = models.CharField(_("Name of the series"), max_length=200)
    summary = models.CharField(_("In short"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=["organiser", "title"], name="event_series_once")]

    def __str__(self) -> str:
        return self.title


class EventQuerySet(models.QuerySet["Event"]):
    """Events."""

    def listed(self) -> EventQuerySet:
        """Those that everyone may see: cancelled ones, too, so that nobody travels in vain."""
        return self.filter(audience=Audience.PUBLIC).exclude(state=EventState.DRAFT)

    def coming(self, now: dt.datetime) -> EventQuerySet:
        """Those that aren't over."""
        return self.filter(ends_at__gt=now)

    def past(self, now: dt.datetime) -> EventQuerySet:
        """Those that are over."""
        return self.filter(ends_at__lte=now)


class Event(models.Model):
    """One event, or one session of a programme.

    ``sequence`` is the number that calendar programs compare (RFC 5545): raised when time or place change, when the
    event is cancelled, and when an invitation that stands in calendars is withdrawn or holds again. ``version`` is
    raised by every change, so that a form opened before somebody else's change is refused. ``capacity`` counts seats in
    the room, or online where there is no room; empty = no limit.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="events", verbose_name=_("Organiser")
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="events", verbose_name=_("Series")
    )
    title = models.CharField(_("Title"), max_length=200)
    summary = models.CharField(_("In short"), max_length=500, blank=True)
    description = models.TextField(_("Programme and description"), max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(_("Language of the event"), max_length=2, choices=Language, default=Language.FI)
    theme = models.CharField(_("Theme"), max_length=20, choices=Theme, default=Theme.OTHER)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    mode = models.CharField(_("How people take part"), max_length=10, choices=Mode, default=Mode.ONLINE)
    place = models.CharField(_("Place"), max_length=300, blank=True)
    #: Told to those who have a seat, to nobody else.
    online_link = models.URLField(_("Link to take part online"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    audience = models.CharField(_("Who may register"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    state = models.CharField(_("State"), max_length=10, choices=EventState, default=EventState.DRAFT)
    #: Empty = until the event begins.
    register_until = models.DateTimeField(_("Registration open until"), null=True, blank=True)
    asks_needs = models.BooleanField(_("Ask for diet and access needs"), default=False)
    is_recorded = models.BooleanField(_("The event is recorded"), default=False)
    #: What people agree to, beside the text that every registration has.
    consent_text = models.TextField(_("What else people agree to"), max_length=2_000, blank=True)
    registration_days = models.PositiveSmallIntegerField(
        _("Days for which registrations are kept after the event"), default=REGISTRATION_DAYS
    )
    #: Which questions people are asked afterwards.
    feedback = models.ForeignKey(
        "surveys.FormVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("Feedback form"),
    )
    sequence = models.PositiveIntegerField(_("Changes of time and place"), default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(_("Why it was cancelled"), max_length=500, blank=True)
    #: Whom people ask.
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_of_events",
        verbose_name=_("Contact person"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = [models.Index(fields=["audience", "state", "ends_at"], name="events_listed")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="event_has_a_seat"),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | Q(cancelled_at__isnull=False),
                name="event_cancelled_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def uid(self) -> str:
        """What calendar programs know it by; never changes (RFC 7986 5.3)."""
        return str(self.public_id)

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it."""
        return self.audience == Audience.PUBLIC and self.state != EventState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.state == EventState.CANCELLED

    @property
    def closes_at(self) -> dt.datetime:
        """The last moment to register."""
        return min(self.register_until, self.starts_at) if self.register_until else self.starts_at

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it has ended."""
        return self.ends_at <= now

    def takes_registrations(self, now: dt.datetime) -> bool:
        """Whether somebody may register now, be it for the waiting list."""
        return self.state == EventState.ANNOUNCED and now <= self.closes_at


class InvitedQuerySet(models.QuerySet["Invited"]):
    """Invitations."""

    def standing(self) -> InvitedQuerySet:
        """Those that hold: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Invited(models.Model):
    """Somebody invited to an event: a person, or an organisation, whose people may then register.

    What was withdrawn stays as a row, so that its link says so; inviting again takes the withdrawal back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invited")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="event_invitations"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="event_invitations",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True, editable=False)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(organisation=None), name="invited_is_a_person_or_an_organisation"
            ),
            models.UniqueConstraint(
                fields=["event", "person"], condition=~Q(person=None), name="person_invited_to_event_once"
            ),
            models.UniqueConstraint(
                fields=["event", "organisation"],
                condition=~Q(organisation=None),
                name="organisation_invited_to_event_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Declined(models.Model):
    """Somebody invited who said that they can't come. It goes when they register after all."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="declined")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declined_events")
    declined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="invitation_declined_once")]

    def __str__(self) -> str:
        return str(self.person)
