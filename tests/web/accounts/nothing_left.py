"""How tests look for what is left of an erased person."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.apps import apps


def assert_nothing_is_left(words: Iterable[str]) -> None:
    """Look at every cell of every table for these words."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.values():
            text = json.dumps(row, default=str, ensure_ascii=False).casefold()
            found += [f"{model.__name__}: {text}" for word in words if word.casefold() in text]
    assert found == []
