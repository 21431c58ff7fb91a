import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import keino.web.base.create_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auditlog", "0017_add_actor_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Address on the site")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("municipality", "municipality or city"),
                                    ("joint_municipal_authority", "joint municipal authority"),
                                    ("wellbeing_county", "wellbeing services county"),
                                    ("state_agency", "state agency"),
                                    ("parish", "parish"),
                                    ("university", "university or university of applied sciences"),
                                    ("central_purchasing_body", "central purchasing body"),
                                    ("in_house_entity", "in-house entity"),
                                    ("public_company", "publicly owned company"),
                                    ("regional_council", "regional council"),
                                    ("ministry", "ministry"),
                                    ("competence_centre", "competence centre"),
                                    ("company", "company"),
                                    ("other", "other organisation"),
                                ],
                                max_length=30,
                                verbose_name="Kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("name_fi", models.CharField(max_length=200, null=True, verbose_name="Name")),
                        ("name_sv", models.CharField(max_length=200, null=True, verbose_name="Name")),
                        ("name_en", models.CharField(max_length=200, null=True, verbose_name="Name")),
                        ("short_name", models.CharField(blank=True, max_length=60, verbose_name="Short name")),
                        (
                            "short_name_fi",
                            models.CharField(blank=True, max_length=60, null=True, verbose_name="Short name"),
                        ),
                        (
                            "short_name_sv",
                            models.CharField(blank=True, max_length=60, null=True, verbose_name="Short name"),
                        ),
                        (
                            "short_name_en",
                            models.CharField(blank=True, max_length=60, null=True, verbose_name="Short name"),
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
                        ("business_id", models.CharField(blank=True, max_length=20, verbose_name="Business ID")),
                        (
                            "municipality_code",
                            models.CharField(blank=True, max_length=3, verbose_name="Municipality code"),
                        ),
                        ("region_code", models.CharField(blank=True, max_length=4, verbose_name="Region code")),
                        (
                            "county_code",
                            models.CharField(blank=True, max_length=5, verbose_name="Wellbeing services county code"),
                        ),
                        (
                            "population",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="Residents or members"),
                        ),
                        ("merged_on", models.DateField(blank=True, null=True, verbose_name="Merged on")),
                        ("succeeded_on", models.DateField(blank=True, null=True, verbose_name="Succeeded on")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Since")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("homepage", models.URLField(blank=True, verbose_name="Web site")),
                        ("about", models.TextField(blank=True, verbose_name="About")),
                        ("about_fi", models.TextField(blank=True, null=True, verbose_name="About")),
                        ("about_sv", models.TextField(blank=True, null=True, verbose_name="About")),
                        ("about_en", models.TextField(blank=True, null=True, verbose_name="About")),
                        (
                            "is_public",
                            models.BooleanField(default=False, verbose_name="Show our footprint to everyone"),
                        ),
                        (
                            "is_compared",
                            models.BooleanField(default=True, verbose_name="Take part in anonymous comparison"),
                        ),
                        (
                            "login_method",
                            models.CharField(
                                choices=[
                                    ("any", "e-mail link or password"),
                                    ("link", "e-mail link"),
                                    ("oidc", "the organisation's own log-in"),
                                ],
                                default="any",
                                max_length=10,
                                verbose_name="Log-in",
                            ),
                        ),
                        ("is_example", models.BooleanField(default=False, editable=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="organisations.organisation",
                                verbose_name="Merged into",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="organisations.organisation",
                                verbose_name="Part of",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preceded",
                                to="organisations.organisation",
                                verbose_name="Successor",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "region_code"], name="organisation_peers")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("business_id", ""), _negated=True),
                                fields=("business_id",),
                                name="organisation_business_id_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organisation_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_not_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_not_part_of_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("successor", None),
                                    models.Q(("successor", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_not_its_own_successor",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("responsible_person", "responsible person"),
                                    ("member", "member"),
                                    ("approver", "approver"),
                                    ("expert", "expert"),
                                    ("mentor", "mentor"),
                                    ("change_agent", "change agent"),
                                    ("coordinator", "coordinator"),
                                    ("ministry_officer", "ministry officer"),
                                    ("supplier_user", "user at a company"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("regions", models.JSONField(blank=True, default=list)),
                        ("role_until", models.DateField(blank=True, null=True)),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")], max_length=2
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("mailed_times", models.PositiveSmallIntegerField(default=1)),
                        ("mailed_on", models.DateField(default=django.utils.timezone.localdate, editable=False)),
                        ("mailed_that_day", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("about", None), ("accepted_at", None), ("withdrawn_at", None)),
                                fields=("organisation", "email", "kind"),
                                name="one_open_invitation",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("accepted_at", None),
                                    ("withdrawn_at", None),
                                    models.Q(("about", None), _negated=True),
                                ),
                                fields=("organisation", "email", "kind", "about"),
                                name="one_open_invitation_about",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                                    ("responsible_person", "responsible person"),
                                    ("member", "member"),
                                    ("approver", "approver"),
                                    ("expert", "expert"),
                                    ("mentor", "mentor"),
                                    ("change_agent", "change agent"),
                                    ("coordinator", "coordinator"),
                                    ("ministry_officer", "ministry officer"),
                                    ("supplier_user", "user at a company"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=30,
                                verbose_name="Role",
                            ),
                        ),
                        ("regions", models.JSONField(blank=True, default=list, verbose_name="Regions")),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="To")),
                        ("given_for", models.CharField(blank=True, default="", editable=False, max_length=60)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "about",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helpers",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "deputy_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deputies",
                                to="organisations.role",
                            ),
                        ),
                        (
                            "given_by",
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
                                related_name="roles",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organisation", "kind", "valid_to"], name="role_holders")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="role_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("about", None), ("withdrawn_at", None)),
                                fields=("person", "organisation", "kind", "valid_from"),
                                name="role_given_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("about", None), _negated=True), ("withdrawn_at", None)),
                                fields=("person", "organisation", "kind", "valid_from", "about"),
                                name="role_about_given_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
