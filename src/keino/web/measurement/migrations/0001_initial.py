import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import keino.web.base.create_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Ledger",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "files are being added"),
                                    ("reading", "being read"),
                                    ("read", "read"),
                                    ("failed", "could not be read"),
                                    ("confirmed", "looks right"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("ledger_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("books_total", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                        ("approval_note", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("files_deleted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "files_deleted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledgers",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_ledgers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ledgers",
                                to="measurement.visit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "state"], name="ledger_of_organisation")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("organisation", None), ("visit", None), _connector="XOR"),
                                name="ledger_owned_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "being calculated"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("options", models.JSONField(default=dict)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("manifest", models.JSONField(blank=True, null=True)),
                        ("folder", models.CharField(blank=True, max_length=200)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ledgers", models.ManyToManyField(related_name="runs", to="measurement.ledger")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="measurement.run",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runs",
                                to="measurement.visit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "state", "-finished_at"], name="run_current")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("organisation", None), ("visit", None), _connector="XOR"),
                                name="run_owned_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(("result__isnull", False), models.Q(("folder", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="a_finished_run_has_its_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("header_key", models.CharField(max_length=64)),
                        ("content", models.TextField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mappings",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="measurement.visit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("organisation", None), ("visit", None), _connector="XOR"),
                                name="mapping_owned_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organisation", None), _negated=True),
                                fields=("organisation", "header_key"),
                                name="one_mapping_per_header",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("visit", None), _negated=True),
                                fields=("visit", "header_key"),
                                name="one_mapping_per_header_of_visit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("size_bytes", models.PositiveBigIntegerField()),
                        ("received_bytes", models.PositiveBigIntegerField(default=0)),
                        ("pieces", models.JSONField(blank=True, default=list)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("stored_as", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "being sent"),
                                    ("checking", "being checked"),
                                    ("received", "received"),
                                    ("refused", "refused"),
                                    ("read", "read"),
                                    ("failed", "could not be read"),
                                    ("replaced", "replaced by newer corrections"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("mapping_content", models.TextField(blank=True)),
                        ("header_key", models.CharField(blank=True, max_length=64)),
                        ("reading", models.JSONField(blank=True, null=True)),
                        ("preview", models.JSONField(blank=True, null=True)),
                        ("rejected_in", models.CharField(blank=True, max_length=200)),
                        ("scanned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "replaced_amount",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "ledger",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="measurement.ledger",
                            ),
                        ),
                        (
                            "mends",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mended_files",
                                to="measurement.ledgerfile",
                            ),
                        ),
                        (
                            "mapping",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="measurement.savedmapping",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["sha256"], name="file_by_bytes")],
                    },
                ),
                migrations.CreateModel(
                    name="CategoryRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("conditions", models.JSONField()),
                        ("category", models.CharField(blank=True, max_length=60)),
                        ("exclusion_reason", models.CharField(blank=True, max_length=60)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="category_rules",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="measurement.visit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "ended_at"], name="rules_in_force")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("organisation", None), ("visit", None), _connector="XOR"),
                                name="rule_owned_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category", ""), ("exclusion_reason", ""), _connector="XOR"),
                                name="rule_decides_category_or_exclusion",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MendedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("row", models.PositiveBigIntegerField()),
                        ("cells", models.JSONField()),
                        ("mended_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mended_rows",
                                to="measurement.ledgerfile",
                            ),
                        ),
                        (
                            "mended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("file", "row"), name="row_mended_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RunTotal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("category", models.CharField(max_length=60)),
                        ("lines", models.PositiveBigIntegerField()),
                        ("spend", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("footprint_kgco2e", models.FloatField(null=True)),
                        ("low_kgco2e", models.FloatField(null=True)),
                        ("high_kgco2e", models.FloatField(null=True)),
                        ("spend_without_factor", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="totals", to="measurement.run"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "year", "category"), name="one_total_per_year")
                        ],
                    },
                ),
            ],
        ),
    ]
