"""Kinds of organisations and roles, with their names for people (DOMAIN: glossary)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is. Peers are compared within a kind."""

    MUNICIPALITY = "municipality", _("municipality or city")
    JOINT_MUNICIPAL_AUTHORITY = "joint_municipal_authority", _("joint municipal authority")
    WELLBEING_COUNTY = "wellbeing_county", _("wellbeing services county")
    STATE_AGENCY = "state_agency", _("state agency")
    PARISH = "parish", _("parish")
    UNIVERSITY = "university", _("university or university of applied sciences")
    CENTRAL_PURCHASING_BODY = "central_purchasing_body", _("central purchasing body")
    IN_HOUSE_ENTITY = "in_house_entity", _("in-house entity")
    PUBLIC_COMPANY = "public_company", _("publicly owned company")
    REGIONAL_COUNCIL = "regional_council", _("regional council")
    MINISTRY = "ministry", _("ministry")
    COMPETENCE_CENTRE = "competence_centre", _("competence centre")
    COMPANY = "company", _("company")
    OTHER = "other", _("other organisation")


#: Kinds that buy with public money: they have ledgers and footprints.
BUYERS = frozenset(OrganisationKind.values) - {OrganisationKind.COMPANY}


class RoleKind(TextChoices):
    """What a person is to an organisation, from one day to another. Who may do what: ``organisations.rules``."""

    RESPONSIBLE_PERSON = "responsible_person", _("responsible person")
    MEMBER = "member", _("member")
    APPROVER = "approver", _("approver")
    EXPERT = "expert", _("expert")
    MENTOR = "mentor", _("mentor")
    CHANGE_AGENT = "change_agent", _("change agent")
    COORDINATOR = "coordinator", _("coordinator")
    MINISTRY_OFFICER = "ministry_officer", _("ministry officer")
    SUPPLIER_USER = "supplier_user", _("user at a company")
    ADMINISTRATOR = "administrator", _("administrator")


#: Roles whose holders work at the centre; a second factor is required of them.
CENTRE_ROLES = frozenset(
    {RoleKind.EXPERT, RoleKind.MENTOR, RoleKind.CHANGE_AGENT, RoleKind.COORDINATOR, RoleKind.ADMINISTRATOR}
)


class LoginMethod(TextChoices):
    """How an organisation's people log in."""

    ANY = "any", _("e-mail link or password")
    LINK = "link", _("e-mail link")
    OIDC = "oidc", _("the organisation's own log-in")
