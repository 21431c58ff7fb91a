"""What an edition asks and wants: criteria, rules of eligibility, roles of a team, people named in it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.programmes.choices import CriterionKind, EditionPersonKind, RuleKind
from keino.web.programmes.models.edition import Edition
from keino.web.programmes.models.texts import short_text


class _Part(models.Model):
    """Something that an edition asks or wants, with its name in the languages that somebody wrote it in."""

    #: The field that says what it is.
    NAMED_BY: ClassVar[str] = "name"
    edition: models.ForeignKey[Edition, Edition]
    code: models.SlugField[str, str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """What it is, in the reader's language."""
        return short_text(self, self.NAMED_BY, self.original_language) or self.code

    @property
    def original_language(self) -> str:
        """The language in which it was written."""
        return self.edition.original_language


class Criterion(_Part):
    """A criterion of the choice: one that must be met, or one that is scored 0–4 and counts by its weight."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(_("Code"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("How it is used"), max_length=10, choices=CriterionKind, default=CriterionKind.SCORED)
    weight = models.PositiveSmallIntegerField(_("Weight"), default=1)
    name = models.CharField(_("Name"), max_length=150)
    guidance = models.TextField(_("What is looked at"), max_length=2_000, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="edition_criterion_once"),
            models.CheckConstraint(
                condition=Q(kind=CriterionKind.PASS_FAIL, weight=0) | Q(kind=CriterionKind.SCORED, weight__gte=1),
                name="edition_criterion_has_weight_if_scored",
            ),
        ]


class EligibilityRule(_Part):
    """A rule of the self-check: kinds of organisations that may apply, or a statement that has to be true.

    ``is_required`` decides whether "no" closes the way or only calls for a talk; ``why_not`` explains it.
    """

    NAMED_BY = "question"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="eligibility_rules")
    code = models.SlugField(_("Code"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("What it asks"), max_length=20, choices=RuleKind, default=RuleKind.STATEMENT)
    #: Kinds of organisations (``OrganisationKind``) that may apply; empty for a statement.
    values = models.JSONField(_("Kinds of organisations"), default=list, blank=True)
    is_required = models.BooleanField(_("Required"), default=True)
    question = models.CharField(_("Statement"), max_length=300, blank=True)
    why_not = models.TextField(_("Why not, and what to do"), max_length=1_000, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="edition_rule_once")]


class TeamRoleWanted(_Part):
    """A role that a participant's team should have."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="team_roles")
    code = models.SlugField(_("Code"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Role"), max_length=150)
    is_required = models.BooleanField(_("Required"), default=False)
    #: The holder of this role answers for the participation.
    is_responsible = models.BooleanField(_("Responsible person"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="edition_team_role_once")]


class EditionPerson(models.Model):
    """Somebody of the centre who is named in an edition: host, expert, reviewer, mentor or decider."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="named_in_editions")
    kind = models.CharField(_("Named as"), max_length=10, choices=EditionPersonKind)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "person", "kind"], name="edition_person_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
