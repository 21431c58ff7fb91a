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
        ("events", "0001_initial"),
        ("organisations", "0001_initial"),
        ("procurements", "0001_initial"),
        ("surveys", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Application",
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
                                    ("interest", "interest told"),
                                    ("discussion_booked", "discussion booked"),
                                    ("discussion_held", "discussion held"),
                                    ("submitted", "sent"),
                                    ("interviewed", "interviewed"),
                                    ("selected", "selected"),
                                    ("reserve", "in reserve"),
                                    ("rejected", "not selected"),
                                    ("withdrawn", "withdrawn"),
                                    ("confirmed", "place confirmed"),
                                    ("active", "taking part"),
                                    ("completed", "completed"),
                                    ("dropped", "dropped out"),
                                    ("alumni", "alumni"),
                                ],
                                default="interest",
                                max_length=20,
                                verbose_name="State",
                            ),
                        ),
                        ("interest", models.TextField(max_length=2000, verbose_name="What would you like to achieve?")),
                        ("told_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("goes_on", models.BooleanField(blank=True, editable=False, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "pilot",
                            models.TextField(blank=True, max_length=5000, verbose_name="What is the pilot about?"),
                        ),
                        (
                            "motivation",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="Why do you apply, and what is your goal?"
                            ),
                        ),
                        (
                            "groundwork",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="What have you done for this already?"
                            ),
                        ),
                        (
                            "sharing",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="How will you tell others of what you learn?"
                            ),
                        ),
                        (
                            "capacity",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="What time and means do you have for it?"
                            ),
                        ),
                        (
                            "agrees_to_data",
                            models.BooleanField(
                                default=False,
                                verbose_name="We give the data that the programme needs of our procurements, and may be interviewed.",
                            ),
                        ),
                        (
                            "agrees_to_publication",
                            models.BooleanField(
                                default=False,
                                verbose_name="If we are selected, our organisation's name and pilot may be published.",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "contact",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "procurement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="applications",
                                to="procurements.procurement",
                                verbose_name="The pilot among our procurements",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["edition", "state"], name="applications_by_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("edition", "organisation"),
                                name="one_application_to_an_edition",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["discussion_booked", "discussion_held", "interest", "withdrawn"]),
                                    models.Q(("submitted_at", None), _negated=True),
                                    _connector="OR",
                                ),
                                name="application_was_sent_at_some_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationMove",
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
                                    ("interest", "interest told"),
                                    ("discussion_booked", "discussion booked"),
                                    ("discussion_held", "discussion held"),
                                    ("submitted", "sent"),
                                    ("interviewed", "interviewed"),
                                    ("selected", "selected"),
                                    ("reserve", "in reserve"),
                                    ("rejected", "not selected"),
                                    ("withdrawn", "withdrawn"),
                                    ("confirmed", "place confirmed"),
                                    ("active", "taking part"),
                                    ("completed", "completed"),
                                    ("dropped", "dropped out"),
                                    ("alumni", "alumni"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("interest", "interest told"),
                                    ("discussion_booked", "discussion booked"),
                                    ("discussion_held", "discussion held"),
                                    ("submitted", "sent"),
                                    ("interviewed", "interviewed"),
                                    ("selected", "selected"),
                                    ("reserve", "in reserve"),
                                    ("rejected", "not selected"),
                                    ("withdrawn", "withdrawn"),
                                    ("confirmed", "place confirmed"),
                                    ("active", "taking part"),
                                    ("completed", "completed"),
                                    ("dropped", "dropped out"),
                                    ("alumni", "alumni"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("why", models.TextField(blank=True, max_length=2000, verbose_name="Why")),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="programmes.application",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Discussion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("before_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("after_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("place", models.CharField(blank=True, max_length=300)),
                        ("sequence", models.PositiveSmallIntegerField(default=0)),
                        ("booked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_why", models.TextField(blank=True, max_length=2000)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True, max_length=10000, verbose_name="Notes")),
                        ("agreed", models.TextField(blank=True, max_length=5000, verbose_name="What was agreed")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="discussions",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "booked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "held_by",
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
                        "ordering": ["starts_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="discussion_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at", None)),
                                fields=("application",),
                                name="one_discussion_of_an_application",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiscussionExpert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("is_off", models.BooleanField(default=False)),
                        (
                            "discussion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="experts",
                                to="programmes.discussion",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="discussions_to_hold",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_off", False)),
                                fields=("person", "starts_at"),
                                name="expert_in_one_discussion_at_a_time",
                            ),
                            models.UniqueConstraint(
                                fields=("discussion", "person"), name="expert_once_in_a_discussion"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Address on the site")),
                        ("template", models.CharField(blank=True, max_length=60, verbose_name="Made from")),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("strategic", "strategic management of procurement"),
                                    ("low_carbon", "low-carbon procurement"),
                                    ("circular", "circular economy"),
                                    ("innovation", "innovative procurement"),
                                    ("social", "social responsibility"),
                                    ("wellbeing_counties", "procurement of wellbeing services counties"),
                                ],
                                max_length=20,
                                verbose_name="Theme",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("published", "coming"),
                                    ("open", "open for applications"),
                                    ("closed", "call closed"),
                                    ("running", "running"),
                                    ("completed", "completed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "original_language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                default="fi",
                                max_length=2,
                                verbose_name="Language of the original",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                default="fi",
                                max_length=2,
                                verbose_name="Language of the programme",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="Name")),
                        ("name_fi", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("name_sv", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("name_en", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("summary", models.TextField(blank=True, max_length=1000, verbose_name="In short")),
                        (
                            "summary_fi",
                            models.TextField(blank=True, max_length=1000, null=True, verbose_name="In short"),
                        ),
                        (
                            "summary_sv",
                            models.TextField(blank=True, max_length=1000, null=True, verbose_name="In short"),
                        ),
                        (
                            "summary_en",
                            models.TextField(blank=True, max_length=1000, null=True, verbose_name="In short"),
                        ),
                        ("for_whom", models.TextField(blank=True, max_length=4000, verbose_name="For whom")),
                        (
                            "for_whom_fi",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="For whom"),
                        ),
                        (
                            "for_whom_sv",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="For whom"),
                        ),
                        (
                            "for_whom_en",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="For whom"),
                        ),
                        ("benefits", models.TextField(blank=True, max_length=4000, verbose_name="What you get")),
                        (
                            "benefits_fi",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What you get"),
                        ),
                        (
                            "benefits_sv",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What you get"),
                        ),
                        (
                            "benefits_en",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What you get"),
                        ),
                        (
                            "requirements",
                            models.TextField(blank=True, max_length=4000, verbose_name="What is required"),
                        ),
                        (
                            "requirements_fi",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What is required"),
                        ),
                        (
                            "requirements_sv",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What is required"),
                        ),
                        (
                            "requirements_en",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="What is required"),
                        ),
                        ("how_to_apply", models.TextField(blank=True, max_length=4000, verbose_name="How to apply")),
                        (
                            "how_to_apply_fi",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="How to apply"),
                        ),
                        (
                            "how_to_apply_sv",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="How to apply"),
                        ),
                        (
                            "how_to_apply_en",
                            models.TextField(blank=True, max_length=4000, null=True, verbose_name="How to apply"),
                        ),
                        (
                            "announced_duration",
                            models.CharField(blank=True, max_length=100, verbose_name="Duration, as announced"),
                        ),
                        (
                            "announced_duration_fi",
                            models.CharField(
                                blank=True, max_length=100, null=True, verbose_name="Duration, as announced"
                            ),
                        ),
                        (
                            "announced_duration_sv",
                            models.CharField(
                                blank=True, max_length=100, null=True, verbose_name="Duration, as announced"
                            ),
                        ),
                        (
                            "announced_duration_en",
                            models.CharField(
                                blank=True, max_length=100, null=True, verbose_name="Duration, as announced"
                            ),
                        ),
                        ("hosts", models.CharField(blank=True, max_length=300, verbose_name="Arranged by")),
                        ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="Questions to")),
                        (
                            "appeal_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="Questions about the choice to"),
                        ),
                        (
                            "places_min",
                            models.PositiveSmallIntegerField(default=1, verbose_name="Fewest organisations"),
                        ),
                        (
                            "places_max",
                            models.PositiveSmallIntegerField(default=6, verbose_name="Places for organisations"),
                        ),
                        ("team_min", models.PositiveSmallIntegerField(default=1, verbose_name="Smallest team, people")),
                        ("team_max", models.PositiveSmallIntegerField(default=5, verbose_name="Largest team, people")),
                        (
                            "reviewers_min",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="Reviewers of each application, at least"
                            ),
                        ),
                        (
                            "hides_applicants",
                            models.BooleanField(default=False, verbose_name="Reviewers don't see who applies"),
                        ),
                        (
                            "needs_discussion",
                            models.BooleanField(default=True, verbose_name="Discussion before the application"),
                        ),
                        ("needs_pilot", models.BooleanField(default=False, verbose_name="Pilot procurement required")),
                        (
                            "needs_commitment",
                            models.BooleanField(default=True, verbose_name="Management confirms its commitment"),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                                related_name="editions",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "created_at"], name="editions_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("places_max__gte", models.F("places_min")), ("places_min__gte", 1)),
                                name="edition_has_places",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("team_max__gte", models.F("team_min")), ("team_min__gte", 1)),
                                name="edition_has_teams",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiscussionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=60,
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(480),
                                ],
                                verbose_name="Length (minutes)",
                            ),
                        ),
                        (
                            "every_minutes",
                            models.PositiveSmallIntegerField(
                                default=60,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(480),
                                ],
                                verbose_name="A discussion may begin every … minutes",
                            ),
                        ),
                        (
                            "before_minutes",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="Kept free before it (minutes)",
                            ),
                        ),
                        (
                            "after_minutes",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="Kept free after it (minutes)",
                            ),
                        ),
                        (
                            "experts_needed",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="Experts in each discussion",
                            ),
                        ),
                        (
                            "a_day",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="Discussions of one expert on a day, at most",
                            ),
                        ),
                        (
                            "notice_hours",
                            models.PositiveSmallIntegerField(
                                default=24,
                                validators=[django.core.validators.MaxValueValidator(720)],
                                verbose_name="Booked at least … hours ahead",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="Where (a room, or the address of an online meeting)",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="discussion_rule",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="Code")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pass_fail", "must be met"), ("scored", "scored 0–4")],
                                default="scored",
                                max_length=10,
                                verbose_name="How it is used",
                            ),
                        ),
                        ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="Weight")),
                        ("name", models.CharField(max_length=150, verbose_name="Name")),
                        ("name_fi", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("name_sv", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("name_en", models.CharField(max_length=150, null=True, verbose_name="Name")),
                        ("guidance", models.TextField(blank=True, max_length=2000, verbose_name="What is looked at")),
                        (
                            "guidance_fi",
                            models.TextField(blank=True, max_length=2000, null=True, verbose_name="What is looked at"),
                        ),
                        (
                            "guidance_sv",
                            models.TextField(blank=True, max_length=2000, null=True, verbose_name="What is looked at"),
                        ),
                        (
                            "guidance_en",
                            models.TextField(blank=True, max_length=2000, null=True, verbose_name="What is looked at"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "code"), name="edition_criterion_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "pass_fail"), ("weight", 0)),
                                    models.Q(("kind", "scored"), ("weight__gte", 1)),
                                    _connector="OR",
                                ),
                                name="edition_criterion_has_weight_if_scored",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationQuestions",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="surveys.formversion",
                                verbose_name="Form",
                            ),
                        ),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="application_questions",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EditionDate",
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
                                    ("call_opens", "Call opens"),
                                    ("info_session", "Info session"),
                                    ("form_deadline", "Deadline of the interest form"),
                                    ("booking_deadline", "Deadline for booking a discussion"),
                                    ("discussions", "Discussions with applicants"),
                                    ("application_deadline", "Deadline of the application"),
                                    ("interviews", "Interviews"),
                                    ("selection_published", "Chosen organisations published, at the latest"),
                                    ("pre_assignment", "Pre-assignment sent"),
                                    ("kick_off", "Kick-off"),
                                    ("workshop", "Workshop"),
                                    ("sprint", "Period or sprint"),
                                    ("sparring", "Sparring of each organisation"),
                                    ("closing", "Closing session"),
                                    ("ends", "End of the programme"),
                                    ("alumni_meeting", "Joint alumni meeting"),
                                    ("follow_up_meetings", "Follow-up meeting of each organisation"),
                                ],
                                max_length=20,
                                verbose_name="What",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                        ("name_fi", models.CharField(blank=True, max_length=120, null=True, verbose_name="Name")),
                        ("name_sv", models.CharField(blank=True, max_length=120, null=True, verbose_name="Name")),
                        ("name_en", models.CharField(blank=True, max_length=120, null=True, verbose_name="Name")),
                        ("said", models.CharField(blank=True, max_length=80, verbose_name="In words")),
                        ("said_fi", models.CharField(blank=True, max_length=80, null=True, verbose_name="In words")),
                        ("said_sv", models.CharField(blank=True, max_length=80, null=True, verbose_name="In words")),
                        ("said_en", models.CharField(blank=True, max_length=80, null=True, verbose_name="In words")),
                        ("starts_at", models.DateTimeField(verbose_name="Begins")),
                        ("ends_at", models.DateTimeField(verbose_name="Ends")),
                        ("is_whole_day", models.BooleanField(default=False, verbose_name="Without hours")),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("online", "online"),
                                    ("on_site", "on site"),
                                    ("hybrid", "on site and online"),
                                ],
                                max_length=10,
                                verbose_name="How",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="Place")),
                        ("is_open_to_all", models.BooleanField(default=False, verbose_name="Open to everyone")),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dates",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="edition_date",
                                to="events.event",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at", "ends_at", "pk"],
                        "indexes": [models.Index(fields=["edition", "starts_at"], name="dates_of_edition")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gte", models.F("starts_at"))),
                                name="edition_date_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_state", models.CharField(blank=True, max_length=10)),
                        ("to_state", models.CharField(max_length=10)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="programmes.edition",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EditionPerson",
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
                                choices=[
                                    ("host", "host"),
                                    ("expert", "expert who holds discussions"),
                                    ("reviewer", "reviewer"),
                                    ("mentor", "mentor"),
                                    ("decider", "decider"),
                                ],
                                max_length=10,
                                verbose_name="Named as",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "named_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="named_in_editions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "person", "kind"), name="edition_person_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionPhase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=30, verbose_name="Phase")),
                        (
                            "opens_with",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("call_opens", "Call opens"),
                                    ("info_session", "Info session"),
                                    ("form_deadline", "Deadline of the interest form"),
                                    ("booking_deadline", "Deadline for booking a discussion"),
                                    ("discussions", "Discussions with applicants"),
                                    ("application_deadline", "Deadline of the application"),
                                    ("interviews", "Interviews"),
                                    ("selection_published", "Chosen organisations published, at the latest"),
                                    ("pre_assignment", "Pre-assignment sent"),
                                    ("kick_off", "Kick-off"),
                                    ("workshop", "Workshop"),
                                    ("sprint", "Period or sprint"),
                                    ("sparring", "Sparring of each organisation"),
                                    ("closing", "Closing session"),
                                    ("ends", "End of the programme"),
                                    ("alumni_meeting", "Joint alumni meeting"),
                                    ("follow_up_meetings", "Follow-up meeting of each organisation"),
                                ],
                                max_length=20,
                                verbose_name="Opens with",
                            ),
                        ),
                        (
                            "closes_with",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("call_opens", "Call opens"),
                                    ("info_session", "Info session"),
                                    ("form_deadline", "Deadline of the interest form"),
                                    ("booking_deadline", "Deadline for booking a discussion"),
                                    ("discussions", "Discussions with applicants"),
                                    ("application_deadline", "Deadline of the application"),
                                    ("interviews", "Interviews"),
                                    ("selection_published", "Chosen organisations published, at the latest"),
                                    ("pre_assignment", "Pre-assignment sent"),
                                    ("kick_off", "Kick-off"),
                                    ("workshop", "Workshop"),
                                    ("sprint", "Period or sprint"),
                                    ("sparring", "Sparring of each organisation"),
                                    ("closing", "Closing session"),
                                    ("ends", "End of the programme"),
                                    ("alumni_meeting", "Joint alumni meeting"),
                                    ("follow_up_meetings", "Follow-up meeting of each organisation"),
                                ],
                                max_length=20,
                                verbose_name="Closes with",
                            ),
                        ),
                        ("allows", models.JSONField(default=list, verbose_name="Allows")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phases",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="edition_phase_once")],
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="Code")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("organisation_kind", "what kind of organisation it is"),
                                    ("statement", "whether a statement is true"),
                                ],
                                default="statement",
                                max_length=20,
                                verbose_name="What it asks",
                            ),
                        ),
                        ("values", models.JSONField(blank=True, default=list, verbose_name="Kinds of organisations")),
                        ("is_required", models.BooleanField(default=True, verbose_name="Required")),
                        ("question", models.CharField(blank=True, max_length=300, verbose_name="Statement")),
                        (
                            "question_fi",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="Statement"),
                        ),
                        (
                            "question_sv",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="Statement"),
                        ),
                        (
                            "question_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="Statement"),
                        ),
                        (
                            "why_not",
                            models.TextField(blank=True, max_length=1000, verbose_name="Why not, and what to do"),
                        ),
                        (
                            "why_not_fi",
                            models.TextField(
                                blank=True, max_length=1000, null=True, verbose_name="Why not, and what to do"
                            ),
                        ),
                        (
                            "why_not_sv",
                            models.TextField(
                                blank=True, max_length=1000, null=True, verbose_name="Why not, and what to do"
                            ),
                        ),
                        (
                            "why_not_en",
                            models.TextField(
                                blank=True, max_length=1000, null=True, verbose_name="Why not, and what to do"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="eligibility_rules",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="edition_rule_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("day", models.DateField(verbose_name="Day")),
                        ("begins", models.TimeField(verbose_name="From")),
                        ("ends", models.TimeField(verbose_name="Until")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="expert_hours",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "begins", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("begins"))),
                                name="expert_hours_end_after_they_begin",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "expert", "day", "begins"), name="expert_hours_given_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuideQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Place in the guide")),
                        ("text", models.CharField(max_length=500, verbose_name="Question")),
                        ("hint", models.TextField(blank=True, max_length=2000, verbose_name="What to listen for")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guide",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="InterestDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("interest", models.TextField(max_length=2000, verbose_name="What would you like to achieve?")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interest_drafts",
                                to="programmes.edition",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interest_drafts",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "organisation"), name="one_interest_draft_for_an_edition"
                            )
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
                        ("starts_at", models.DateTimeField(verbose_name="Begins")),
                        ("ends_at", models.DateTimeField(verbose_name="Ends")),
                        (
                            "place",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="Where (a room, or the address of an online meeting)",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("notes", models.TextField(blank=True, max_length=10000, verbose_name="Other notes")),
                        ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interviews",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="events.event",
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "planned_by",
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
                        "ordering": ["starts_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="interview_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interviewer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interviewers",
                                to="programmes.interview",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="interviews_to_hold",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("interview", "person"), name="interviewer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=5000, verbose_name="What was said")),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="said",
                                to="programmes.interview",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.guidequestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["question__position", "question_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("interview", "question"), name="one_note_to_a_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                                choices=[("draft", "not sent yet"), ("sent", "sent")],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, max_length=5000, verbose_name="On the whole")),
                        ("assigned_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reviews_to_write",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["reviewer", "state"], name="reviews_of_reviewer")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "reviewer"), name="one_review_of_a_reviewer"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at", None), ("state", "draft")),
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    _connector="OR",
                                ),
                                name="sent_review_has_its_time",
                            ),
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
                        ("points", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Points")),
                        ("is_met", models.BooleanField(blank=True, null=True, verbose_name="Met")),
                        ("reason", models.TextField(blank=True, max_length=2000, verbose_name="Why")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="programmes.criterion",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="programmes.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "criterion"), name="one_score_of_a_criterion"),
                            models.CheckConstraint(
                                condition=models.Q(("points", None), ("points__lte", 4), _connector="OR"),
                                name="score_from_0_to_4",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points", None), ("is_met", None), _connector="OR"),
                                name="score_is_points_or_an_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Selection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reviews_due_on", models.DateField(blank=True, null=True, verbose_name="Scores are given by")),
                        (
                            "middle",
                            models.CharField(
                                choices=[("mean", "mean of the reviewers"), ("median", "median of the reviewers")],
                                default="mean",
                                max_length=10,
                                verbose_name="Several reviewers' scores become one by",
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="selection",
                                to="programmes.edition",
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
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SelectionDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "proposal"), ("made", "decided"), ("dropped", "given up")],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "message",
                            models.TextField(blank=True, max_length=2000, verbose_name="A few words to all applicants"),
                        ),
                        (
                            "confirm_by",
                            models.DateField(
                                blank=True, null=True, verbose_name="Those selected confirm their place by"
                            ),
                        ),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="programmes.edition",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "number"), name="decision_numbered_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("edition",),
                                name="one_proposal_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "made"), _negated=True),
                                    ("made_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="made_decision_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecidedApplication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("selected", "selected"),
                                    ("reserve", "in reserve"),
                                    ("rejected", "not selected"),
                                ],
                                max_length=10,
                                verbose_name="Decision",
                            ),
                        ),
                        (
                            "reserve_place",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Place in the reserve"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="Reasons, for the applicant to read"
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=5, null=True),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="programmes.selectiondecision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "application"), name="decided_once_in_a_decision"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamRoleWanted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="Code")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("name", models.CharField(max_length=150, verbose_name="Role")),
                        ("name_fi", models.CharField(max_length=150, null=True, verbose_name="Role")),
                        ("name_sv", models.CharField(max_length=150, null=True, verbose_name="Role")),
                        ("name_en", models.CharField(max_length=150, null=True, verbose_name="Role")),
                        ("is_required", models.BooleanField(default=False, verbose_name="Required")),
                        ("is_responsible", models.BooleanField(default=False, verbose_name="Responsible person")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="team_roles",
                                to="programmes.edition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "code"), name="edition_team_role_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("email", models.EmailField(max_length=254, verbose_name="E-mail address")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="Title or unit")),
                        ("role", models.CharField(blank=True, max_length=60, verbose_name="Role in the team")),
                        (
                            "is_responsible",
                            models.BooleanField(default=False, verbose_name="Responsible person of the team"),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("made_with", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="programmes.application",
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
                        "ordering": ["-is_responsible", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_responsible", True)),
                                fields=("application",),
                                name="one_responsible_in_a_team",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("email", ""), _negated=True),
                                fields=("application", "email"),
                                name="once_in_a_team",
                            ),
                            models.UniqueConstraint(fields=("application", "made_with"), name="team_member_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="The manager's name")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="The manager's e-mail address"),
                        ),
                        ("language", models.CharField(default="fi", max_length=2)),
                        ("token_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("mailed_on", models.DateField(blank=True, editable=False, null=True)),
                        ("mailed_that_day", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_name", models.CharField(blank=True, max_length=200)),
                        ("confirmed_title", models.CharField(blank=True, max_length=200)),
                        ("stood_behind", models.JSONField(blank=True, default=dict, editable=False)),
                        ("declined_at", models.DateTimeField(blank=True, null=True)),
                        ("declined_why", models.TextField(blank=True, max_length=2000)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="programmes.application",
                            ),
                        ),
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
                        (
                            "confirmed_by",
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("confirmed_at", None), ("declined_at", None), ("withdrawn_at", None)
                                ),
                                fields=("application", "email"),
                                name="one_open_commitment_request",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeclaredTie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="What ties you to the applicant?"
                            ),
                        ),
                        ("declared_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declared_ties",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declared_ties",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "person"), name="tie_declared_once")
                        ],
                    },
                ),
            ],
        ),
    ]
