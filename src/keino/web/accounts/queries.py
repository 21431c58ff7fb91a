"""Questions about log-ins, tokens and sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from keino.web.accounts.choices import TokenScope
from keino.web.accounts.models import ApiToken, LogInLink, LogInProvider
from keino.web.accounts.second_factor import lacks_second_factor
from keino.web.base.models import Person


def digest(secret: str) -> str:
    """The SHA-256 under which a link's or token's secret is kept; it has 256 random bits, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_digest(code: str) -> str:
    """The keyed hash of a code, which is short: without the site's key nobody can try them all."""
    plain = "".join(letter for letter in code if letter.isalnum()).lower()
    return salted_hmac("keino.accounts.code", plain, algorithm="sha256").hexdigest()


# ---- organisations' own log-ins


def domain_of(address: str) -> str:
    """The domain of a mail address, in lower case."""
    return address.rpartition("@")[2].strip().lower()


def provider_for_address(email: str) -> LogInProvider | None:
    """The log-in that is in use for this address's domain."""
    return LogInProvider.objects.filter(is_active=True, domains__domain=domain_of(email)).first()


def required_provider_for(email: str) -> LogInProvider | None:
    """The log-in that people of this domain must use."""
    provider = provider_for_address(email)
    return provider if provider is not None and provider.is_required else None


def vouches_for(provider: LogInProvider, email: str, claimed: object) -> bool:
    """Whether the provider may say that this address belongs to who logged in. ``claimed``: its ``email_verified``.

    A claim that says no is obeyed. A missing claim counts only where the provider was set up so.
    """
    if not provider.domains.filter(domain=domain_of(email)).exists():
        return False
    if claimed is None:
        return provider.vouches_without_claim
    return claimed is True or claimed == "true"


# ---- links and tokens


def open_link(token: str) -> LogInLink | None:
    """The log-in link with this secret, if it still works."""
    links = LogInLink.objects.select_related("person")
    return links.filter(token_hash=digest(token), used_at=None, expires_at__gt=timezone.now()).first()


def is_code_open(code: str) -> bool:
    """Whether neither this mailed code nor its link was used."""
    return LogInLink.objects.filter(code_hash=code_digest(code), used_at=None, expires_at__gt=timezone.now()).exists()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's tokens, newest first; revoked ones too, until they are retired."""
    return person.api_tokens.order_by("-created_at", "-pk")


def token_of(raw: str) -> ApiToken | None:
    """The token with this text, if it works now and its owner may log in."""
    found = ApiToken.objects.select_related("person").filter(
        token_hash=digest(raw), revoked_at=None, expires_at__gt=timezone.now(), person__is_active=True
    )
    token = found.first()
    return None if token is None or lacks_second_factor(token.person) else token


#: What is asked for → tokens that open it. One that stands in an address opens the calendar and nothing else.
_OPENED_BY: dict[str, frozenset[str]] = {
    TokenScope.READ: frozenset({TokenScope.READ, TokenScope.WRITE}),
    TokenScope.WRITE: frozenset({TokenScope.WRITE}),
    TokenScope.CALENDAR: frozenset({TokenScope.CALENDAR}),
}


def person_of_token(raw: str, scope: str = TokenScope.READ) -> Person | None:
    """Whose token this is, if it works now and may do what ``scope`` says."""
    token = token_of(raw)
    return token.person if token is not None and token.scope in _OPENED_BY[scope] else None


# ---- sessions


def sessions_of(person: Person) -> list[UserSession]:
    """A person's open sessions, latest seen first; ended ones are swept away. Three queries, however many there are."""
    notes = list(UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk"))
    kept = Session.objects.filter(session_key__in=[note.session_key for note in notes], expire_date__gt=timezone.now())
    is_open = {session.session_key: _is_of(person, session.get_decoded()) for session in kept}
    ended = [note.pk for note in notes if not is_open.get(note.session_key)]
    UserSession.objects.filter(pk__in=ended).delete()
    return [note for note in notes if note.pk not in set(ended)]


def _is_of(person: Person, session: Mapping[str, object]) -> bool:
    """Whether a session is this person's and as new as the password."""
    proof = str(session.get(HASH_SESSION_KEY, ""))
    return session.get(SESSION_KEY) == str(person.pk) and constant_time_compare(proof, person.get_session_auth_hash())
