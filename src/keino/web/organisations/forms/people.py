"""Forms of people: invitations, dates of roles, deputies, hand-overs."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.base.translated import reader_language
from keino.web.organisations import codes
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.forms.fields import OrganisationField, date_field
from keino.web.organisations.models import Role
from keino.web.organisations.services.hand_over import HandOver, role_key


def _regions_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        choices=codes.regions(reader_language()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of a change agent."),
    )


class InvitationForm(forms.Form):
    """Whom to invite, to what. Fields for centre roles appear only where such roles can be given."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    kind = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=Language.choices)
    role_until = date_field(_("Last day of the role"), help_text=_("Leave it empty when no end is known."))
    about = OrganisationField(label=_("Buyer whom a mentor helps"))

    def __init__(self, *args: Any, kinds: list[RoleKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if not {RoleKind.MENTOR, RoleKind.EXPERT} & set(kinds):
            del self.fields["about"]
        if RoleKind.CHANGE_AGENT in kinds:
            self.fields["regions"] = _regions_field()
        self.fields["language"].initial = reader_language()


class RoleForm(forms.Form):
    """A role's last day; regions of a change agent."""

    valid_to = date_field(_("Last day"), help_text=_("The role still counts on this day. Empty means without end."))

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_to": role.valid_to, "regions": role.regions}
        super().__init__(*args, **kwargs)
        if role.kind == RoleKind.CHANGE_AGENT:
            self.fields["regions"] = _regions_field()


class EndForm(forms.Form):
    """On which day a role ends."""

    last_day = date_field(_("Last day"), required=True, help_text=_("The role still counts on this day."))


class DeputyForm(forms.Form):
    """Who stands in, from when to when."""

    person = forms.ModelChoiceField(label=_("Deputy"), queryset=Person.objects.none(), to_field_name="public_id")
    valid_from = date_field(_("First day"), required=True)
    valid_to = date_field(_("Last day"), required=True)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate()


class HandOverForm(forms.Form):
    """The last day, one owner for all, and an owner for each thing and role."""

    last_day = date_field(
        _("Last day"), required=True, help_text=_("Roles end after this day; things change hands at once.")
    )

    def __init__(self, *args: Any, left: HandOver, people: list[Person], by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left, self.by = left, by
        self.people = {str(person.public_id): person for person in people}
        names = [(key, str(person)) for key, person in self.people.items()]
        self.fields["last_day"].initial = timezone.localdate()
        self.fields["everything"] = forms.ChoiceField(
            label=_("New owner of everything"),
            required=False,
            choices=[("", _("chosen one by one below")), *names],
        )
        # Keys of things hold signs that names of fields may not.
        self.keys = {f"thing_{hashlib.sha256(key.encode()).hexdigest()[:16]}": key for key in left.keys}
        labels = {thing.key: f"{thing.kind}: {thing.title}" for thing in left.things}
        labels |= {role_key(role): self._role_label(role) for role in left.roles}
        for name, key in self.keys.items():
            nobody = _("nobody: the role ends") if key.startswith("role:") else pgettext_lazy("owner", "choose")
            self.fields[name] = forms.ChoiceField(label=labels[key], required=False, choices=[("", nobody), *names])

    @staticmethod
    def _role_label(role: Role) -> str:
        about = f" ({role.about})" if role.about else ""
        return str(_("Role: {role}{about}")).format(role=role.get_kind_display(), about=about)

    def owners(self) -> dict[str, Person | None]:
        """The chosen owner of each key; who gets everything takes what nobody was chosen for.

        Nobody gives roles to themselves, so who takes everything themselves takes the things only.
        """
        everything = self.people.get(self.cleaned_data.get("everything") or "")
        is_own = everything is not None and everything.pk == self.by.pk
        return {
            key: self.people.get(self.cleaned_data.get(name) or "")
            or (None if is_own and key.startswith("role:") else everything)
            for name, key in self.keys.items()
        }
