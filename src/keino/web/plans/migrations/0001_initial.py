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
        ("procurements", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="CategoryPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("category", models.CharField(max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("reviewed", "reviewed"),
                                    ("approved", "approved"),
                                    ("in_force", "in force"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                max_length=2,
                                verbose_name="Written in",
                            ),
                        ),
                        ("scope", models.TextField(blank=True, max_length=10000, verbose_name="What belongs to it")),
                        ("market_view", models.TextField(blank=True, max_length=10000, verbose_name="The market")),
                        ("goals", models.JSONField(blank=True, default=list, verbose_name="Goals")),
                        ("measures", models.JSONField(blank=True, default=list, verbose_name="Measures")),
                        ("criteria", models.JSONField(blank=True, default=list, verbose_name="Criteria")),
                        ("risks", models.JSONField(blank=True, default=list, verbose_name="Risks")),
                        ("indicators", models.JSONField(blank=True, default=list, verbose_name="Indicators")),
                        (
                            "budget_link",
                            models.TextField(blank=True, max_length=2000, verbose_name="Link to the budget"),
                        ),
                        (
                            "no_budget_effect",
                            models.BooleanField(default=False, verbose_name="The plan has no effect on the budget"),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="Reviewed")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed")),
                        (
                            "closing_note",
                            models.TextField(blank=True, max_length=10000, verbose_name="What came of it"),
                        ),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="category_plans",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_category_plans",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Owner",
                            ),
                        ),
                        (
                            "reviewed_by",
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
                        "ordering": ("category",),
                        "indexes": [models.Index(fields=["organisation", "state"], name="category_plans_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "category"), name="one_plan_per_category"),
                            models.CheckConstraint(
                                condition=models.Q(("budget_link", ""), ("no_budget_effect", False), _connector="OR"),
                                name="a_budget_link_or_no_effect",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CategoryPlanVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Version")),
                        ("content", models.JSONField(verbose_name="Content")),
                        ("numbers", models.JSONField(default=dict, verbose_name="Numbers")),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="Reviewed")),
                        ("approved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("in_force_at", models.DateTimeField(blank=True, null=True, verbose_name="In force since")),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="plans.categoryplan",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measurement.run",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "number"), name="category_plan_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClimateTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("baseline_year", models.PositiveSmallIntegerField()),
                        ("target_year", models.PositiveSmallIntegerField()),
                        ("reduction_share", models.FloatField()),
                        ("baseline_kgco2e", models.FloatField(blank=True, null=True)),
                        ("scope", models.CharField(blank=True, max_length=300)),
                        ("decided_by_text", models.CharField(blank=True, max_length=200)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("link", models.URLField(blank=True, max_length=500)),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="climate_targets",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("target_year", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "target_year"), name="one_target_per_year"),
                            models.CheckConstraint(
                                condition=models.Q(("target_year__gt", models.F("baseline_year"))),
                                name="target_after_baseline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reduction_share__gt", 0), ("reduction_share__lte", 1)),
                                name="target_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline_kgco2e", None), ("baseline_kgco2e__gt", 0), _connector="OR"
                                ),
                                name="target_baseline_above_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OperatingModel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("in_review", "waiting for approval"),
                                    ("approved", "approved"),
                                    ("superseded", "superseded"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                max_length=2,
                                verbose_name="Written in",
                            ),
                        ),
                        ("purpose", models.TextField(blank=True, max_length=10000, verbose_name="Purpose")),
                        (
                            "scope",
                            models.TextField(blank=True, max_length=10000, verbose_name="Whom and what it concerns"),
                        ),
                        (
                            "strategy_link",
                            models.TextField(blank=True, max_length=10000, verbose_name="Link to the strategy"),
                        ),
                        (
                            "target_as_approved",
                            models.JSONField(blank=True, null=True, verbose_name="Climate target at approval"),
                        ),
                        (
                            "budget_link",
                            models.TextField(blank=True, max_length=10000, verbose_name="Link to the budget"),
                        ),
                        ("policies", models.TextField(blank=True, max_length=10000, verbose_name="Policy lines")),
                        (
                            "criteria_policy",
                            models.TextField(blank=True, max_length=10000, verbose_name="How criteria are used"),
                        ),
                        (
                            "dialogue_policy",
                            models.TextField(blank=True, max_length=10000, verbose_name="Market dialogue"),
                        ),
                        (
                            "category_owners",
                            models.TextField(blank=True, max_length=10000, verbose_name="Owners of categories"),
                        ),
                        ("decision_gates", models.JSONField(blank=True, default=list, verbose_name="Decision points")),
                        ("indicators", models.JSONField(blank=True, default=list, verbose_name="Indicators")),
                        ("monitoring", models.TextField(blank=True, max_length=10000, verbose_name="Monitoring")),
                        ("annual_clock", models.JSONField(blank=True, default=dict, verbose_name="Annual clock")),
                        (
                            "review_cycle",
                            models.TextField(blank=True, max_length=10000, verbose_name="Review of this document"),
                        ),
                        (
                            "improvement",
                            models.TextField(blank=True, max_length=10000, verbose_name="How we learn and improve"),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent for approval")),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.operatingmodel",
                            ),
                        ),
                        (
                            "climate_target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="plans.climatetarget",
                                verbose_name="Climate target",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="operating_models",
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
                    ],
                    options={
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "number"), name="operating_model_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("draft", "in_review"))),
                                fields=("organisation",),
                                name="one_open_operating_model",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved")),
                                fields=("organisation",),
                                name="one_approved_operating_model",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("approved", "superseded")), _negated=True),
                                    ("approved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_approved_operating_model_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OperatingRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("leader", "leader"), ("manager", "manager"), ("expert", "expert")],
                                max_length=10,
                                verbose_name="Role",
                            ),
                        ),
                        ("post", models.CharField(blank=True, max_length=200, verbose_name="Post")),
                        ("duties", models.TextField(blank=True, max_length=4000, verbose_name="Duties")),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Holder",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="plans.operatingmodel",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("place", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="OwnMeasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("code", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("category", models.CharField(max_length=60)),
                        ("effect_low", models.FloatField(blank=True, null=True)),
                        ("effect_mid", models.FloatField(blank=True, null=True)),
                        ("effect_high", models.FloatField(blank=True, null=True)),
                        ("investment_eur", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "running_eur_per_year",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                        ),
                        ("lifetime_years", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("staff_days_start", models.PositiveIntegerField(default=0)),
                        ("staff_days_per_year", models.PositiveIntegerField(default=0)),
                        ("prerequisites", models.JSONField(blank=True, default=list)),
                        ("exclusive_group", models.CharField(blank=True, max_length=60)),
                        ("not_worked", models.TextField(blank=True, max_length=2000)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "made_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="own_measures",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "code"), name="own_measure_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("effect_high", None), ("effect_low", None), ("effect_mid", None)),
                                    models.Q(
                                        ("effect_high__gte", models.F("effect_mid")),
                                        ("effect_high__lte", 1),
                                        ("effect_low__gte", 0),
                                        ("effect_mid__gte", models.F("effect_low")),
                                    ),
                                    _connector="OR",
                                ),
                                name="own_measure_effect_rises",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("text", models.TextField(max_length=5000, verbose_name="Comment")),
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="plans.categoryplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("written_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="PlannedTender",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="What is tendered")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                        ("quarter", models.PositiveSmallIntegerField(verbose_name="Quarter")),
                        ("day", models.DateField(blank=True, null=True, verbose_name="Day")),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tenders",
                                to="plans.categoryplan",
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="planned_in",
                                to="procurements.procurement",
                                verbose_name="Procurement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("year", "quarter", "place", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="a_quarter_of_four"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReductionPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("wishes", models.JSONField(default=dict)),
                        ("time_limit_s", models.PositiveSmallIntegerField(default=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("waiting", "waiting"),
                                    ("computing", "being computed"),
                                    ("done", "computed"),
                                    ("failed", "could not be computed"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("progress", models.JSONField(blank=True, null=True)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("is_chosen", models.BooleanField(default=False)),
                        ("chosen_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "chosen_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reduction_plans",
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
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reduction_plans",
                                to="measurement.run",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "-created_at"], name="plans_of_organisation")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_chosen", True)),
                                fields=("organisation",),
                                name="one_chosen_plan_per_organisation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("result__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_computed_plan_has_its_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_chosen", False), ("state", "done"), _connector="OR"),
                                name="a_chosen_plan_is_computed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("description", models.TextField(blank=True, max_length=4000)),
                        ("deadline", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("started", "started"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("started_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("cancelled_on", models.DateField(blank=True, null=True)),
                        (
                            "budget_step",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("frame", "budget frame"),
                                    ("proposal", "budget proposal"),
                                    ("approval", "approval of the budget"),
                                    ("mid_year", "mid-year review"),
                                    ("closing", "closing of the accounts"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("budget_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("investment_eur", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "running_eur_per_year",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                        ),
                        ("decision", models.CharField(blank=True, max_length=200)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("has_no_budget_effect", models.BooleanField(default=False)),
                        ("indicator", models.CharField(blank=True, max_length=200)),
                        ("indicator_unit", models.CharField(blank=True, max_length=60)),
                        (
                            "indicator_baseline",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                        ),
                        (
                            "indicator_target",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                        ),
                        (
                            "indicator_latest",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                        ),
                        ("indicator_latest_on", models.DateField(blank=True, null=True)),
                        ("evidence", models.TextField(blank=True, max_length=4000)),
                        ("evidence_link", models.URLField(blank=True, max_length=500)),
                        ("measure_code", models.CharField(blank=True, max_length=60)),
                        ("category_code", models.CharField(blank=True, max_length=60)),
                        ("reduction_kgco2e", models.FloatField(blank=True, null=True)),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "category_plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="actions",
                                to="plans.categoryplan",
                            ),
                        ),
                        (
                            "reduction_plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="actions",
                                to="plans.reductionplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("deadline", "pk"),
                        "indexes": [
                            models.Index(fields=["organisation", "state", "deadline"], name="actions_by_deadline"),
                            models.Index(fields=["owner", "state", "deadline"], name="actions_of_owner"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("measure_code", ""), _negated=True),
                                fields=("reduction_plan", "measure_code"),
                                name="one_action_for_each_planned_measure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_no_budget_effect", False),
                                    models.Q(
                                        ("decided_on", None),
                                        ("decision", ""),
                                        ("investment_eur", None),
                                        ("running_eur_per_year", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="action_without_budget_effect_has_no_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_on__isnull", False), ("decision", ""), _negated=True),
                                name="action_decision_is_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("investment_eur", None), ("investment_eur__gte", 0), _connector="OR"
                                ),
                                name="action_investment_not_below_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="action_done_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    ("cancelled_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="action_cancelled_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_on", None),
                                    ("done_on", None),
                                    ("done_on__gte", models.F("started_on")),
                                    _connector="OR",
                                ),
                                name="action_done_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[("deadline", "Deadline"), ("target", "Target"), ("state", "State")],
                                max_length=10,
                            ),
                        ),
                        ("was", models.CharField(blank=True, max_length=40)),
                        ("now", models.CharField(blank=True, max_length=40)),
                        ("was_unit", models.CharField(blank=True, max_length=60)),
                        ("now_unit", models.CharField(blank=True, max_length=60)),
                        ("why", models.CharField(blank=True, max_length=500)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="plans.action"
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
                    ],
                    options={
                        "ordering": ("changed_at", "pk"),
                        "indexes": [models.Index(fields=["action", "what", "changed_at"], name="changes_of_action")],
                    },
                ),
                migrations.CreateModel(
                    name="ActionReview",
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
                                choices=[("mid_year", "mid-year review"), ("yearly", "yearly review")], max_length=10
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("seen", models.TextField(max_length=4000)),
                        ("lessons", models.TextField(blank=True, max_length=4000)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "action",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="plans.action",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_reviews",
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
                        "ordering": ("-held_on", "-pk"),
                        "indexes": [models.Index(fields=["organisation", "held_on"], name="reviews_of_year")],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("frame", "budget frame"),
                                    ("proposal", "budget proposal"),
                                    ("approval", "approval of the budget"),
                                    ("mid_year", "mid-year review"),
                                    ("closing", "closing of the accounts"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("month", models.PositiveSmallIntegerField()),
                        ("day", models.PositiveSmallIntegerField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_days",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "step"), name="one_day_for_each_budget_step"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("day__range", (1, 31)), ("month__range", (1, 12))),
                                name="budget_day_is_a_day",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
