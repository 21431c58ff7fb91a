"""Secrets that must be read again (client secrets, keys of second factors), encrypted with the site's secret key.

A copy of the database alone doesn't give them away. A new secret key reads what an old one sealed as long as the old
one is in ``KEINO_OLD_SECRET_KEYS``.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from keino.errors import KeinoError, mark


class SealBroken(KeinoError):
    """The site's secret key is not the one that sealed this."""

    code = "seal_broken"
    template = mark(
        "A stored secret can't be read, because the site's secret key changed. Nothing was lost: give the old key in "
        "KEINO_OLD_SECRET_KEYS, or enter the secret anew."
    )


def seal(text: str) -> str:
    """Encrypt a text; empty stays empty."""
    return _box().encrypt(text.encode()).decode("ascii") if text else ""


def unsealed(sealed: str) -> str:
    """The text that was sealed."""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode() if sealed else ""
    except InvalidToken as problem:
        raise SealBroken from problem


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    """A key for this purpose only: knowing it doesn't give the site's secret key."""
    return salted_hmac("keino.accounts.sealed", "", secret=key, algorithm="sha256").digest()
