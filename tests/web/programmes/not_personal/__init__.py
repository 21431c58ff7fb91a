"""Columns that could hold personal data by their type, and don't: why. One module for each part."""

from tests.web.programmes.not_personal import applications, editions, selection

NOT_PERSONAL: dict[str, str] = {**editions.NOT_PERSONAL, **applications.NOT_PERSONAL, **selection.NOT_PERSONAL}
