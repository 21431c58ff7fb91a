"""The register of personal data is whole, and what is too old goes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import models
from django.utils import timezone

from keino.web.accounts.models import ApiToken, LogInLink
from keino.web.base.models import Mail, Person
from keino.web.base.personal_data import registers, run_retention
from tests.factories.accounts import a_token, an_account
from tests.factories.web import a_role, an_organisation
from tests.web.scene import APPS

#: Tables of others that hold what our people do.
THEIRS = ("account", "socialaccount", "mfa", "usersessions", "sessions", "auditlog")
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)


def could_be_personal(field: models.Field) -> bool:
    """A text without a fixed list, a JSON value, an address, or a pointer to a person."""
    if field.is_relation:
        return field.related_model is Person and field.model is not Person
    return isinstance(field, _TEXTS) and not field.choices and not getattr(field, "translated_field", None)


def columns(*labels: str) -> Iterator[str]:
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                if could_be_personal(field):
                    yield f"{label}.{model.__name__}.{field.name}"


def said_not_to_be_personal() -> dict[str, str]:
    """Each app's ``tests/web/<app>/not_personal.py``: NOT_PERSONAL = {"app.Model.column": "why not"}."""
    found: dict[str, str] = {}
    for app in APPS:
        name = f"tests.web.{app}.not_personal"
        try:
            found |= importlib.import_module(name).NOT_PERSONAL
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    return found


def declared() -> set[str]:
    return {column for register in registers() for column in register.columns}


def test_every_column_that_could_hold_personal_data_is_declared() -> None:
    unknown = set(columns(*APPS, *THEIRS)) - declared() - set(said_not_to_be_personal())
    assert sorted(unknown) == [], "enter these in a Register, or in tests/web/<app>/not_personal.py with the reason"


def test_no_declaration_is_about_a_column_that_is_gone() -> None:
    existing = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }
    assert sorted((declared() | set(said_not_to_be_personal())) - existing) == []


def test_no_column_is_declared_both_ways() -> None:
    assert sorted(declared() & set(said_not_to_be_personal())) == []


def test_every_pointer_to_a_person_is_in_a_register() -> None:
    pointers = set()
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in model._meta.local_fields:
                if field.is_relation and field.related_model is Person:
                    pointers.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    assert sorted(pointers - declared()) == []


def test_every_register_says_why_on_what_ground_and_for_how_long() -> None:
    for register in registers():
        texts = (register.title, register.purpose, register.legal_ground, register.kept_for)
        assert all(len(str(text)) > 3 for text in texts), register.key
        assert register.columns, register.key


# ---- retention


def ago(**time: int) -> object:
    return timezone.now() - timedelta(**time)


@pytest.mark.django_db
def test_expired_sessions_go_with_their_devices_and_open_ones_stay() -> None:
    person = an_account()
    keys = {}
    for name in ("old", "open"):
        store = SessionStore()
        store["name"] = name
        store.set_expiry(-1 if name == "old" else 1000)
        store.save()
        keys[name] = store.session_key
        UserSession.objects.create(user=person, session_key=store.session_key, ip="192.0.2.1", user_agent=name)
    run_retention()
    assert [one.session_key for one in UserSession.objects.all()] == [keys["open"]]
    assert not SessionStore().exists(keys["old"])


@pytest.mark.django_db
def test_used_up_links_go_after_a_day() -> None:
    person = an_account()
    for hours in (23, 25):
        LogInLink.objects.create(
            person=person, address=person.email, token_hash=f"{hours}", code_hash="", expires_at=ago(hours=hours)
        )
    run_retention()
    assert [link.token_hash for link in LogInLink.objects.all()] == ["23"]


@pytest.mark.django_db
def test_sent_mail_goes_after_90_days_and_waiting_mail_stays() -> None:
    for name, state, days in (("new", "sent", 89), ("old", "sent", 91), ("lost", "failed", 91), ("due", "waiting", 91)):
        Mail.objects.create(
            address="a@town.example",
            language="fi",
            template=name,
            state=state,
            created_at=ago(days=days),
            sent_at=ago(days=days) if state == "sent" else None,
        )
    run_retention()
    assert set(Mail.objects.values_list("template", flat=True)) == {"new", "due"}


@pytest.mark.django_db
def test_people_who_never_confirmed_go_after_30_days() -> None:
    cases = {
        "forgotten": {"confirmed": False, "joined_at": ago(days=31)},
        "new": {"confirmed": False, "joined_at": ago(days=29)},
        "confirmed": {"joined_at": ago(days=31)},
        "logged-in": {"confirmed": False, "joined_at": ago(days=31), "last_login": ago(days=31)},
        "with-password": {"confirmed": False, "joined_at": ago(days=31), "password": "set-by-the-keeper"},
        "with-role": {"confirmed": False, "joined_at": ago(days=31)},
    }
    people = {name: an_account(f"{name}@town.example", **fields) for name, fields in cases.items()}
    a_role(people["with-role"], "member", an_organisation())
    run_retention()
    left = {person.email.partition("@")[0] for person in Person.objects.filter(email__endswith="town.example")}
    assert left == set(cases) - {"forgotten"}
    assert not EmailAddress.objects.filter(email="forgotten@town.example").exists()


@pytest.mark.django_db
def test_tokens_go_30_days_after_they_stopped() -> None:
    person = an_account()
    for name, fields in {
        "open": {},
        "expired lately": {"expires_at": ago(days=29)},
        "expired": {"expires_at": ago(days=31)},
        "stopped": {"revoked_at": ago(days=31)},
    }.items():
        token, _ = a_token(person, name=name)
        ApiToken.objects.filter(pk=token.pk).update(**fields)
    run_retention()
    assert set(ApiToken.objects.values_list("name", flat=True)) == {"open", "expired lately"}


@pytest.mark.django_db
def test_retention_twice_deletes_nothing_more() -> None:
    an_account("forgotten@town.example", confirmed=False, joined_at=ago(days=31))
    gone, trouble = run_retention()
    assert (gone["person"] > 0, trouble) == (True, [])
    assert set(run_retention()[0].values()) == {0}
