"""Lessons of participants, the templates that the centre makes of them, and who started from those."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.choices.lessons import LessonState, TemplateKind


class CohortLesson(models.Model):
    """What an organisation learned in a programme or in its pilot, for others to use."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey("cohorts.Participation", on_delete=models.PROTECT, related_name="lessons")
    #: The pilot that taught it, where there was one.
    procurement = models.ForeignKey(
        "procurements.Procurement", null=True, blank=True, on_delete=models.SET_NULL, related_name="cohort_lessons",
        verbose_name=_("Pilot procurement"),
    )  # fmt: skip
    title = models.CharField(_("Title"), max_length=200)
    what_happened = models.TextField(_("What happened"), max_length=8000)
    advice = models.TextField(_("Advice to others"), max_length=8000)
    may_name_us = models.BooleanField(_("Our organisation may be named as the origin"), default=False)
    state = models.CharField(_("State"), max_length=8, choices=LessonState, default=LessonState.DRAFT)
    offered_at = models.DateTimeField(_("Offered"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title


class LessonTemplate(models.Model):
    """What the centre made of a lesson, for any buyer to start from. Its origin stays with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.OneToOneField(
        CohortLesson, on_delete=models.PROTECT, related_name="template",
        verbose_name=pgettext_lazy("learned", "Lesson"),
    )  # fmt: skip
    kind = models.CharField(_("Kind"), max_length=20, choices=TemplateKind)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), max_length=20_000)
    #: One action on a line, for whoever starts from it.
    actions = models.TextField(_("Actions"), max_length=8000, blank=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Made a template by"),
    )  # fmt: skip
    promoted_at = models.DateTimeField(_("Made a template"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-promoted_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def action_titles(self) -> list[str]:
        """The actions that are made of it: its lines, or itself as a note where it has none."""
        return [line.strip()[:200] for line in self.actions.splitlines() if line.strip()] or [self.title]


class TemplateReuse(models.Model):
    """That an organisation started from a template. ``public_id`` is its form's key: sent twice, it counts once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    template = models.ForeignKey(
        LessonTemplate, on_delete=models.PROTECT, related_name="reuses", verbose_name=_("Template")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="reused_templates"
    )
    actions = models.ManyToManyField("plans.Action", related_name="+", blank=True, verbose_name=_("Actions"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Started by"),
    )  # fmt: skip
    started_at = models.DateTimeField(_("Started from it"), default=timezone.now)

    class Meta:
        ordering = ("started_at", "pk")

    def __str__(self) -> str:
        return f"{self.template}: {self.organisation}"
