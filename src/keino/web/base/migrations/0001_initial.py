import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import keino.web.base.create_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ScheduledWork",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("next_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField(blank=True, null=True)),
                        ("last_took_ms", models.PositiveIntegerField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkerBeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("queue", models.CharField(max_length=10)),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("beat_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("email", models.EmailField(max_length=254, verbose_name="E-mail address")),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="Name")),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                default="fi",
                                max_length=2,
                                verbose_name="Language",
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                choices=[
                                    ("at_once", "at once"),
                                    ("daily", "once a day"),
                                    ("weekly", "once a week"),
                                    ("never", "never"),
                                ],
                                default="at_once",
                                max_length=10,
                                verbose_name="Mail that isn't a duty",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_staff", models.BooleanField(default=False)),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"), name="person_email_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=60)),
                        ("arguments", models.JSONField(default=dict)),
                        ("queue", models.CharField(default="long", max_length=10)),
                        ("subject", models.CharField(blank=True, db_index=True, max_length=80)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("step", models.CharField(blank=True, max_length=40)),
                        ("done", models.PositiveBigIntegerField(default=0)),
                        ("whole", models.PositiveBigIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("max_attempts", models.PositiveSmallIntegerField(default=3)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("run_after", models.DateTimeField(default=django.utils.timezone.now)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("task", models.UUIDField(blank=True, editable=False, null=True)),
                        ("claim", models.UUIDField(blank=True, editable=False, null=True)),
                        ("worker", models.CharField(blank=True, editable=False, max_length=100)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "run_after"], name="job_due")],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("address", models.EmailField(max_length=254)),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")], max_length=2
                            ),
                        ),
                        ("template", models.CharField(max_length=80)),
                        ("values", models.JSONField(default=dict)),
                        ("topic", models.CharField(blank=True, max_length=40)),
                        ("once", models.CharField(blank=True, max_length=200, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("held", "kept for the next summary"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                    ("skipped", "not sent, as the recipient wished"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("send_after", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "summary",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="parts",
                                to="base.mail",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "send_after"], name="mail_due")],
                    },
                ),
                migrations.CreateModel(
                    name="MailOptOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.EmailField(blank=True, max_length=254)),
                        ("topic", models.CharField(max_length=40)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_opt_outs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person", None), _negated=True),
                                fields=("person", "topic"),
                                name="person_opts_out_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("address", "topic"),
                                name="address_opts_out_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", None), ("address", ""), _connector="XOR"),
                                name="opt_out_is_a_persons_or_an_addresss",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Translation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_id", models.CharField(max_length=64)),
                        ("field", models.CharField(max_length=60)),
                        ("language", models.CharField(max_length=2)),
                        ("original_language", models.CharField(max_length=2)),
                        ("made_from", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("behind_since", models.DateTimeField(blank=True, db_index=True, null=True)),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("content_type", "object_id", "field", "language"),
                                name="one_translation_per_language",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
