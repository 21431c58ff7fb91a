import uuid

import django.core.validators
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
                    name="Contract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("supplier_name", models.CharField(max_length=200)),
                        ("supplier_business_id", models.CharField(blank=True, max_length=20)),
                        ("category", models.CharField(max_length=40)),
                        ("yearly_value_eur", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("valid_from", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("extension_until", models.DateField(blank=True, null=True)),
                        ("notice_by", models.DateField(blank=True, null=True)),
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
                                related_name="contracts",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_contracts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="contracts",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "ends_on"], name="contract_of_organisation")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("yearly_value_eur__gte", 0)), name="contract_value_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="contract_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extension_until", None),
                                    models.Q(("ends_on__isnull", False), ("extension_until__gte", models.F("ends_on"))),
                                    _connector="OR",
                                ),
                                name="contract_extension_after_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("term", models.TextField(max_length=2000)),
                        ("control", models.TextField(max_length=2000)),
                        ("sanction", models.TextField(blank=True, max_length=2000)),
                        (
                            "repeats",
                            models.CharField(
                                choices=[
                                    ("never", "not again"),
                                    ("monthly", "every month"),
                                    ("quarterly", "every three months"),
                                    ("half_yearly", "every six months"),
                                    ("yearly", "every year"),
                                ],
                                default="never",
                                max_length=12,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="procurements.contract",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_contract_terms",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImpactAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being made"),
                                    ("ready", "waits for an approver"),
                                    ("finished", "approved"),
                                    ("skipped", "left out, with a reason"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("strategic", "strategic: how the organisation procures"),
                                    ("category", "category: everything bought in it"),
                                    ("procurement", "this one procurement"),
                                ],
                                default="procurement",
                                max_length=12,
                            ),
                        ),
                        ("legal_bases", models.JSONField(blank=True, default=list)),
                        ("need", models.TextField(blank=True, max_length=8000)),
                        ("need_answered_at", models.DateTimeField(blank=True, null=True)),
                        ("use", models.TextField(blank=True, max_length=8000)),
                        ("skipped_because", models.TextField(blank=True, max_length=2000)),
                        ("sent_back_because", models.TextField(blank=True, max_length=2000)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "procurement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="impact_assessment",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AssessedEffect",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "perspective",
                            models.CharField(
                                choices=[
                                    ("economic", "economic"),
                                    ("social", "social"),
                                    ("environmental", "environmental"),
                                    ("customer", "customer or user"),
                                    ("organisational", "organisational"),
                                    ("market", "market"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("goal", models.TextField(max_length=2000)),
                        ("shows_after_years", models.PositiveSmallIntegerField()),
                        ("indicator", models.CharField(blank=True, max_length=300)),
                        ("unit", models.CharField(blank=True, max_length=40)),
                        ("baseline", models.CharField(blank=True, max_length=100)),
                        ("target", models.CharField(blank=True, max_length=100)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="effects",
                                to="procurements.impactassessment",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MarketDialogue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("changes", models.TextField(blank=True, max_length=8000)),
                        ("equal_information", models.TextField(blank=True, max_length=8000)),
                        ("all_got_the_same", models.BooleanField(default=False)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "finished_by",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="market_dialogue",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DialogueStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("information_request", "request for information"),
                                    ("meeting", "meeting with one supplier"),
                                    ("event", "event for all"),
                                    ("survey", "market survey"),
                                    ("draft_documents", "comments on draft documents"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("invited", models.TextField(max_length=8000)),
                        ("took_part", models.TextField(blank=True, max_length=8000)),
                        ("asked", models.TextField(max_length=8000)),
                        ("answers", models.TextField(blank=True, max_length=8000)),
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
                            "dialogue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="procurements.marketdialogue",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Procurement",
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
                                    ("idea", "idea"),
                                    ("planned", "planned"),
                                    ("dialogue", "market dialogue"),
                                    ("tender_prep", "preparing the tender"),
                                    ("published", "published"),
                                    ("evaluation", "comparing tenders"),
                                    ("awarded", "awarded"),
                                    ("contract", "contract period"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                    ("failed_competition", "no acceptable tenders"),
                                    ("appealed", "appealed"),
                                ],
                                default="idea",
                                max_length=20,
                                verbose_name="State",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "need",
                            models.TextField(blank=True, max_length=10000, verbose_name="What is needed, and why"),
                        ),
                        ("category", models.CharField(blank=True, max_length=60, verbose_name="Category")),
                        ("cpv", models.CharField(blank=True, max_length=10, verbose_name="CPV code")),
                        (
                            "purchase_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("goods", "goods"),
                                    ("services", "services"),
                                    ("design_contest", "design contest"),
                                    ("works", "works"),
                                    ("health_social_services", "health and social services (Annex E, 1–4)"),
                                    ("other_special_services", "other special services (Annex E, 5–15)"),
                                    ("concession", "concession"),
                                ],
                                max_length=30,
                                verbose_name="What is bought",
                            ),
                        ),
                        (
                            "is_special_sector",
                            models.BooleanField(
                                default=False, verbose_name="For water, energy, transport or post (special sectors)"
                            ),
                        ),
                        (
                            "estimated_value_eur",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="Estimated value (€ without VAT)",
                            ),
                        ),
                        (
                            "procedure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("open", "open procedure"),
                                    ("restricted", "restricted procedure"),
                                    ("negotiated", "negotiated procedure"),
                                    ("competitive_dialogue", "competitive dialogue"),
                                    ("innovation_partnership", "innovation partnership"),
                                    ("direct_award", "direct award"),
                                    ("framework", "call-off from a framework agreement"),
                                    ("dynamic_purchasing", "dynamic purchasing system"),
                                ],
                                max_length=30,
                                verbose_name="Procedure",
                            ),
                        ),
                        (
                            "procedure_starts_on",
                            models.DateField(blank=True, null=True, verbose_name="The procedure starts"),
                        ),
                        (
                            "innovation_class",
                            models.CharField(
                                choices=[
                                    ("none", "nothing new"),
                                    ("new_to_buyer", "new to us"),
                                    ("new_to_market", "new to the market"),
                                    ("developed", "developed in the procurement"),
                                ],
                                default="none",
                                max_length=20,
                                verbose_name="How new is what is bought?",
                            ),
                        ),
                        (
                            "is_process_innovation",
                            models.BooleanField(default=False, verbose_name="The way of buying is new to us"),
                        ),
                        (
                            "innovation_note",
                            models.TextField(blank=True, max_length=2000, verbose_name="What is new in it"),
                        ),
                        (
                            "is_outcome_based",
                            models.BooleanField(
                                default=False, verbose_name="Outcomes are bought, not only deeds or things"
                            ),
                        ),
                        (
                            "is_significant",
                            models.BooleanField(default=False, verbose_name="Significant for the organisation"),
                        ),
                        (
                            "law_wants_assessment",
                            models.BooleanField(
                                default=False, verbose_name="The law requires an assessment of its effects"
                            ),
                        ),
                        ("affects", models.JSONField(blank=True, default=list, verbose_name="It affects")),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="procurements",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_procurements",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Owner",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "state"], name="procurements_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("estimated_value_eur", None), ("estimated_value_eur__gte", 0), _connector="OR"
                                ),
                                name="procurement_value_not_below_0",
                            ),
                            models.UniqueConstraint(fields=("organisation", "made_with"), name="procurement_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExitRecord",
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
                                    ("need_statement", "statement of the need"),
                                    ("procurement_plan", "procurement plan"),
                                    ("dialogue_report", "report of the market dialogue"),
                                    ("award_decision", "award decision"),
                                    ("contract_log", "log of the contract period"),
                                    ("evaluation", "evaluation"),
                                ],
                                max_length=20,
                                verbose_name="Record",
                            ),
                        ),
                        ("is_skip", models.BooleanField(default=False, verbose_name="The phase was skipped")),
                        ("dated_on", models.DateField(verbose_name="Date")),
                        ("text", models.TextField(max_length=20000, verbose_name="What was found or agreed")),
                        ("reference", models.CharField(blank=True, max_length=200, verbose_name="Case number or file")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "recorded_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="records",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_skip", False),
                                    models.Q(("kind__in", ["award_decision", "evaluation"]), _negated=True),
                                    _connector="OR",
                                ),
                                name="record_that_is_never_skipped",
                            ),
                            models.UniqueConstraint(fields=("procurement", "made_with"), name="record_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChosenCriterion",
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
                                    ("suitability", "suitability requirement"),
                                    ("minimum_requirement", "minimum requirement"),
                                    ("award_criterion", "award criterion"),
                                    ("contract_term", "contract term"),
                                ],
                                max_length=20,
                                verbose_name="Used as",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("basic", "basic level"), ("front_runner", "front-runner level")],
                                default="basic",
                                max_length=20,
                                verbose_name="Level",
                            ),
                        ),
                        ("text", models.TextField(max_length=5000, verbose_name="Criterion")),
                        ("verification", models.TextField(max_length=2000, verbose_name="How it is verified")),
                        (
                            "weight_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="Weight, %",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="Where it comes from")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="Link to the source")),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "procurement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight_percent", None), ("kind", "award_criterion"), _connector="OR"
                                ),
                                name="only_award_criteria_weigh",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight_percent", None),
                                    models.Q(("weight_percent__gte", 0), ("weight_percent__lte", 100)),
                                    _connector="OR",
                                ),
                                name="criterion_weight_is_a_share",
                            ),
                            models.UniqueConstraint(fields=("procurement", "made_with"), name="criterion_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcurementTheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("low_carbon", "low carbon"),
                                    ("circular", "circular economy"),
                                    ("social", "social responsibility"),
                                    ("digital", "digital"),
                                    ("data", "data"),
                                    ("innovation", "innovation"),
                                ],
                                max_length=20,
                                verbose_name="Theme",
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="themes",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("procurement", "theme"), name="procurement_theme_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("object", "what is bought"),
                                    ("parties", "the buyer and the supplier"),
                                    ("process", "the procurement process"),
                                    ("market", "the market and its ecosystem"),
                                ],
                                max_length=20,
                                verbose_name="Where it comes from",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="What may happen")),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="Likelihood, 1–5",
                            ),
                        ),
                        (
                            "effect",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="Effect, 1–5",
                            ),
                        ),
                        (
                            "measure",
                            models.TextField(blank=True, max_length=2000, verbose_name="What is done about it"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("mitigated", "mitigated"), ("accepted", "accepted")],
                                default="open",
                                max_length=20,
                                verbose_name="State",
                            ),
                        ),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_risks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Who looks after it",
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="risks",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effect__gte", 1),
                                    ("effect__lte", 5),
                                    ("likelihood__gte", 1),
                                    ("likelihood__lte", 5),
                                ),
                                name="risk_from_1_to_5",
                            ),
                            models.UniqueConstraint(fields=("procurement", "made_with"), name="risk_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StateMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "from_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("idea", "idea"),
                                    ("planned", "planned"),
                                    ("dialogue", "market dialogue"),
                                    ("tender_prep", "preparing the tender"),
                                    ("published", "published"),
                                    ("evaluation", "comparing tenders"),
                                    ("awarded", "awarded"),
                                    ("contract", "contract period"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                    ("failed_competition", "no acceptable tenders"),
                                    ("appealed", "appealed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("planned", "planned"),
                                    ("dialogue", "market dialogue"),
                                    ("tender_prep", "preparing the tender"),
                                    ("published", "published"),
                                    ("evaluation", "comparing tenders"),
                                    ("awarded", "awarded"),
                                    ("contract", "contract period"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                    ("failed_competition", "no acceptable tenders"),
                                    ("appealed", "appealed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=2000, verbose_name="Why")),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "moved_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="procurements.procurement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TableImport",
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
                                choices=[("contracts", "Contracts"), ("procurements", "Procurements")], max_length=12
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "waits for a confirmation"),
                                    ("taking", "is being taken in"),
                                    ("done", "taken in"),
                                ],
                                default="preview",
                                max_length=10,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("rows", models.JSONField()),
                        ("passed_over", models.JSONField(blank=True, default=list)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.organisation",
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
                ),
                migrations.CreateModel(
                    name="TermControl",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("due_on", models.DateField()),
                        ("evidence", models.TextField(blank=True, max_length=4000)),
                        (
                            "finding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("kept", "the term is kept"),
                                    ("partly", "the term is kept in part"),
                                    ("broken", "the term is not kept"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("finding_text", models.TextField(blank=True, max_length=4000)),
                        ("measure", models.TextField(blank=True, max_length=4000)),
                        ("sanction_used", models.TextField(blank=True, max_length=2000)),
                        ("recorded_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="controls",
                                to="procurements.contractterm",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)), fields=["due_on"], name="open_controls"
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("term", "due_on"), name="one_control_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="EffectResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measured_on", models.DateField()),
                        ("value", models.CharField(max_length=100)),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "effect",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="procurements.assessedeffect",
                            ),
                        ),
                        (
                            "recorded_by",
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
                            models.UniqueConstraint(fields=("effect", "measured_on"), name="one_result_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("supplier", models.CharField(max_length=200, verbose_name="Chosen supplier")),
                        ("business_id", models.CharField(blank=True, max_length=20, verbose_name="Business ID")),
                        (
                            "value_eur",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=14,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="Value of the chosen tender (€ without VAT)",
                            ),
                        ),
                        ("tenders_received", models.PositiveIntegerField(verbose_name="Tenders received")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("price", "cheapest price"),
                                    ("cost", "lowest cost"),
                                    ("price_quality", "best price-quality ratio"),
                                ],
                                max_length=20,
                                verbose_name="Chosen by",
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
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decision",
                                to="procurements.exitrecord",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("value_eur__gte", 0)), name="award_value_not_below_0"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tenders_received__gte", 1)), name="award_of_at_least_one_tender"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("category", models.CharField(max_length=60, verbose_name="Category")),
                        (
                            "lesson",
                            models.TextField(
                                max_length=5000, verbose_name="What should the next one do alike, and what otherwise?"
                            ),
                        ),
                        ("indicator", models.CharField(blank=True, max_length=200, verbose_name="Indicator")),
                        (
                            "result",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Result of the indicator, with its unit"
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lessons",
                                to="procurements.exitrecord",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["category"], name="lessons_of_category")],
                    },
                ),
            ],
        ),
    ]
