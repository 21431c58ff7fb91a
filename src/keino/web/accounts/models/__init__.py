"""Log-in links, tokens for programs, and organisations' own log-ins."""

from keino.web.accounts.models.link import LogInLink
from keino.web.accounts.models.provider import LogInDomain, LogInProvider
from keino.web.accounts.models.token import ApiToken

__all__ = ["ApiToken", "LogInDomain", "LogInLink", "LogInProvider"]
