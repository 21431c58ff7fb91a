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
        ("organisations", "0001_initial"),
        ("surveys", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        keino.web.base.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Name of the series")),
                        ("summary", models.CharField(blank=True, max_length=500, verbose_name="In short")),
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
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="event_series",
                                to="organisations.organisation",
                                verbose_name="Organiser",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("title", "pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("organiser", "title"), name="event_series_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("summary", models.CharField(blank=True, max_length=500, verbose_name="In short")),
                        (
                            "description",
                            models.TextField(blank=True, max_length=10000, verbose_name="Programme and description"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
                                default="fi",
                                max_length=2,
                                verbose_name="Language of the event",
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("low_carbon", "low-carbon procurement"),
                                    ("circular", "circular economy"),
                                    ("innovation", "innovation"),
                                    ("social", "social responsibility"),
                                    ("management", "management of procurement"),
                                    ("market", "market dialogue"),
                                    ("other", "other"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="Theme",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="Begins")),
                        ("ends_at", models.DateTimeField(verbose_name="Ends")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("online", "online"),
                                    ("on_site", "on site"),
                                    ("hybrid", "on site and online"),
                                ],
                                default="online",
                                max_length=10,
                                verbose_name="How people take part",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="Place")),
                        (
                            "online_link",
                            models.URLField(blank=True, max_length=500, verbose_name="Link to take part online"),
                        ),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="Seats")),
                        (
                            "audience",
                            models.CharField(
                                choices=[("public", "everyone"), ("invited", "those invited")],
                                default="public",
                                max_length=10,
                                verbose_name="Who may register",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("announced", "announced"), ("cancelled", "cancelled")],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "register_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="Registration open until"),
                        ),
                        (
                            "asks_needs",
                            models.BooleanField(default=False, verbose_name="Ask for diet and access needs"),
                        ),
                        ("is_recorded", models.BooleanField(default=False, verbose_name="The event is recorded")),
                        (
                            "consent_text",
                            models.TextField(blank=True, max_length=2000, verbose_name="What else people agree to"),
                        ),
                        (
                            "registration_days",
                            models.PositiveSmallIntegerField(
                                default=365, verbose_name="Days for which registrations are kept after the event"
                            ),
                        ),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="Changes of time and place"
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "cancelled_because",
                            models.CharField(blank=True, max_length=500, verbose_name="Why it was cancelled"),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="contact_of_events",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Contact person",
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
                            "feedback",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="surveys.formversion",
                                verbose_name="Feedback form",
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="organisations.organisation",
                                verbose_name="Organiser",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="events",
                                to="events.series",
                                verbose_name="Series",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("starts_at", "pk"),
                        "indexes": [models.Index(fields=["audience", "state", "ends_at"], name="events_listed")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="event_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity", None), ("capacity__gte", 1), _connector="OR"),
                                name="event_has_a_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    ("cancelled_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="event_cancelled_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Declined",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("declined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declined_events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="declined", to="events.event"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("event", "person"), name="invitation_declined_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invited",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Withdrawn"),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invited", to="events.event"
                            ),
                        ),
                        (
                            "invited_by",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="event_invitations",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="event_invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", None), ("organisation", None), _connector="XOR"),
                                name="invited_is_a_person_or_an_organisation",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None), _negated=True),
                                fields=("event", "person"),
                                name="person_invited_to_event_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organisation", None), _negated=True),
                                fields=("event", "organisation"),
                                name="organisation_invited_to_event_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
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
                                choices=[("file", "file"), ("link", "link"), ("recording", "recording")],
                                max_length=10,
                                verbose_name="Kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="File")),
                        ("stored_as", models.CharField(blank=True, editable=False, max_length=200)),
                        ("size_bytes", models.PositiveBigIntegerField(default=0, editable=False)),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="events.event"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("added_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "file"), models.Q(("stored_as", ""), _negated=True), ("link", "")
                                    ),
                                    models.Q(
                                        models.Q(("kind", "file"), _negated=True),
                                        models.Q(("link", ""), _negated=True),
                                        ("stored_as", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="material_is_a_file_or_a_link",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="Name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                        ("works_at", models.CharField(blank=True, max_length=200, verbose_name="Organisation")),
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
                            "joins",
                            models.CharField(
                                choices=[("on_site", "on site"), ("online", "online")],
                                default="online",
                                max_length=10,
                                verbose_name="Takes part",
                            ),
                        ),
                        ("needs", models.TextField(blank=True, max_length=1000, verbose_name="Diet and access needs")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "held while filling in"),
                                    ("unconfirmed", "waits for the link in the mail"),
                                    ("booked", "registered"),
                                    ("waiting", "on the waiting list"),
                                    ("cancelled", "cancelled"),
                                    ("lapsed", "lapsed"),
                                ],
                                default="held",
                                max_length=12,
                                verbose_name="State",
                            ),
                        ),
                        ("has_place", models.BooleanField(default=False)),
                        ("held_until", models.DateTimeField(blank=True, null=True)),
                        ("consent_text", models.TextField(blank=True, verbose_name="What was agreed to")),
                        ("consented_at", models.DateTimeField(blank=True, null=True, verbose_name="Agreed")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="Registered")),
                        (
                            "queued_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="On the waiting list since"),
                        ),
                        (
                            "moved_up_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="Got a seat from the waiting list"
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="Cancelled")),
                        ("was_withdrawn", models.BooleanField(default=False, editable=False)),
                        (
                            "attendance",
                            models.CharField(
                                blank=True,
                                choices=[("", "not marked"), ("present", "came"), ("absent", "did not come")],
                                default="",
                                max_length=10,
                                verbose_name="Attendance",
                            ),
                        ),
                        ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="events.event"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="seats",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("created_at", "pk"),
                        "indexes": [
                            models.Index(fields=["event", "state", "queued_at"], name="seats_of_event"),
                            models.Index(fields=["state", "held_until"], name="seats_to_lapse"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("event"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(
                                    ("state__in", ("unconfirmed", "booked", "waiting")),
                                    models.Q(("email", ""), _negated=True),
                                ),
                                name="one_live_seat_of_an_address",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("unconfirmed", "booked", "waiting")),
                                    models.Q(("person", None), _negated=True),
                                ),
                                fields=("event", "person"),
                                name="one_live_seat_of_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True),
                                    ("queued_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="who_waits_has_a_place_in_line",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
