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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="LogInLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("code_hash", models.CharField(db_index=True, max_length=64)),
                        ("next", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="log_in_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LogInProvider",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("provider_id", models.SlugField(max_length=80, unique=True, verbose_name="Identifier")),
                        ("name", models.CharField(max_length=120, verbose_name="Name")),
                        ("issuer", models.URLField(max_length=300, verbose_name="Issuer")),
                        ("client_id", models.CharField(max_length=191, verbose_name="Client ID")),
                        ("sealed_secret", models.TextField(blank=True, editable=False)),
                        (
                            "vouches_without_claim",
                            models.BooleanField(
                                default=False,
                                verbose_name="The addresses are right even where the log-in doesn't say that it verified them (Entra ID)",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(
                                default=False, verbose_name="People of these domains may log in in no other way"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="In use")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("issuer", ""), _negated=True), name="log_in_has_an_issuer"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=80, verbose_name="What it is for")),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("read", "read"),
                                    ("write", "read and write"),
                                    ("calendar", "read the calendar"),
                                ],
                                default="read",
                                max_length=10,
                                verbose_name="It may",
                            ),
                        ),
                        ("beginning", models.CharField(editable=False, max_length=12)),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("expires_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "-created_at"], name="tokens_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="LogInDomain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(max_length=253, verbose_name="Mail domain")),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="domains",
                                to="accounts.loginprovider",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("domain"), name="log_in_domain_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
