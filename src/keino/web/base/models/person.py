"""People: one row per person who can log in. What they may do is in ``organisations.Role``."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import rules
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Digest, Language


class PersonManager(BaseUserManager["Person"]):
    """Makes people; an address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Add a person; without a password they log in by a link or by their organisation."""
        if not email:
            raise ValueError("a person needs an e-mail address")
        person: Person = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Add an administrator of the site."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class Person(AbstractBaseUser, PermissionsMixin):
    """A person. Personal data: name and e-mail address (register: about/privacy)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-mail address"))
    name = models.CharField(_("Name"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.FI)
    digest = models.CharField(_("Mail that isn't a duty"), max_length=10, choices=Digest, default=Digest.AT_ONCE)
    is_active = models.BooleanField(default=True)
    #: Works at the centre: a second factor is required.
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Name and address are gone; what the person did stays under "a former user".
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return gettext("a former user") if self.erased_at else self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask our rules alone (``organisations.rules``): they say what an administrator of the site may do, too.

        Django would let ``is_superuser`` pass every question, ledgers and footprints of others included.
        """
        return self.is_active and bool(rules.has_perm(perm, self, obj))

    async def ahas_perm(self, perm: str, obj: Any = None) -> bool:
        """As ``has_perm``."""
        return await sync_to_async(self.has_perm)(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """No: permissions are asked one by one."""
        return False

    def get_full_name(self) -> str:
        """The name as the person wrote it, else the address."""
        return str(self)
