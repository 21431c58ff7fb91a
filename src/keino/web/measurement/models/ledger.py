"""Ledgers as they were uploaded, how they were read, and what people mended in them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from keino.web.measurement.choices import FileState, LedgerState

OWNED_ONCE = Q(organisation=None) ^ Q(visit=None)


class Ledger(models.Model):
    """Purchase ledger of an organisation (or of a visit): one or more files that are read together.

    The files' bytes are kept as they came. ``version`` is raised by every change, so that a form opened before somebody
    else's change is refused.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="ledgers"
    )
    visit = models.ForeignKey(
        "measurement.Visit", null=True, blank=True, on_delete=models.CASCADE, related_name="ledgers"
    )
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=LedgerState, default=LedgerState.OPEN)
    #: Year of rows without a date; None = keino takes it from the file.
    ledger_year = models.PositiveSmallIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_ledgers"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    #: The total of the books that the approver compared with, in the ledger's currency.
    books_total = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    #: Why the books differ from the ledger, where they do.
    approval_note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: The organisation had the files of the withdrawn ledger deleted; how many rows were read stays.
    files_deleted_at = models.DateTimeField(null=True, blank=True)
    files_deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=OWNED_ONCE, name="ledger_owned_once")]
        indexes = [models.Index(fields=["organisation", "state"], name="ledger_of_organisation")]

    def __str__(self) -> str:
        return self.title


class LedgerFile(models.Model):
    """One file of a ledger. It arrives in pieces; ``received_bytes`` is where the next piece goes.

    ``reading`` is the engine's ``LedgerReading`` as JSON (money as decimal strings), None until the file was read.
    ``preview`` is what the reading page and the mapping wizard show of it (``engine.look``): columns with sample
    values, the first rows as understood. ``mapping_content`` is the mapping it was read with, kept here so that a
    mapping that is changed later never changes how this file is read again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="files")
    #: As the sender called it, without folders; shown, never used as a path.
    name = models.CharField(max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    #: Names in the file storage of the pieces that have come, in order; empty once they are one file.
    pieces = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    #: Name in Django's file storage; made from ``public_id``.
    stored_as = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.RECEIVING)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    mapping = models.ForeignKey(
        "measurement.SavedMapping", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mapping_content = models.TextField(blank=True)
    #: Hash of the header that keino found by itself; what a mapping is learned for. Empty without a header.
    header_key = models.CharField(max_length=64, blank=True)
    reading = models.JSONField(null=True, blank=True)
    preview = models.JSONField(null=True, blank=True)
    #: Folder of this reading's rejected rows under the store; empty when none was rejected.
    rejected_in = models.CharField(max_length=200, blank=True)
    #: When the virus scanner called it clean; None = not looked at, and not read where there is a scanner.
    scanned_at = models.DateTimeField(null=True, blank=True)
    #: Made by keino of the rows that somebody mended in this file.
    mends = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="mended_files")
    #: What the rows in this file were worth as they were rejected, where that could be read; of mended files only.
    replaced_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_by_bytes")]

    def __str__(self) -> str:
        return self.name


class SavedMapping(models.Model):
    """What the columns of one kind of file mean, as an organisation taught it: used again for the same header.

    ``header_key`` is a hash of the header's texts; ``content`` is a mapping file of the engine (TOML text). ``title``
    is the file it was taught with.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200, blank=True)

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="mappings"
    )
    visit = models.ForeignKey("measurement.Visit", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    header_key = models.CharField(max_length=64)
    content = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=OWNED_ONCE, name="mapping_owned_once"),
            models.UniqueConstraint(
                fields=["organisation", "header_key"],
                condition=~Q(organisation=None),
                name="one_mapping_per_header",
            ),
            models.UniqueConstraint(
                fields=["visit", "header_key"], condition=~Q(visit=None), name="one_mapping_per_header_of_visit"
            ),
        ]

    def __str__(self) -> str:
        return self.header_key[:12]


class MendedRow(models.Model):
    """A rejected row as somebody mended it: the cells under the ledger's own header. ``row`` is the ledger's row."""

    file = models.ForeignKey(LedgerFile, on_delete=models.CASCADE, related_name="mended_rows")
    row = models.PositiveBigIntegerField()
    cells = models.JSONField()
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    mended_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "row"], name="row_mended_once")]

    def __str__(self) -> str:
        return f"{self.file}: {self.row}"
