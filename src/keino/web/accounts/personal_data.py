"""What is held of people to let them in, and who changed what. Mail and jobs: ``operations.personal_data``."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.utils.translation import gettext_lazy as _

from keino.web.accounts.models import ApiToken, LogInLink
from keino.web.accounts.services import (
    end_all_sessions,
    retire_half_open_log_ins,
    retire_sessions,
    retire_tokens,
    retire_unverified_people,
)
from keino.web.base.models import Person
from keino.web.base.personal_data import Register

_SERVICE = _("Performing the service that the person or their organisation asked for (GDPR article 6(1)(b) and (e)).")
_SECURITY = _("The legitimate interest in keeping accounts safe (GDPR article 6(1)(f)).")


def _moment(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


# ---- the person


def _export_person(person: Person) -> Any:
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "digest": person.digest,
        "joined_at": _moment(person.joined_at),
        "last_login": _moment(person.last_login),
        "works_at_the_centre": person.is_staff,
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
    }


def _erase_person(person: Person) -> None:
    """The row loses its name and address at the end (``services.erasure``): other registers still look by them."""
    EmailAddress.objects.filter(user=person).delete()


PERSON = Register(
    key="person",
    title=_("People who can log in"),
    purpose=_("To let people in, to show colleagues who did what, and to write to them in their language."),
    legal_ground=_SERVICE,
    kept_for=_(
        "Until the person erases their account. An account whose address was never confirmed is deleted after 30 days."
    ),
    columns=(
        "base.Person.email",
        "base.Person.name",
        "base.Person.password",
        "account.EmailAddress.user",
        "account.EmailAddress.email",
    ),
    export=_export_person,
    erase=_erase_person,
    retire=retire_unverified_people,
)


# ---- ways to log in


def _export_log_in(person: Person) -> Any:
    connected = SocialAccount.objects.filter(user=person)
    factors = Authenticator.objects.filter(user=person)
    return {
        "has_password": person.has_usable_password(),
        "organisations": [
            {"provider": one.provider, "subject": one.uid, "told": one.extra_data, "since": _moment(one.date_joined)}
            for one in connected
        ],
        "second_factors": [
            {"kind": one.type, "since": _moment(one.created_at), "last_used": _moment(one.last_used_at)}
            for one in factors
        ],
        "log_in_mails": [
            {"address": link.address, "sent": _moment(link.created_at), "used": _moment(link.used_at)}
            for link in LogInLink.objects.filter(person=person)
        ],
    }


def _erase_log_in(person: Person) -> None:
    SocialAccount.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    LogInLink.objects.filter(person=person).delete()


LOG_IN = Register(
    key="log_in",
    title=_("Ways to log in"),
    purpose=_("To know that whoever logs in is who they say."),
    legal_ground=_SECURITY,
    kept_for=_("As long as the account. Log-in links are deleted a day after they stopped working."),
    columns=(
        "socialaccount.SocialAccount.user",
        "socialaccount.SocialAccount.uid",
        "socialaccount.SocialAccount.extra_data",
        "mfa.Authenticator.user",
        "mfa.Authenticator.data",
        "accounts.LogInLink.person",
        "accounts.LogInLink.address",
        "accounts.LogInLink.next",
    ),
    export=_export_log_in,
    erase=_erase_log_in,
    retire=retire_half_open_log_ins,
)


# ---- sessions


def _export_sessions(person: Person) -> Any:
    return [
        {
            "device": one.user_agent,
            "network_address": one.ip,
            "began": _moment(one.created_at),
            "last_seen": _moment(one.last_seen_at),
        }
        for one in UserSession.objects.filter(user=person)
    ]


def _erase_sessions(person: Person) -> None:
    end_all_sessions(person)


SESSIONS = Register(
    key="sessions",
    title=_("Sessions"),
    purpose=_("To show people where they are logged in, so that they notice a stranger and can log them out."),
    legal_ground=_SECURITY,
    kept_for=_("Until the session ends: 14 days after its last use, or when the person logs out."),
    columns=(
        "usersessions.UserSession.user",
        "usersessions.UserSession.ip",
        "usersessions.UserSession.user_agent",
        "usersessions.UserSession.data",
        "sessions.Session.session_data",
    ),
    export=_export_sessions,
    erase=_erase_sessions,
    retire=retire_sessions,
)


# ---- tokens


def _export_tokens(person: Person) -> Any:
    return [
        {
            "name": token.name,
            "scope": token.scope,
            "beginning": token.beginning,
            "made": _moment(token.created_at),
            "expires": _moment(token.expires_at),
            "last_used": _moment(token.last_used_at),
            "revoked": _moment(token.revoked_at),
        }
        for token in ApiToken.objects.filter(person=person).order_by("pk")
    ]


def _erase_tokens(person: Person) -> None:
    ApiToken.objects.filter(person=person).delete()


TOKENS = Register(
    key="tokens",
    title=_("Tokens for programs"),
    purpose=_("To let a person's own programs in under their name."),
    legal_ground=_SERVICE,
    kept_for=_("30 days after the token expired or was stopped."),
    columns=("accounts.ApiToken.person", "accounts.ApiToken.name"),
    export=_export_tokens,
    erase=_erase_tokens,
    retire=retire_tokens,
)


# ---- what people did


def _export_trail(person: Person) -> Any:
    entries = LogEntry.objects.filter(actor=person).select_related("content_type").order_by("-timestamp", "-pk")
    return [
        {
            "when": _moment(entry.timestamp),
            "what": entry.get_action_display(),
            "kind": entry.content_type.model,
            "thing": entry.object_repr,
            "changes": entry.changes,
        }
        for entry in entries.iterator()
    ]


def _erase_trail(person: Person) -> None:
    """The trail stays, by "a former user"; name and address are taken out of it (``services.erasure``)."""
    LogEntry.objects.filter(actor=person).update(actor_email=None, remote_addr=None)


TRAIL = Register(
    key="trail",
    title=_("Who changed what"),
    purpose=_("To know afterwards who changed a result, a promise or a permission, and to put mistakes right."),
    legal_ground=_(
        "Compliance with the duty to show how public decisions were made, and the legitimate interest in it (GDPR "
        "article 6(1)(c) and (f))."
    ),
    kept_for=_("As long as what was changed. When a person erases their account, their name is taken out."),
    columns=(
        "auditlog.LogEntry.actor",
        "auditlog.LogEntry.actor_email",
        "auditlog.LogEntry.remote_addr",
        "auditlog.LogEntry.object_repr",
        "auditlog.LogEntry.changes",
        "auditlog.LogEntry.changes_text",
        "auditlog.LogEntry.serialized_data",
        "auditlog.LogEntry.additional_data",
    ),
    export=_export_trail,
    erase=_erase_trail,
    stays=_("What you changed and when, by “a former user”."),
)

ALL = (PERSON, LOG_IN, SESSIONS, TOKENS, TRAIL)
