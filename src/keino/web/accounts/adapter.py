"""How allauth behaves here: its mail goes through our rows, and organisations' own log-ins are honoured."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in by an organisation's own provider (OIDC)."""
