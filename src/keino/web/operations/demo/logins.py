"""Log-ins of the demo: one password, drawn once, and an authenticator's secret for those who need a second factor.

Nothing is weakened for the demo: its people log in as all others do. The password and the secrets are kept in the
demo's data folder, readable by its owner only.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from keino.web.base.models import Person


@dataclass(frozen=True)
class LogIn:
    """How one person of the demo logs in. ``totp_secret`` is empty where no second factor is needed."""

    email: str
    name: str
    role: str
    organisation: str
    totp_secret: str = ""

    @property
    def code(self) -> str:
        """The authenticator's code of this half minute; empty without a second factor."""
        from allauth.mfa import app_settings
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        if not self.totp_secret:
            return ""
        return format_hotp_value(hotp_value(self.totp_secret, int(time.time()) // app_settings.TOTP_PERIOD))  # noqa: TID251  # a code is a function of the clock


def _file() -> Path:
    return Path(settings.DATA_FOLDER, "demo-log-ins.json")


def password() -> str:
    """The demo's password: that of the last time, or a new one."""
    return read()[0] or f"{secrets.token_urlsafe(9)}-demo"


def read() -> tuple[str, list[LogIn]]:
    """The password and the log-ins; empty before the first demo."""
    if not _file().is_file():
        return "", []
    kept = json.loads(_file().read_text(encoding="utf-8"))
    return kept["password"], [LogIn(**each) for each in kept["log_ins"]]


def keep(secret: str, log_ins: list[LogIn]) -> None:
    """Write them down."""
    text = json.dumps({"password": secret, "log_ins": [asdict(each) for each in log_ins]}, ensure_ascii=False, indent=1)
    with os.fdopen(os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)


def second_factor(person: Person) -> str:
    """Set up an authenticator for somebody who needs one; its secret, or empty."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from keino.web.accounts.second_factor import needs_second_factor

    if not needs_second_factor(person):
        return ""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if found is not None:
        return next((each.totp_secret for each in read()[1] if each.email == person.email), "")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret
