"""Mail that waits to be sent, was sent, or could not be: rows that a worker sends (``base.mail``)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.base.choices import Language, MailState


class Mail(models.Model):
    """One mail to one address. The text is written when it is sent, from ``template`` and ``values``."""

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
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "send_after"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"
