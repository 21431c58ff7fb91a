"""Setting up organisations' own log-ins."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry

from keino.web.accounts import queries, services
from keino.web.accounts.errors import DomainTaken, NotADomain, UnsafeIssuer
from keino.web.accounts.models import LogInProvider
from keino.web.accounts.sealed import SealBroken, seal, unsealed
from keino.web.base.errors import Conflict
from tests.factories.accounts import a_provider
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.town.example",
        "https://localhost",
        "https://127.0.0.1/",
        "https://10.0.0.8/realm",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://me:secret@login.town.example",
        "https://login.town.example/?a=b",
        "https://printer",
        "https://db.internal",
        "ftp://login.town.example",
        "",
    ],
)
def test_issuer_that_must_not_be_called_is_refused(issuer: str) -> None:
    with pytest.raises(UnsafeIssuer):
        a_provider(issuer)
    assert LogInProvider.objects.count() == 0


def test_secret_is_encrypted_and_never_in_the_trail() -> None:
    provider = a_provider(secret="very-secret-of-town")
    services.set_provider(
        provider_id="town",
        name="Town",
        issuer=provider.issuer,
        client_id="keino",
        secret="another-secret",
        domains=["town.example"],
        by=a_person(),
    )
    provider.refresh_from_db()
    assert unsealed(provider.sealed_secret) == "another-secret"
    assert "secret" not in provider.sealed_secret
    trail = "".join(str(entry.changes) for entry in LogEntry.objects.all())
    assert "Town log-in" in trail
    assert "very-secret" not in trail
    assert "another-secret" not in trail
    assert provider.sealed_secret not in trail


def test_sealed_text_needs_the_key_or_an_old_one(settings: object) -> None:
    sealed = seal("text")
    settings.SECRET_KEY, old = "a-new-key-" + "y" * 50, settings.SECRET_KEY  # type: ignore[attr-defined]
    with pytest.raises(SealBroken):
        unsealed(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]
    assert unsealed(sealed) == "text"


def test_domain_belongs_to_one_log_in() -> None:
    a_provider()
    with pytest.raises(DomainTaken):
        a_provider(provider_id="other", domains=["TOWN.example"])
    assert LogInProvider.objects.count() == 1


@pytest.mark.parametrize("domain", ["town", "aino@town.example", "town example", "*.example", "-x.example"])
def test_domain_must_be_one(domain: str) -> None:
    with pytest.raises(NotADomain):
        a_provider(domains=[domain])


def test_domains_are_replaced_and_found_in_any_case() -> None:
    a_provider(domains=["Town.Example", "@old.example"])
    assert queries.provider_for_address("A@OLD.EXAMPLE") is not None
    a_provider(domains=["town.example", "new.example"])
    asked = ("town.example", "old.example", "new.example")
    assert [queries.provider_for_address(f"a@{domain}") is not None for domain in asked] == [True, False, True]


def test_form_opened_before_somebody_elses_change_is_refused() -> None:
    provider = a_provider()
    a_provider(name="Changed")
    with pytest.raises(Conflict):
        a_provider(name="Late", seen=provider.version)
    assert LogInProvider.objects.get().name == "Changed"


def test_own_network_may_be_called_where_the_keeper_says_so(settings: object) -> None:
    settings.OIDC_MAY_BE_LOCAL = True  # type: ignore[attr-defined]
    assert a_provider("https://adfs.town.local/adfs/").issuer == "https://adfs.town.local/adfs"
    assert a_provider("http://localhost:9400").issuer == "http://localhost:9400"
    for wrong in ("http://adfs.town.local", "https://me:secret@adfs.town.local", "https://"):
        with pytest.raises(UnsafeIssuer):
            a_provider(wrong)
