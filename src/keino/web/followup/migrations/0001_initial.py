import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import keino.web.base.create_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("measurement", "0001_initial"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="CouncilReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("summary", models.TextField(blank=True, max_length=700, verbose_name="In short")),
                        (
                            "summary_fi",
                            models.TextField(blank=True, max_length=700, null=True, verbose_name="In short"),
                        ),
                        (
                            "summary_sv",
                            models.TextField(blank=True, max_length=700, null=True, verbose_name="In short"),
                        ),
                        (
                            "summary_en",
                            models.TextField(blank=True, max_length=700, null=True, verbose_name="In short"),
                        ),
                        ("next_steps", models.TextField(blank=True, max_length=600, verbose_name="Next steps")),
                        (
                            "next_steps_fi",
                            models.TextField(blank=True, max_length=600, null=True, verbose_name="Next steps"),
                        ),
                        (
                            "next_steps_sv",
                            models.TextField(blank=True, max_length=600, null=True, verbose_name="Next steps"),
                        ),
                        (
                            "next_steps_en",
                            models.TextField(blank=True, max_length=600, null=True, verbose_name="Next steps"),
                        ),
                        (
                            "meeting_on",
                            models.DateField(blank=True, null=True, verbose_name="Meeting of the council on"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("superseded", "superseded by a newer one"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
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
                            "created_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="council_reports",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="council_reports",
                                to="measurement.run",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "year", "edition"), name="one_report_of_an_edition"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("organisation", "year"),
                                name="one_draft_of_a_year",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved")),
                                fields=("organisation", "year"),
                                name="one_approved_report",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("organisation", "year"),
                                name="one_published_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(("approved_at__isnull", False), ("content__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_approved_report_has_its_numbers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_published_report_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("question", models.JSONField()),
                        ("question_key", models.CharField(max_length=64)),
                        ("shape", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_ups",
                                to="measurement.run",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "question_key", "shape"), name="one_answer_to_a_question"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("finished_at", None), ("content__isnull", False), _connector="OR"),
                                name="finished_with_an_answer",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
