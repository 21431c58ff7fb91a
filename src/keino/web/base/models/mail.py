"""Mail that waits to be sent, was sent, or could not be: rows that a worker sends (``base.mail``)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.base.choices import Language, MailState


class Mail(models.Model):
    """One mail to one address. The text is written when it is sent, from ``template`` and ``values``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=Language)
    template = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    #: What the recipient may stop by; empty = a duty (log-in links, invitations) that can't be stopped.
    topic = models.CharField(max_length=40, blank=True)
    #: The same key is never queued twice.
    once = models.CharField(max_length=200, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    #: The summary that carries it, where the recipient wants one mail a day or a week.
    summary = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "send_after"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"


class MailOptOut(models.Model):
    """Somebody wants no more mail on one topic: a person, or an address that belongs to none."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="mail_opt_outs"
    )
    address = models.EmailField(blank=True)
    topic = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"], condition=~models.Q(person=None), name="person_opts_out_once"
            ),
            models.UniqueConstraint(
                fields=["address", "topic"], condition=models.Q(person=None), name="address_opts_out_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(address=""), name="opt_out_is_a_persons_or_an_addresss"
            ),
        ]

    def __str__(self) -> str:
        return self.topic
