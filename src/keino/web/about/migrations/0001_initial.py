import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import keino.web.base.create_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="PageViews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("page", models.CharField(max_length=100)),
                        ("language", models.CharField(max_length=2)),
                        ("views", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "page", "language"), name="one_count_per_page_day_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=10, unique=True)),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("not_assessed", "not assessed"),
                                    ("pass", "met"),
                                    ("partial", "met in part"),
                                    ("fail", "not met"),
                                    ("not_present", "nothing of the kind on the site"),
                                ],
                                default="not_assessed",
                                max_length=15,
                                verbose_name="Finding",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="What doesn't work, and why")),
                        (
                            "reason_fi",
                            models.TextField(blank=True, null=True, verbose_name="What doesn't work, and why"),
                        ),
                        (
                            "reason_sv",
                            models.TextField(blank=True, null=True, verbose_name="What doesn't work, and why"),
                        ),
                        (
                            "reason_en",
                            models.TextField(blank=True, null=True, verbose_name="What doesn't work, and why"),
                        ),
                        ("alternative", models.TextField(blank=True, verbose_name="What to do instead")),
                        ("alternative_fi", models.TextField(blank=True, null=True, verbose_name="What to do instead")),
                        ("alternative_sv", models.TextField(blank=True, null=True, verbose_name="What to do instead")),
                        ("alternative_en", models.TextField(blank=True, null=True, verbose_name="What to do instead")),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "our own check, by hand and by program"),
                                    ("audit", "check by somebody outside"),
                                    ("people", "test with people who use assistive technology"),
                                ],
                                max_length=10,
                                verbose_name="How it was found out",
                            ),
                        ),
                        ("evaluated_on", models.DateField(blank=True, null=True, verbose_name="Assessed on")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assessed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finding", "not_assessed"), ("evaluated_on__isnull", False), _connector="OR"
                                ),
                                name="a_finding_has_its_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("accessibility", "accessibility"),
                                    ("fault", "something doesn't work"),
                                    ("numbers", "a number or its source"),
                                    ("privacy", "privacy"),
                                    ("security", "security"),
                                    ("other", "something else"),
                                ],
                                max_length=15,
                                verbose_name="About",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="Your message")),
                        ("page", models.CharField(blank=True, max_length=300, verbose_name="Page")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")], max_length=2
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waiting for an answer"),
                                    ("answered", "answered"),
                                    ("closed", "closed without an answer"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("due_on", models.DateField()),
                        ("answer", models.TextField(blank=True, verbose_name="Answer")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_on"], name="feedback_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "open"), ("ended_at", None)),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="feedback_ends_with_its_time",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
