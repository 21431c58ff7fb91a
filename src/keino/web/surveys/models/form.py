"""Forms and their versions. A published version is what people answered, so it never changes."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.domain.questionnaires.question import Question, questions_from_json
from keino.web.base.frozen import Frozen, FrozenQuerySet
from keino.web.surveys.choices import Anonymity, FormPurpose, LegalBasis
from keino.web.surveys.form_errors import VersionIsPublished
from keino.web.surveys.texts import Said, in_reader_language


class Form(models.Model):
    """A form, of the organisation that asks. ``title`` is language → text.

    ``anonymity`` may be made stronger at any time and weaker only before anybody has answered.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="forms")
    purpose = models.CharField(_("What it is for"), max_length=12, choices=FormPurpose)
    title = models.JSONField(_("Title"))
    anonymity = models.CharField(_("Who answered"), max_length=10, choices=Anonymity, default=Anonymity.NAMED)
    #: Not offered any more; what was answered stays.
    is_retired = models.BooleanField(_("Not offered any more"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(anonymity__in=Anonymity.values), name="form_anonymity_known")]
        indexes = [models.Index(fields=["organisation", "purpose"], name="forms_of_organisation")]

    def __str__(self) -> str:
        return in_reader_language(self.title).text

    @property
    def shown_title(self) -> Said:
        """The title, for the reader."""
        return in_reader_language(self.title)

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can tell who answered."""
        return self.anonymity == Anonymity.ANONYMOUS

    @property
    def is_of_programme(self) -> bool:
        """Whether its answers belong to an application or an assignment, which can outlive the form's time."""
        return self.purpose in {FormPurpose.APPLICATION, FormPurpose.ASSIGNMENT}


class FormVersion(Frozen):
    """The questions as they stand in one version (``domain.questionnaires.question`` as JSON), in ``languages``.

    With them the entry in the register of personal data that people see when they answer: why the data are asked for
    (``data_purpose``), on what ground they are held and for how many months after sending. Texts are language → text.
    A draft has no ``published_at``; a form has at most one. ``version`` is raised by every change of a draft.
    """

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {"form", "number", "languages", "intro", "questions", "data_purpose", "legal_basis", "kept_months"}
        | {"published_at", "published_by"}
    )
    IS_FINAL: ClassVar[Q] = Q(published_at__isnull=False)
    REFUSAL = VersionIsPublished

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions", verbose_name=_("Form"))
    number = models.PositiveSmallIntegerField(_("Version"))
    languages = models.JSONField(_("Languages"), default=list)
    intro = models.JSONField(_("Introduction"), default=dict, blank=True)
    questions = models.JSONField(_("Questions"), default=list)
    data_purpose = models.JSONField(_("What the answers are used for"), default=dict, blank=True)
    legal_basis = models.CharField(_("Legal basis"), max_length=12, choices=LegalBasis, default=LegalBasis.PUBLIC_TASK)
    kept_months = models.PositiveSmallIntegerField(_("Kept for months after sending"), default=24)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Published by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager[FormVersion]] = FrozenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(published_at__isnull=True), name="one_draft_of_a_form"
            ),
            models.CheckConstraint(condition=Q(kept_months__gte=1, kept_months__lte=120), name="form_kept_for_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.number})"

    @property
    def is_published(self) -> bool:
        """Whether it can be answered and never changes any more."""
        return self.published_at is not None

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions as values."""
        return questions_from_json(self.questions)

    @property
    def personal(self) -> tuple[Question, ...]:
        """The questions whose answers are personal data."""
        return tuple(question for question in self.asked if question.personal)

    @property
    def shown_intro(self) -> Said:
        """The introduction, for the reader."""
        return in_reader_language(self.intro)

    @property
    def shown_data_purpose(self) -> Said:
        """What the answers are used for, for the reader."""
        return in_reader_language(self.data_purpose)

    @property
    def shown_personal(self) -> tuple[Said, ...]:
        """The questions whose answers are personal data, for the reader."""
        return tuple(in_reader_language(question.text) for question in self.personal)
