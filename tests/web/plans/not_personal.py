"""Columns that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {}
