"""The app's place among Django's apps."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Buyers, companies, ministries and the centre; people's dated roles in them."""

    name = "keino.web.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep a trail, declare registers and texts, ask a second factor of the centre's people."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from keino.web.accounts.policies import wished_by
        from keino.web.accounts.second_factor import required_when
        from keino.web.accounts.services import blocks_erasure
        from keino.web.base import mail
        from keino.web.base.audit import audited
        from keino.web.base.owned import owners_known_by
        from keino.web.base.personal_data import registered
        from keino.web.base.translated import translatable
        from keino.web.organisations.models import Invitation, Organisation, Role
        from keino.web.organisations.ownership import open_invitations_of
        from keino.web.organisations.personal_data import INVITATIONS, ROLES, in_the_way
        from keino.web.organisations.queries.people import organisations_of_today
        from keino.web.organisations.rules import works_at_centre

        audited(Organisation, leave_out=("name", "short_name", "about", "version"), belongs_to="pk")
        audited(Role, leave_out=("given_for",))
        audited(Invitation, leave_out=("token_hash",))
        registered(ROLES)
        registered(INVITATIONS)
        blocks_erasure(in_the_way)
        required_when(works_at_centre)
        wished_by(lambda person: {each.login_method for each, _roles in organisations_of_today(person, helped=False)})
        owners_known_by(open_invitations_of)
        mail.topic("organisations.people", _("Changes among the people of your organisation"))
        translatable(
            Organisation,
            fields={"name": _("Name"), "short_name": _("Short name"), "about": _("About")},
            belongs_to="pk",
            edit_url=lambda organisation: reverse("organisations:settings", kwargs={"slug": organisation.slug}),
        )
