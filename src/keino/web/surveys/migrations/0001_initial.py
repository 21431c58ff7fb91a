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
                    name="Form",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("application", "application to a programme"),
                                    ("assignment", "assignment of a programme"),
                                    ("feedback", "feedback on a session"),
                                    ("study", "study over years"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                                verbose_name="What it is for",
                            ),
                        ),
                        ("title", models.JSONField(verbose_name="Title")),
                        (
                            "anonymity",
                            models.CharField(
                                choices=[
                                    ("named", "with names: it is known who answered"),
                                    ("anonymous", "anonymous: nobody can tell who answered"),
                                ],
                                default="named",
                                max_length=10,
                                verbose_name="Who answered",
                            ),
                        ),
                        ("is_retired", models.BooleanField(default=False, verbose_name="Not offered any more")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                                related_name="forms",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "purpose"], name="forms_of_organisation")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("anonymity__in", ["named", "anonymous"])),
                                name="form_anonymity_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("subject", models.CharField(blank=True, max_length=80)),
                        ("key", models.CharField(blank=True, max_length=64, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("sent", "sent")],
                                default="draft",
                                max_length=5,
                                verbose_name="State",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("begun_on", models.DateField(default=django.utils.timezone.localdate, editable=False)),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "about_organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="form_answers",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "begun_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="surveys.formversion",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["subject", "state"], name="answers_of_a_subject")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("form_version", "subject", "key"), name="one_answer_of_a_respondent"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("sent_on__isnull", False), _connector="OR"),
                                name="sent_answer_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("question_code", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=200, verbose_name="File")),
                        ("stored_as", models.CharField(max_length=300)),
                        ("size_bytes", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="surveys.formanswer",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("answer", "question_code"), name="one_file_per_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Version")),
                        ("languages", models.JSONField(default=list, verbose_name="Languages")),
                        ("intro", models.JSONField(blank=True, default=dict, verbose_name="Introduction")),
                        ("questions", models.JSONField(default=list, verbose_name="Questions")),
                        (
                            "data_purpose",
                            models.JSONField(blank=True, default=dict, verbose_name="What the answers are used for"),
                        ),
                        (
                            "legal_basis",
                            models.CharField(
                                choices=[
                                    ("consent", "consent of whoever answers (article 6(1)(a))"),
                                    ("contract", "an agreement with whoever answers (article 6(1)(b))"),
                                    ("legal_duty", "a duty by law (article 6(1)(c))"),
                                    ("public_task", "a task carried out in the public interest (article 6(1)(e))"),
                                ],
                                default="public_task",
                                max_length=12,
                                verbose_name="Legal basis",
                            ),
                        ),
                        (
                            "kept_months",
                            models.PositiveSmallIntegerField(default=24, verbose_name="Kept for months after sending"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="surveys.form",
                                verbose_name="Form",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Published by",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "number"), name="form_version_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", True)),
                                fields=("form",),
                                name="one_draft_of_a_form",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kept_months__gte", 1), ("kept_months__lte", 120)),
                                name="form_kept_for_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answered",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("subject", models.CharField(blank=True, max_length=80)),
                        ("key", models.CharField(max_length=64)),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answered",
                                to="surveys.formversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("form_version", "subject", "key"), name="anonymous_answer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObstacleCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="Code")),
                        ("text", models.JSONField(verbose_name="Obstacle")),
                        ("is_retired", models.BooleanField(default=False, verbose_name="Not offered any more")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obstacle_codes",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "code"), name="obstacle_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("baseline", "baseline"),
                                    ("end", "end of a period"),
                                    ("follow_up", "follow-up"),
                                ],
                                max_length=10,
                                verbose_name="Kind of round",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        ("edition", models.CharField(max_length=10, verbose_name="Edition of the questions")),
                        ("opens_on", models.DateField(verbose_name="First day to answer")),
                        ("closes_on", models.DateField(verbose_name="Last day to answer")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("collecting", "open for answers"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="collecting",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "people",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="People who could answer"),
                        ),
                        (
                            "respondents",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="People who answered"),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="Closed")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Closed by",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Opened by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="maturity_rounds",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "edition"], name="rounds_to_compare")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "collecting")),
                                fields=("organisation",),
                                name="one_round_open_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="round_closes_after_it_opens",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=80, verbose_name="Name")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="Place in the list")),
                        ("is_unsaid", models.BooleanField(default=False, verbose_name="No group said")),
                        (
                            "respondents",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="People who answered"),
                        ),
                        ("is_joined", models.BooleanField(default=False, verbose_name="Left out with a small group")),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="surveys.round"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "position"), name="round_group_position_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("person_key", models.CharField(max_length=64)),
                        ("answers", models.JSONField(default=dict)),
                        ("is_sent", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="surveys.round"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="surveys.roundgroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "person_key"), name="one_sheet_for_each_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("area_code", models.CharField(max_length=40)),
                        ("mean", models.FloatField()),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="surveys.roundgroup",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="surveys.round"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("group", None)),
                                fields=("round", "area_code"),
                                name="score_of_the_whole_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("group", None), _negated=True),
                                fields=("round", "group", "area_code"),
                                name="score_of_a_group_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mean__gte", 1), ("mean__lte", 5)), name="score_is_a_level"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Study",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.JSONField(verbose_name="Title")),
                        ("question", models.JSONField(blank=True, default=dict, verbose_name="What it wants to know")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="studies",
                                to="surveys.form",
                                verbose_name="Form",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="studies",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "studies",
                    },
                ),
                migrations.CreateModel(
                    name="StudyRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                        ("opens_on", models.DateField(verbose_name="First day to answer")),
                        ("closes_on", models.DateField(verbose_name="Last day to answer")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("collecting", "open for answers"),
                                    ("closed", "closed"),
                                    ("published", "published"),
                                ],
                                default="collecting",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("results", models.JSONField(blank=True, null=True, verbose_name="Results")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="Closed")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_rounds",
                                to="surveys.formversion",
                                verbose_name="Version of the form",
                            ),
                        ),
                        (
                            "study",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rounds",
                                to="surveys.study",
                                verbose_name="Study",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "closes_on"], name="study_rounds_open")],
                        "constraints": [
                            models.UniqueConstraint(fields=("study", "year"), name="one_round_of_a_study_a_year"),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="study_round_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("results__isnull", True), ("state", "collecting")),
                                    models.Q(
                                        models.Q(("state", "collecting"), _negated=True), ("results__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="study_round_closed_with_results",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("held_on", models.DateField(verbose_name="Held on")),
                        ("position", models.CharField(max_length=120, verbose_name="What the official does")),
                        ("notes", models.TextField(blank=True, max_length=20000, verbose_name="Notes")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "about_organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="organisations.organisation",
                                verbose_name="Organisation of the official",
                            ),
                        ),
                        (
                            "interviewer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Interviewer",
                            ),
                        ),
                        (
                            "obstacles",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="surveys.obstaclecode", verbose_name="Obstacles"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="surveys.studyround",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["round", "interviewer"], name="interviews_of_interviewer")],
                    },
                ),
            ],
        ),
    ]
