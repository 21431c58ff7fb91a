"""Forms of small groups, their notes and who knows what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.cohorts.choices.peers import KnowHowKind, Shared, Topic
from keino.web.cohorts.models import Participation
from keino.web.cohorts.queries.alumni import centre_people
from keino.web.cohorts.queries.peers import participants
from keino.web.cohorts.services.know_how import KnowHowFields
from keino.web.organisations.forms.edited import EditForm
from keino.web.procurements.forms.fields import large

if TYPE_CHECKING:
    from keino.web.cohorts.models import PeerGroup
    from keino.web.programmes.models import Edition


class _Participants(forms.ModelMultipleChoiceField):
    """Participants by the names of their organisations."""

    def label_from_instance(self, obj: Any) -> str:
        """The organisation's name."""
        return str(obj.organisation.shown_name)


class GroupForm(EditForm):
    """A small group of an edition."""

    name = forms.CharField(label=_("Name of the group"), max_length=100)
    mentor = forms.ModelChoiceField(
        label=_("Mentor"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=pgettext_lazy("owner", "nobody yet"),
    )
    members = _Participants(
        label=_("Participants"), queryset=Participation.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("A participant is in one group at a time."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, thing: PeerGroup | None = None, **more: Any) -> None:
        initial = more.pop("initial", None) or {}
        if thing is not None:
            initial["members"] = [each.participation_id for each in thing.members.all()]
        super().__init__(*args, thing=thing, initial=initial, **more)
        self.fields["mentor"].queryset = centre_people()  # type: ignore[attr-defined]
        self.fields["members"].queryset = participants(edition)  # type: ignore[attr-defined]

    def has_now(self, name: str) -> Any:
        """Members are shown by their participations."""
        if name == "members" and self.thing is not None:
            return [each.participation for each in self.thing.members.select_related("participation")]
        return super().has_now(name)


class NoteForm(EditForm):
    """A shared note."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=large(14),
        help_text=_("Everyone of the group reads it and may write on. Nothing that is secret in your organisation."),
    )  # fmt: skip


class KnowHowForm(EditForm):
    """What an organisation offers or asks."""

    kind = forms.ChoiceField(label=_("Which way"), choices=KnowHowKind.choices, widget=forms.RadioSelect)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    text = forms.CharField(
        label=_("In your own words"), max_length=1000, widget=large(4),
        help_text=_("For example “We have run two market dialogues on low-carbon concrete and gladly tell how”."),
    )  # fmt: skip
    shared = forms.ChoiceField(
        label=_("Who else may see it"), choices=Shared.choices, widget=forms.RadioSelect, initial=Shared.NOBODY
    )

    def know_how_fields(self) -> KnowHowFields:
        """What was written, as the service takes it."""
        return KnowHowFields(**self.values())


class KnowHowFilter(forms.Form):
    """What a list of who knows what shows."""

    words = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("all")), *Topic.choices])
    kind = forms.ChoiceField(label=_("Which way"), required=False, choices=[("", _("all")), *KnowHowKind.choices])

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)

    def wishes(self) -> dict[str, str]:
        """What was chosen; what can't be understood counts as not chosen."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
