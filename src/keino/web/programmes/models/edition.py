"""Editions of programmes: what one is about, for whom, how many take part, where it stands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.programmes.choices import PUBLIC_STATES, EditionState, ProgrammeTheme
from keino.web.programmes.models.texts import short_text


class Edition(models.Model):
    """One round of a programme, from its call to its alumni.

    ``template`` is the code of the programme on record that it was made from. ``announced_duration`` is what the call
    promises in words ("four months"); the dates may say something else. ``version`` is raised by every change of the
    edition, its dates and its other parts.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: The competence centre that runs it.
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(_("Address on the site"), max_length=80, unique=True)
    template = models.CharField(_("Made from"), max_length=60, blank=True)
    theme = models.CharField(_("Theme"), max_length=20, choices=ProgrammeTheme)
    state = models.CharField(_("State"), max_length=10, choices=EditionState, default=EditionState.DRAFT)
    original_language = models.CharField(_("Language of the original"), max_length=2, choices=Language, default="fi")
    #: The language in which people work together.
    language = models.CharField(_("Language of the programme"), max_length=2, choices=Language, default="fi")

    name = models.CharField(_("Name"), max_length=150)
    summary = models.TextField(_("In short"), max_length=1_000, blank=True)
    for_whom = models.TextField(_("For whom"), max_length=4_000, blank=True)
    benefits = models.TextField(_("What you get"), max_length=4_000, blank=True)
    requirements = models.TextField(_("What is required"), max_length=4_000, blank=True)
    how_to_apply = models.TextField(_("How to apply"), max_length=4_000, blank=True)
    announced_duration = models.CharField(_("Duration, as announced"), max_length=100, blank=True)
    hosts = models.CharField(_("Arranged by"), max_length=300, blank=True)
    contact_email = models.EmailField(_("Questions to"), blank=True)
    appeal_email = models.EmailField(_("Questions about the choice to"), blank=True)

    places_min = models.PositiveSmallIntegerField(_("Fewest organisations"), default=1)
    places_max = models.PositiveSmallIntegerField(_("Places for organisations"), default=6)
    team_min = models.PositiveSmallIntegerField(_("Smallest team, people"), default=1)
    team_max = models.PositiveSmallIntegerField(_("Largest team, people"), default=5)
    #: How many reviewers score each application at least.
    reviewers_min = models.PositiveSmallIntegerField(_("Reviewers of each application, at least"), default=2)
    hides_applicants = models.BooleanField(_("Reviewers don't see who applies"), default=False)
    needs_discussion = models.BooleanField(_("Discussion before the application"), default=True)
    needs_pilot = models.BooleanField(_("Pilot procurement required"), default=False)
    needs_commitment = models.BooleanField(_("Management confirms its commitment"), default=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Key of the form it was made with: pressing twice makes one edition.
    made_with = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(places_min__gte=1, places_max__gte=F("places_min")), name="edition_has_places"
            ),
            models.CheckConstraint(condition=Q(team_min__gte=1, team_max__gte=F("team_min")), name="edition_has_teams"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="editions_by_state")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language; a proper name has its original as its name where no other was given."""
        return short_text(self, "name", self.original_language) or self.slug

    @property
    def is_public(self) -> bool:
        """Whether everyone sees it."""
        return self.state in PUBLIC_STATES

    @property
    def is_open(self) -> bool:
        """Whether organisations may apply, as far as its state goes; the hour stands in its calendar."""
        return self.state == EditionState.OPEN
