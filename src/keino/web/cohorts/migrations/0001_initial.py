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
        ("plans", "0001_initial"),
        ("procurements", "0001_initial"),
        ("programmes", "0001_initial"),
        ("surveys", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="DevelopmentPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("as_is", models.TextField(blank=True, max_length=10000, verbose_name="Where we stand")),
                        ("target", models.TextField(blank=True, max_length=10000, verbose_name="Where we want to be")),
                        ("steps", models.JSONField(blank=True, default=list, verbose_name="Steps")),
                        (
                            "resources",
                            models.TextField(blank=True, max_length=10000, verbose_name="People, time and money"),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "participation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="development_plan",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="GroupNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("text", models.TextField(max_length=20000, verbose_name="Text")),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="cohorts.peergroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-changed_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CohortLesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("what_happened", models.TextField(max_length=8000, verbose_name="What happened")),
                        ("advice", models.TextField(max_length=8000, verbose_name="Advice to others")),
                        (
                            "may_name_us",
                            models.BooleanField(
                                default=False, verbose_name="Our organisation may be named as the origin"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("offered", "offered to the centre"),
                                    ("promoted", "made a template"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="State",
                            ),
                        ),
                        ("offered_at", models.DateTimeField(blank=True, null=True, verbose_name="Offered")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "procurement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cohort_lessons",
                                to="procurements.procurement",
                                verbose_name="Pilot procurement",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-created_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Deliverable",
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
                                    ("operating_model", "operating model"),
                                    ("category_plan", "category plan"),
                                    ("action_plan", "action plan"),
                                    ("development_plan", "development plan"),
                                    ("pilot_procurement", "pilot procurement"),
                                ],
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "being written"),
                                    ("submitted", "with the mentor"),
                                    ("returned", "returned with feedback"),
                                    ("approved", "approved by the mentor"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "category_plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliverables",
                                to="plans.categoryplan",
                                verbose_name="Category plan",
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliverables",
                                to="procurements.procurement",
                                verbose_name="Procurement",
                            ),
                        ),
                        (
                            "development_plan",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliverable",
                                to="cohorts.developmentplan",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliverables",
                                to="cohorts.participation",
                            ),
                        ),
                        (
                            "shared",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cohorts.submission",
                            ),
                        ),
                        (
                            "wanted",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="deliverables",
                                to="cohorts.wanteddeliverable",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("category_plan__isnull", False)),
                                fields=("participation", "category_plan"),
                                name="category_plan_delivered_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("procurement__isnull", False)),
                                fields=("participation", "procurement"),
                                name="pilot_delivered_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliverableComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("text", models.TextField(max_length=10000, verbose_name="Comment")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deliverable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="cohorts.deliverable",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="DigitalCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("process", models.CharField(max_length=200, verbose_name="Process")),
                        ("current_tools", models.TextField(max_length=4000, verbose_name="Tools used now")),
                        ("target", models.TextField(max_length=4000, verbose_name="Target")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("ended", "ended")],
                                default="open",
                                max_length=5,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[("develop", "develop"), ("buy", "buy"), ("leave", "leave it")],
                                max_length=7,
                                verbose_name="Ended with",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=4000, verbose_name="Reason")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Ended by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="digital_cases",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-created_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end", ""), ("ended_at", None), ("state", "open")),
                                    models.Q(
                                        ("end__in", ["develop", "buy", "leave"]),
                                        ("ended_at__isnull", False),
                                        ("state", "ended"),
                                    ),
                                    _connector="OR",
                                ),
                                name="digital_case_ends_with_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DigitalOption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Option")),
                        (
                            "way",
                            models.CharField(
                                choices=[("develop", "develop"), ("buy", "buy"), ("leave", "leave it")],
                                max_length=7,
                                verbose_name="What it means",
                            ),
                        ),
                        (
                            "speaks_for",
                            models.TextField(blank=True, max_length=2000, verbose_name="What speaks for it"),
                        ),
                        (
                            "speaks_against",
                            models.TextField(blank=True, max_length=2000, verbose_name="What speaks against it"),
                        ),
                        (
                            "cost_eur",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Estimated cost, €"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="cohorts.digitalcase",
                                verbose_name="Digital sparring",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cost_eur", None), ("cost_eur__gte", 0), _connector="OR"),
                                name="digital_option_cost_not_below_zero",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionClosing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("follow_up_year", models.PositiveSmallIntegerField(verbose_name="Year of the follow-up")),
                        ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closing",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EffectNumbers",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=36, unique=True)),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("counted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "edition",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="effect_numbers",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EffectReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(default=1)),
                        ("content", models.JSONField()),
                        (
                            "summary_fi",
                            models.TextField(blank=True, max_length=1500, verbose_name="In short, in Finnish"),
                        ),
                        (
                            "summary_sv",
                            models.TextField(blank=True, max_length=1500, verbose_name="In short, in Swedish"),
                        ),
                        (
                            "summary_en",
                            models.TextField(blank=True, max_length=1500, verbose_name="In short, in English"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("approved", "approved")],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
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
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="effect_reports",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("edition__isnull", False), ("state", "draft")),
                                fields=("edition",),
                                name="one_draft_of_an_editions_effect",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("edition", None), ("state", "draft")),
                                fields=("state",),
                                name="one_draft_of_all_editions_effect",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("approved_at__isnull", False), _connector="OR"),
                                name="an_approved_effect_report_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Engagement",
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
                                    ("sparring", "sparring"),
                                    ("advice", "advice"),
                                    ("event", "event"),
                                    ("review", "review of work"),
                                    ("mail", "mail and calls"),
                                    ("other", "other work"),
                                ],
                                max_length=10,
                                verbose_name="What",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="Day")),
                        ("quarters", models.PositiveSmallIntegerField(verbose_name="Quarters of an hour")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                        ("source", models.CharField(blank=True, editable=False, max_length=60)),
                        ("is_counted", models.BooleanField(default=True, editable=False)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="engagements",
                                to="programmes.edition",
                                verbose_name="Programme",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="engagements",
                                to="organisations.organisation",
                                verbose_name="Organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="engagements",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Who",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-day", "-pk"),
                        "indexes": [
                            models.Index(fields=["person", "-day"], name="engagements_of_person"),
                            models.Index(fields=["edition", "-day"], name="engagements_of_edition"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("source", ""), _negated=True), ("person__isnull", False)),
                                fields=("person", "source"),
                                name="engagement_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_counted", True), ("quarters__gte", 1), ("quarters__lte", 96)),
                                    models.Q(("is_counted", False), ("quarters", 0)),
                                    _connector="OR",
                                ),
                                name="engagement_counts_its_hours",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupNoteVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(max_length=20000)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="cohorts.groupnote",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "written_by",
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
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(fields=("note", "number"), name="group_note_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonTemplate",
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
                                    ("action_list", "list of actions"),
                                    ("operating_model", "text for the operating model"),
                                    ("pilot_pattern", "pattern of a pilot procurement"),
                                    ("assignment", "assignment"),
                                ],
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("text", models.TextField(max_length=20000, verbose_name="Text")),
                        ("actions", models.TextField(blank=True, max_length=8000, verbose_name="Actions")),
                        (
                            "promoted_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="Made a template"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "lesson",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="template",
                                to="cohorts.cohortlesson",
                                verbose_name="Lesson",
                            ),
                        ),
                        (
                            "promoted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Made a template by",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-promoted_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                                    ("active", "takes part"),
                                    ("completed", "completed"),
                                    ("dropped", "left early"),
                                    ("alumni", "alumni"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Began")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="Why, or how it ended")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "application",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participation",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="mentored_participations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Mentor",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Responsible for the programme",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "state"], name="participations_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "organisation"), name="participation_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("state", "active")),
                                    models.Q(models.Q(("state", "active"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="participation_ended_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeftUndone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=300)),
                        ("why", models.CharField(max_length=500, verbose_name="Why it stays unfinished")),
                        (
                            "closing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="left_undone",
                                to="cohorts.editionclosing",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="left_undone",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="KnowHow",
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
                                choices=[("offers", "can help others"), ("asks", "looks for help")],
                                max_length=6,
                                verbose_name="Which way",
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("strategy", "strategy and goals"),
                                    ("management", "management and roles"),
                                    ("categories", "categories and category plans"),
                                    ("analysis", "analysis of spend and footprint"),
                                    ("dialogue", "market dialogue"),
                                    ("criteria", "criteria and their verification"),
                                    ("life_cycle", "life-cycle costs"),
                                    ("contracts", "contracts and their follow-up"),
                                    ("indicators", "indicators and impact"),
                                    ("low_carbon", "low-carbon procurement"),
                                    ("circular", "circular economy"),
                                    ("social", "social sustainability"),
                                    ("innovation", "innovation"),
                                    ("digital", "digital tools"),
                                    ("communication", "communication and risks"),
                                ],
                                max_length=20,
                                verbose_name="Topic",
                            ),
                        ),
                        ("text", models.TextField(max_length=1000, verbose_name="In your own words")),
                        (
                            "shared",
                            models.CharField(
                                choices=[
                                    ("nobody", "only our own people and mentors"),
                                    ("cohort", "the participants of this edition"),
                                    ("alumni", "the participants and alumni of all editions"),
                                ],
                                default="nobody",
                                max_length=6,
                                verbose_name="Who else may see it",
                            ),
                        ),
                        (
                            "contact_agreed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Agreed to be asked"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Whom to ask",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="know_how",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "know-how",
                        "ordering": ("topic", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpTask",
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
                                    ("alumni_meeting", "alumni meeting"),
                                    ("follow_up_meeting", "follow-up meeting"),
                                ],
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="Due on")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("cancelled", "cancelled")],
                                default="open",
                                max_length=9,
                                verbose_name="State",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="Held on")),
                        ("outcome", models.TextField(blank=True, max_length=4000, verbose_name="What came out of it")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_up_tasks",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="follow_up_tasks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Owner",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_up_tasks",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_on", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "alumni_meeting")),
                                fields=("edition",),
                                name="one_alumni_meeting_for_each_edition",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "follow_up_meeting")),
                                fields=("participation",),
                                name="one_follow_up_meeting_for_each_participant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "alumni_meeting"), ("participation", None)),
                                    models.Q(("kind", "follow_up_meeting"), ("participation__isnull", False)),
                                    _connector="OR",
                                ),
                                name="follow_up_meeting_has_its_participant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="follow_up_done_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                                    ("pre", "pre-assignment"),
                                    ("between", "between the sessions"),
                                    ("final", "at the end"),
                                ],
                                default="between",
                                max_length=10,
                                verbose_name="Kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Name")),
                        ("instructions", models.TextField(max_length=20000, verbose_name="What is to be done")),
                        ("due_at", models.DateTimeField(verbose_name="Due")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="surveys.formversion",
                                verbose_name="Questions of a form",
                            ),
                        ),
                        (
                            "only_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="own_assignments",
                                to="cohorts.participation",
                                verbose_name="Only for",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_at", "pk"),
                        "indexes": [models.Index(fields=["edition", "due_at"], name="assignments_by_due")],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "made_with"), name="assignment_made_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlumniPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alumni_people",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(fields=("participation", "person"), name="alumni_person_named_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlumniEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "is_public",
                            models.BooleanField(default=False, verbose_name="Show our organisation among the alumni"),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=1000, verbose_name="What we did in the programme"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "participation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alumni_entry",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "alumni entries",
                    },
                ),
                migrations.CreateModel(
                    name="PeerGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=100, verbose_name="Name of the group")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="peer_groups",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="peer_groups",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Mentor",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "name"), name="peer_group_named_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeerGroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="cohorts.peergroup",
                                verbose_name="Small group",
                            ),
                        ),
                        (
                            "participation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="peer_group_member",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="SharedMaterial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Name")),
                        ("text", models.TextField(blank=True, max_length=5000, verbose_name="What it is")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shared_materials",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shared_materials",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-added_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="SparringSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("starts_at", models.DateTimeField(verbose_name="Begins")),
                        ("ends_at", models.DateTimeField(verbose_name="Ends")),
                        (
                            "mode",
                            models.CharField(
                                choices=[("online", "online"), ("on_site", "on site")],
                                default="online",
                                max_length=7,
                                verbose_name="How you meet",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="Place or link")),
                        (
                            "state",
                            models.CharField(
                                choices=[("agreed", "agreed"), ("held", "held"), ("cancelled", "cancelled")],
                                default="agreed",
                                max_length=9,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "cancelled_because",
                            models.CharField(blank=True, max_length=500, verbose_name="Why it was cancelled"),
                        ),
                        ("agenda", models.TextField(blank=True, max_length=8000, verbose_name="Agenda")),
                        ("notes", models.TextField(blank=True, max_length=20000, verbose_name="Notes")),
                        ("advice", models.TextField(blank=True, max_length=20000, verbose_name="Advice given")),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "digital_case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="cohorts.digitalcase",
                                verbose_name="Digital sparring",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="sparring_sessions",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Mentor",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sparring_sessions",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sparring_sessions",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-starts_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["organisation", "starts_at"], name="sparring_of_organisation"),
                            models.Index(fields=["mentor", "starts_at"], name="sparring_of_mentor"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="sparring_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("cancelled_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sparring_cancelled_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Agreed")),
                        (
                            "action",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreed_in_sparring",
                                to="plans.action",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed",
                                to="cohorts.digitalcase",
                                verbose_name="Digital sparring",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed",
                                to="cohorts.sparringsession",
                                verbose_name="Sparring session",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("session__isnull", False), ("case__isnull", False), _connector="OR"
                                ),
                                name="agreed_in_session_or_case",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("reference", models.JSONField(default=dict)),
                        ("parts", models.JSONField(default=list)),
                        (
                            "words",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="What we ask the mentor to look at"
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True, choices=[("returned", "returned"), ("accepted", "accepted")], max_length=10
                            ),
                        ),
                        ("feedback", models.TextField(blank=True, max_length=10000, verbose_name="Feedback")),
                        ("judged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "deliverable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="submissions",
                                to="cohorts.deliverable",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submitted_by",
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
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(fields=("deliverable", "number"), name="submission_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presentation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("held_on", models.DateField(verbose_name="Date of the meeting")),
                        ("group", models.CharField(max_length=200, verbose_name="Management group")),
                        ("message", models.TextField(max_length=10000, verbose_name="What we ask the group to decide")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "approved"),
                                    ("with_changes", "approved with changes"),
                                    ("noted", "noted for information"),
                                    ("sent_back", "sent back to be prepared further"),
                                ],
                                max_length=15,
                                verbose_name="Decision",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided on")),
                        (
                            "decision_text",
                            models.TextField(blank=True, max_length=10000, verbose_name="The decision in words"),
                        ),
                        (
                            "case_number",
                            models.CharField(blank=True, max_length=200, verbose_name="Case number or minutes"),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="presentations",
                                to="plans.action",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presentations",
                                to="cohorts.participation",
                            ),
                        ),
                        (
                            "shown",
                            models.ManyToManyField(blank=True, related_name="presentations", to="cohorts.submission"),
                        ),
                    ],
                    options={
                        "ordering": ("held_on", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("participation", "made_with"), name="presentation_made_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on", None), ("decision", "")),
                                    models.Q(models.Q(("decision", ""), _negated=True), ("decided_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="presentation_decision_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="Name")),
                        ("part", models.CharField(blank=True, max_length=200, verbose_name="Part in the team")),
                        ("contact_shown_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="team",
                                to="cohorts.participation",
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
                                verbose_name="Person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("participation", "person"),
                                name="team_person_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateReuse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="Started from it"),
                        ),
                        (
                            "actions",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="plans.action", verbose_name="Actions"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reused_templates",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Started by",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reuses",
                                to="cohorts.lessontemplate",
                                verbose_name="Template",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("started_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="ToldOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("maturity_end", "Maturity, from before to the end"),
                                    ("maturity_later", "Maturity, from before to the follow-up"),
                                    ("intensity", "Footprint of a euro"),
                                    ("planned_share", "Spend in categories with an approved plan"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("told_on", models.DateField()),
                        ("content", models.JSONField()),
                        ("participants", models.JSONField()),
                        ("comparable", models.JSONField()),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="told_outcomes",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["edition", "code"], name="told_outcomes_of_an_edition")],
                    },
                ),
                migrations.CreateModel(
                    name="WantedDeliverable",
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
                                    ("operating_model", "operating model"),
                                    ("category_plan", "category plan"),
                                    ("action_plan", "action plan"),
                                    ("development_plan", "development plan"),
                                    ("pilot_procurement", "pilot procurement"),
                                ],
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="Due")),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="What matters in it")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wanted_deliverables",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_at", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "kind"), name="deliverable_wanted_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Work",
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
                                    ("assigned", "to be done"),
                                    ("submitted", "handed in"),
                                    ("returned", "returned with feedback"),
                                    ("accepted", "accepted"),
                                ],
                                default="assigned",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("draft", models.TextField(blank=True, max_length=20000, verbose_name="Our answer")),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("first_submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="cohorts.assignment",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="cohorts.participation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("assignment__due_at", "pk"),
                        "indexes": [models.Index(fields=["participation", "state"], name="works_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("assignment", "participation"), name="one_work_for_each"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "assigned"), ("first_submitted_at__isnull", False), _connector="OR"
                                ),
                                name="work_beyond_assigned_was_handed_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Version")),
                        ("text", models.TextField(blank=True, max_length=20000, verbose_name="Answer")),
                        ("submitted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True, choices=[("returned", "returned"), ("accepted", "accepted")], max_length=10
                            ),
                        ),
                        ("feedback", models.TextField(blank=True, max_length=20000, verbose_name="Feedback")),
                        ("judged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "form_answer",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="surveys.formanswer",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="cohorts.work"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-number",),
                        "constraints": [models.UniqueConstraint(fields=("work", "number"), name="work_version_once")],
                    },
                ),
                migrations.CreateModel(
                    name="WorkFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("is_in_draft", models.BooleanField(default=True)),
                        ("name", models.CharField(max_length=200, verbose_name="File")),
                        ("size_bytes", models.PositiveBigIntegerField()),
                        ("stored_as", models.CharField(max_length=200)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="cohorts.work"
                            ),
                        ),
                        (
                            "versions",
                            models.ManyToManyField(blank=True, related_name="files", to="cohorts.workversion"),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentPlanVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="Version")),
                        ("content", models.JSONField(verbose_name="Content")),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="cohorts.developmentplan",
                            ),
                        ),
                        (
                            "saved_by",
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
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "number"), name="development_plan_version_once")
                        ],
                    },
                ),
            ],
        ),
    ]
