"""What can go wrong with organisations, roles and invitations, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class OrganisationError(KeinoError):
    """Something about an organisation doesn't hold; ``field`` is the form field it belongs to."""

    code = "organisation"
    field = ""


class WrongBusinessId(OrganisationError):
    """The check digit doesn't fit."""

    code = "wrong_business_id"
    field = "business_id"
    template = mark(
        "{value} is not a Finnish business ID: the last digit doesn't fit the others. Nothing was saved. "
        "Compare it with the extract from the Business Information System; it looks like 1234567-1."
    )


class BusinessIdTaken(OrganisationError):
    """Another organisation has it."""

    code = "business_id_taken"
    field = "business_id"
    template = mark(
        "The business ID {value} belongs to {organisation} already. Nothing was saved. Look for the organisation in "
        "the directory before you add it again."
    )


class SlugTaken(OrganisationError):
    """Another organisation has the address."""

    code = "slug_taken"
    field = "slug"
    template = mark("The address {value} belongs to another organisation. Nothing was saved. Choose another one.")


class UnknownMunicipality(OrganisationError):
    """No such code on that day."""

    code = "unknown_municipality"
    field = "municipality_code"
    template = mark(
        "Our list has no municipality with the code {value} on {day}. Nothing was saved. The list holds the "
        "municipalities of 2021–2024 and those merged in 2015–2017."
    )


class UnknownRegion(OrganisationError):
    """No such code."""

    code = "unknown_region"
    field = "region_code"
    template = mark("There is no region with the code {value}. Nothing was saved. Choose one from the list.")


class UnknownCounty(OrganisationError):
    """No such code."""

    code = "unknown_county"
    field = "county_code"
    template = mark("There is no wellbeing services county with the code {value}. Nothing was saved.")


class RegionDoesNotFit(OrganisationError):
    """The municipality lies elsewhere."""

    code = "region_does_not_fit"
    field = "region_code"
    template = mark(
        "{municipality} belonged to the region {right} on {day}, not to {value}. Nothing was saved. "
        "Leave the region empty and it follows the municipality."
    )


class GoesInCircles(OrganisationError):
    """A chain of parents, mergers or successors that comes back to where it began."""

    code = "goes_in_circles"
    template = mark("This would go in a circle: {chain}. Nothing was saved. Choose another organisation.")

    def __init__(self, *, field: str, chain: tuple[str, ...]) -> None:
        self.field = field  # of this one error, not of its class
        super().__init__(chain=" → ".join(chain))


class DateMissing(OrganisationError):
    """A merger or a succession without its day."""

    code = "date_missing"
    template = mark("Say from which day on {organisation} takes over. Nothing was saved.")

    def __init__(self, *, field: str, organisation: str) -> None:
        self.field = field  # of this one error, not of its class
        super().__init__(organisation=organisation)


class RoleError(KeinoError):
    """Something about a role or an invitation doesn't hold."""

    code = "role"


class MayNotGive(RoleError):
    """The giver hasn't the right."""

    code = "may_not_give"
    template = mark(
        "Your own roles don't allow you to give or end the role “{role}” here. Nothing was changed. "
        "Ask the people who may: {givers}."
    )


class NotToOneself(RoleError):
    """Nobody gives a role to themselves."""

    code = "not_to_oneself"
    template = mark(
        "Nobody can give a role to themselves or make their own role longer. Nothing was changed. Ask another "
        "responsible person or the centre."
    )


class RoleDoesNotFit(RoleError):
    """The role isn't held in organisations of this kind."""

    code = "role_does_not_fit"
    template = mark("The role “{role}” isn't held in an organisation of this kind ({kind}). Nothing was changed.")


class RoleNeeds(RoleError):
    """A mentor without a buyer, a change agent without regions."""

    code = "role_needs"
    template = mark("The role “{role}” needs {what}. Nothing was changed.")


