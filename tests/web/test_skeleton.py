"""The site as a whole: it answers, its migrations fit its models, its apps keep their order."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField
from django.test import Client

from tests.web.scene import APPS


@pytest.mark.django_db
def test_front_page_answers_in_three_languages() -> None:
    seen = {code: Client().get("/", {"language": code}).headers["Content-Language"] for code in ("fi", "sv", "en")}
    assert seen == {"fi": "fi", "sv": "sv", "en": "en"}


@pytest.mark.django_db
def test_migrations_fit_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_foreign_key_points_to_a_later_app() -> None:
    """Left may never point to the right (apps stand in the order of the data flow)."""
    wrong = []
    for model in apps.get_models():
        if model._meta.app_label not in APPS:
            continue
        place = APPS.index(model._meta.app_label)
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                if target in APPS and APPS.index(target) > place:
                    wrong.append(f"{model.__name__}.{field.name} → {target}")
    assert wrong == []
