"""Small groups of an edition with their shared notes, and who knows what."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.peers import KnowHowKind, Shared, Topic


class PeerGroup(models.Model):
    """A small group of participants of an edition, who share notes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="peer_groups")
    name = models.CharField(_("Name of the group"), max_length=100)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="peer_groups",
        verbose_name=_("Mentor"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="peer_group_named_once")]

    def __str__(self) -> str:
        return self.name


class PeerGroupMember(models.Model):
    """That a participant is in a group; in one at a time."""

    group = models.ForeignKey(
        PeerGroup, on_delete=models.CASCADE, related_name="members", verbose_name=_("Small group")
    )
    participation = models.OneToOneField(
        "cohorts.Participation", on_delete=models.CASCADE, related_name="peer_group_member"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.group}: {self.participation}"


class GroupNote(models.Model):
    """A note that everyone of a group may write on; every text it had is kept as ``GroupNoteVersion``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(PeerGroup, on_delete=models.PROTECT, related_name="notes")
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), max_length=20_000)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return self.title


class GroupNoteVersion(models.Model):
    """What a note said from one saving to the next; never changed."""

    note = models.ForeignKey(GroupNote, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    #: From which organisation it was written, where by one of a participant's people.
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="group_note_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class KnowHow(models.Model):
    """Something a participant can help others with, or looks for help with; others see it as far as it is shared."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey("cohorts.Participation", on_delete=models.CASCADE, related_name="know_how")
    kind = models.CharField(_("Which way"), max_length=6, choices=KnowHowKind)
    topic = models.CharField(_("Topic"), max_length=20, choices=Topic)
    text = models.TextField(_("In your own words"), max_length=1000)
    shared = models.CharField(_("Who else may see it"), max_length=6, choices=Shared, default=Shared.NOBODY)
    #: Whom to ask. Only people themselves let their name be shown.
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Whom to ask"),
    )  # fmt: skip
    contact_agreed_at = models.DateTimeField(_("Agreed to be asked"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("topic", "pk")
        verbose_name_plural = "know-how"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_topic_display()}"
