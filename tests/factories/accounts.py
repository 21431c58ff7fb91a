"""People who can log in, their tokens, links and organisations' log-ins, for tests."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from keino.web.accounts import services
from keino.web.accounts.models import ApiToken, LogInProvider
from keino.web.base.models import Mail, Person
from tests.factories.web import a_person

PASSWORD = "correct-horse-battery"


def an_account(email: str = "", *, confirmed: bool = True, **fields: Any) -> Person:
    """A person whose address is confirmed."""
    person = a_person(**({"email": email} if email else {}), **fields)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=confirmed)
    return person


def with_second_factor(person: Person) -> Person:
    TOTP.activate(person, generate_totp_secret())
    return person


def a_token(person: Person, **fields: Any) -> tuple[ApiToken, str]:
    return services.make_token(by=person, **({"name": "Upload", "scope": "read", "days": 90} | fields))


def a_provider(issuer: str = "https://login.town.example", **fields: Any) -> LogInProvider:
    given = {
        "provider_id": "town",
        "name": "Town log-in",
        "client_id": "keino",
        "secret": "s3cret-of-town",
        "domains": ["town.example"],
        "by": fields.pop("by", None) or a_person(is_superuser=True),
    }
    return services.set_provider(issuer=issuer, **(given | fields))


def mailed(name: str) -> dict[str, Any]:
    """The values of the latest mail of a template, as they wait for the worker."""
    return Mail.objects.filter(template=f"accounts/mail/{name}.txt").latest("pk").values


def mailed_link(name: str = "log_in") -> str:
    """The path of the link in the latest mail of a template."""
    return re.sub(r"^https?://[^/]+", "", mailed(name)["_secret_link"])


def ask_for_link(client: Client, email: str, **more: str) -> Any:
    """Type an address on the log-in page."""
    return client.post("/account/login/", {"login": email, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
