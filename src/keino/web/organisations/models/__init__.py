"""Organisations, roles and invitations."""

from keino.web.organisations.models.invitation import Invitation
from keino.web.organisations.models.organisation import Organisation
from keino.web.organisations.models.role import Role

__all__ = ["Invitation", "Organisation", "Role"]
