"""Translations: somebody says that one still holds."""

from __future__ import annotations

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.models import Person, Translation
from keino.web.base.translated import still_holds
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of


@transaction.atomic
def say_it_holds(translation: Translation, organisation: Organisation, *, by: Person) -> None:
    """Note that a translation was compared with its changed original and left as it is on purpose."""
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="translation_holds"):
        still_holds(translation)
