"""Applications of organisations to an edition: their texts, their team, how they moved."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.programmes.choices.applications import ENDED, WRITABLE, ApplicationState


class Application(models.Model):
    """An organisation's application, from the first interest on. The organisation applies; people write for it.

    ``interest`` is the short form; the texts below it are the application itself, which the organisation writes once
    the discussion was held and it has decided to apply (``goes_on``). ``version`` is raised by every change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(_("State"), max_length=20, choices=ApplicationState, default=ApplicationState.INTEREST)

    #: Whom the centre asks until a responsible person is named.
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    interest = models.TextField(_("What would you like to achieve?"), max_length=2_000)
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    #: What the organisation decided after the discussion; None = it hasn't.
    goes_on = models.BooleanField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    pilot = models.TextField(_("What is the pilot about?"), blank=True, max_length=5_000)
    procurement = models.ForeignKey(
        "procurements.Procurement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
        verbose_name=_("The pilot among our procurements"),
    )
    motivation = models.TextField(_("Why do you apply, and what is your goal?"), blank=True, max_length=5_000)
    groundwork = models.TextField(_("What have you done for this already?"), blank=True, max_length=5_000)
    sharing = models.TextField(_("How will you tell others of what you learn?"), blank=True, max_length=5_000)
    capacity = models.TextField(_("What time and means do you have for it?"), blank=True, max_length=5_000)

    agrees_to_data = models.BooleanField(
        _("We give the data that the programme needs of our procurements, and may be interviewed."), default=False
    )
    agrees_to_publication = models.BooleanField(
        _("If we are selected, our organisation's name and pilot may be published."), default=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager[Application]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation"],
                condition=~Q(state=ApplicationState.WITHDRAWN),
                name="one_application_to_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted({*WRITABLE, ApplicationState.WITHDRAWN})) | ~Q(submitted_at=None),
                name="application_was_sent_at_some_time",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="applications_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.edition}"

    @property
    def is_writable(self) -> bool:
        """Whether the applicant can still write (in time or not)."""
        return self.state in WRITABLE

    @property
    def has_ended(self) -> bool:
        """Whether nothing comes after its state."""
        return self.state in ENDED


def label_of(column: str) -> str:
    """What a column of an application is called, in the reader's language."""
    field = Application._meta.get_field(column)  # noqa: SLF001  # Django's own name
    assert isinstance(field, models.Field)
    return str(field.verbose_name)


class ApplicationQuestions(models.Model):
    """The questions of its own that an edition asks with the application: a published version of a form."""

    edition = models.OneToOneField("programmes.Edition", on_delete=models.CASCADE, related_name="application_questions")
    form_version = models.ForeignKey(
        "surveys.FormVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("Form")
    )

    def __str__(self) -> str:
        return f"{self.form_version}"


class ApplicationMove(models.Model):
    """A move of an application from one state to another: its timeline. ``from_state`` is empty for the first one."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=20, choices=ApplicationState, blank=True)
    to_state = models.CharField(max_length=20, choices=ApplicationState)
    why = models.TextField(_("Why"), blank=True, max_length=2_000)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class ApplicationMember(models.Model):
    """A person of the applicant's team. Whoever has an account stands by it too; the others by name and address.

    ``role`` is the code of a role that the edition wants (``TeamRoleWanted``); empty = none of these.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-mail address"))
    title = models.CharField(_("Title or unit"), max_length=200, blank=True)
    role = models.CharField(_("Role in the team"), max_length=60, blank=True)
    is_responsible = models.BooleanField(_("Responsible person of the team"), default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Key of the form it was added with: pressing twice adds one.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-is_responsible", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_responsible=True), name="one_responsible_in_a_team"
            ),
            models.UniqueConstraint(fields=["application", "email"], condition=~Q(email=""), name="once_in_a_team"),
            models.UniqueConstraint(fields=["application", "made_with"], name="team_member_made_once"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("a former member")


class CommitmentRequest(models.Model):
    """A request to the management to stand behind an application: by their own log-in or by a mailed link.

    The link's secret is stored as a hash; it works once and until ``expires_at``. ``name`` and ``email`` are the
    manager's; once confirmed, ``confirmed_name`` is what they wrote themselves.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="commitments")
    name = models.CharField(_("The manager's name"), max_length=200, blank=True)
    email = models.EmailField(_("The manager's e-mail address"), blank=True)
    language = models.CharField(max_length=2, default="fi")
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    #: The last day on which the link was mailed, and how often on that day.
    mailed_on = models.DateField(null=True, blank=True, editable=False)
    mailed_that_day = models.PositiveSmallIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_name = models.CharField(max_length=200, blank=True)
    confirmed_title = models.CharField(max_length=200, blank=True)
    #: Digests of what was confirmed, by part (``queries.commitments``).
    stood_behind = models.JSONField(default=dict, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.TextField(blank=True, max_length=2_000)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(confirmed_at=None, declined_at=None, withdrawn_at=None),
                name="one_open_commitment_request",
            )
        ]

    def __str__(self) -> str:
        return self.confirmed_name or self.name or self.email

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer, in time or not."""
        return self.confirmed_at is None and self.declined_at is None and self.withdrawn_at is None

    @property
    def is_expired(self) -> bool:
        """Whether the link's time is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()
