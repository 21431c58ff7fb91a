"""People: added by somebody, changed by themselves."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.models import Person


@transaction.atomic
def add_person(
    *, email: str, name: str = "", language: str = "fi", password: str | None = None, confirmed: bool = False
) -> Person:
    """Add a person whose address is known to be theirs (``confirmed``: an accepted invitation) or not yet."""
    person = Person.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=confirmed)
    return person


@transaction.atomic
def confirm_address(person: Person) -> None:
    """Note that the person's address is theirs: they opened a link that only went there."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def change_me(*, name: str, language: str, by: Person) -> Person:
    """Change one's own name and language."""
    by.name, by.language = name.strip(), language
    with acting(by):
        by.save(update_fields=["name", "language"])
    return by
