"""Organisations' own log-ins (OpenID Connect) and the mail domains for which each vouches."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LogInProvider(models.Model):
    """One organisation's log-in. ``provider_id`` stands in its callback address and never changes.

    The provider vouches only for addresses of its own domains. Without ``vouches_without_claim`` it must also say
    ``email_verified`` of each; Microsoft Entra ID doesn't send that claim, so there the domains alone decide.
    """

    provider_id = models.SlugField(_("Identifier"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    issuer = models.URLField(_("Issuer"), max_length=300)
    client_id = models.CharField(_("Client ID"), max_length=191)
    #: Encrypted (``accounts.sealed``); the audit trail leaves it out.
    sealed_secret = models.TextField(blank=True, editable=False)
    vouches_without_claim = models.BooleanField(
        _("The addresses are right even where the log-in doesn't say that it verified them (Entra ID)"), default=False
    )
    is_required = models.BooleanField(_("People of these domains may log in in no other way"), default=False)
    is_active = models.BooleanField(_("In use"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(issuer=""), name="log_in_has_an_issuer"),
        ]

    def __str__(self) -> str:
        return self.name


class LogInDomain(models.Model):
    """A mail domain (``town.example``), in lower case; it belongs to one provider at most."""

    provider = models.ForeignKey(LogInProvider, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("Mail domain"), max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("domain"), name="log_in_domain_once")]

    def __str__(self) -> str:
        return self.domain
