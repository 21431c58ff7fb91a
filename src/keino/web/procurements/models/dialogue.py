"""The market dialogue of a procurement: who was asked what, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.procurements.dialogue_choices import DialogueWay


class MarketDialogue(models.Model):
    """What the dialogue changed, and that all suppliers got the same information. Its steps are ``DialogueStep``."""

    procurement = models.OneToOneField(
        "procurements.Procurement", on_delete=models.CASCADE, related_name="market_dialogue"
    )
    #: What changed in the procurement because of what suppliers said.
    changes = models.TextField(max_length=8000, blank=True)
    #: Which material was given, to whom and when, so that nobody was favoured.
    equal_information = models.TextField(max_length=8000, blank=True)
    #: Somebody says that the same material was given to all.
    all_got_the_same = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.procurement}"


class DialogueStep(models.Model):
    """One request, meeting or event. Suppliers stand by their names, one on a line."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dialogue = models.ForeignKey(MarketDialogue, on_delete=models.CASCADE, related_name="steps")
    way = models.CharField(max_length=20, choices=DialogueWay)
    held_on = models.DateField()
    invited = models.TextField(max_length=8000)
    took_part = models.TextField(max_length=8000, blank=True)
    asked = models.TextField(max_length=8000)
    answers = models.TextField(max_length=8000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.held_on}"

    @property
    def suppliers_invited(self) -> list[str]:
        """The names of those invited."""
        return _names(self.invited)

    @property
    def suppliers_there(self) -> list[str]:
        """The names of those who took part or answered."""
        return _names(self.took_part)


def _names(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
