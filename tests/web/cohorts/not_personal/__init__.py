"""Columns that could hold personal data by their type, and don't: why. One module for each part."""

from __future__ import annotations

from tests.web.cohorts.not_personal import effect, sparring, taking_part

NOT_PERSONAL: dict[str, str] = {**effect.NOT_PERSONAL, **sparring.NOT_PERSONAL, **taking_part.NOT_PERSONAL}