class HoldsItAlready(RoleError):
    """The person has the role on one of these days."""

    code = "holds_it_already"
    template = mark("{person} has the role “{role}” already on some of these days. Nothing was changed.")


class EndsBeforeItBegins(RoleError):
    """Dates the wrong way round."""

    code = "ends_before_it_begins"
    template = mark("The last day comes before the first one. Nothing was changed.")


class NotInThePast(RoleError):
    """History isn't rewritten."""

    code = "not_in_the_past"
    template = mark(
        "A role can't be given, changed or ended back in time: what people did on those days stays as it was. Nothing "
        "was changed. The earliest day is today."
    )


class HasBegun(RoleError):
    """Only what hasn't begun is withdrawn."""

    code = "role_has_begun"
    template = mark(
        "The role has been in force since {day}, so it can't be withdrawn, only ended. Nothing was changed."
    )


class NobodyResponsible(RoleError):
    """The organisation would be without a responsible person."""

    code = "nobody_responsible"
    template = mark(
        "From {day} on {organisation} would have no responsible person, so nothing was changed. Name another "
        "responsible person first, or hand everything over in one go."
    )


class InvitedAlready(RoleError):
    """An open invitation of the same kind."""

    code = "invited_already"
    template = mark("{email} has an open invitation to this role. Nothing new was sent. You can mail the link again.")


class MailedTooOften(RoleError):
    """The limit of mails to one address."""

    code = "mailed_too_often"
    template = mark(
        "{email} has been mailed {limit} times today, so nothing was sent. The link in the newest mail works. If no "
        "mail arrives, ask whether it lies among the junk mail, or try again tomorrow."
    )


class InvitationError(KeinoError):
    """A link that doesn't lead on; ``status`` is the answer's HTTP status."""

    code = "invitation"
    status = 410


class InvitationUnknown(InvitationError):
    """No such token."""

    code = "invitation_unknown"
    status = 404
    template = mark(
        "This link doesn't lead to an invitation. Perhaps the mail program cut it in two, or a newer mail has replaced "
        "it. Open the link in the newest mail, or ask whoever invited you to send it again."
    )


class InvitationUsed(InvitationError):
    """Accepted before."""

    code = "invitation_used"
    template = mark(
        "This invitation has been accepted already. Nothing is lost: log in, and your organisation is there."
    )


class InvitationWithdrawn(InvitationError):
    """Taken back."""

    code = "invitation_withdrawn"
    template = mark(
        "This invitation to {organisation} was withdrawn. If you think that is a mistake, ask the organisation."
    )


class InvitationExpired(InvitationError):
    """Too old."""

    code = "invitation_expired"
    template = mark(
        "This invitation to {organisation} was valid for 14 days and has expired. Nothing is lost: ask whoever "
        "invited you to send it again."
    )


class InvitationToAnother(InvitationError):
    """Logged in with another address."""

    code = "invitation_to_another"
    status = 403
    template = mark(
        "This invitation was sent to another address than the one you are logged in with. Nothing was changed. "
        "Log out and open the link again, or ask for an invitation to your own address."
    )


class InvitationNotAllowedNow(InvitationError):
    """Whoever invited may no longer give the role."""

    code = "invitation_not_allowed_now"
    template = mark(
        "This invitation to {organisation} no longer counts, because the person who sent it may not give this role any "
        "more. Ask the organisation for a new one."
    )


class NothingToHandOver(RoleError):
    """All is done already."""

    code = "nothing_to_hand_over"
    template = mark("{person} has nothing left to hand over here. If you pressed the button twice, all is well.")


class NoNewOwner(RoleError):
    """A thing without a new owner."""

    code = "no_new_owner"
    template = mark("{count} things have no new owner yet. Nothing was changed. Choose one for each, or one for all.")


class NewOwnerMayNot(RoleError):
    """The chosen person doesn't belong to the organisation."""

    code = "new_owner_may_not"
    template = mark(
        "{person} has no role in {organisation} on {day} and so can't take anything over. Nothing was changed. "
        "Invite the person first."
    )
