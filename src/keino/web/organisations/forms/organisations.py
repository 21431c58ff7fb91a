"""Forms of organisations: the directory's filter, adding, changing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.translated import LANGUAGES, reader_language
from keino.web.organisations import codes
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.forms.fields import OrganisationField, date_field
from keino.web.organisations.models import Organisation

Choices = list[tuple[str, Any]]


def region_choices(empty: Any) -> Choices:
    """Regions in the reader's language, with a first choice for none."""
    return [("", empty), *codes.regions(reader_language())]


class DirectoryFilter(forms.Form):
    """Search, kind, region."""

    search = forms.CharField(label=_("Name or business ID"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    ended = forms.BooleanField(label=_("Also those that have ended"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", pgettext_lazy("kind", "all")), *OrganisationKind.choices]  # type: ignore[attr-defined]
        self.fields["region"].choices = region_choices(pgettext_lazy("region", "all"))  # type: ignore[attr-defined]


class DeskFilter(forms.Form):
    """Search and state of people."""

    search = forms.CharField(label=_("Name or business ID"), required=False, max_length=100)
    only = forms.ChoiceField(
        label=_("State of people"),
        required=False,
        choices=[
            ("", pgettext_lazy("state", "all")),
            ("nobody", _("no responsible person")),
            ("invited", _("open invitations")),
        ],
    )


class PeopleFilter(forms.Form):
    """Search people by name or address."""

    search = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)


def _about(language: str) -> str:
    return f"about_{language}"


class OrganisationForm(forms.ModelForm):
    """What is known of an organisation. Columns that the person may not change are not in the form."""

    parent = OrganisationField(label=_("Part of"))
    merged_into = OrganisationField(label=_("Merged into"))
    successor = OrganisationField(label=_("Successor"))
    homepage = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = [
            "kind", "name_fi", "name_sv", "name_en", "short_name_fi", "short_name_sv", "short_name_en",
            "original_language", "about_fi", "about_sv", "about_en", "homepage", "population", "is_public",
            "is_compared", "business_id", "municipality_code", "region_code", "county_code", "parent", "merged_into",
            "merged_on", "successor", "succeeded_on", "valid_from", "valid_to",
        ]  # fmt: skip

    def __init__(self, *args: Any, allowed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in allowed and name != "seen"]:
            del self.fields[name]
        self._choose_codes()
        self._dress()
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.version

    def _choose_codes(self) -> None:
        language, day = reader_language(), timezone.localdate()
        choices: dict[str, Choices] = {
            "municipality_code": codes.municipalities(day),
            "region_code": codes.regions(language),
            "county_code": codes.counties(language),
        }
        for name, known in choices.items():
            if name not in self.fields:
                continue
            current = getattr(self.instance, name) or ""
            more = [(current, codes.municipality_name(current) or current)] if current not in {"", *dict(known)} else []
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(
                label=field.label,
                required=False,
                choices=[("", pgettext_lazy("code", "none")), *known, *more],
                help_text=field.help_text,
            )

    def _dress(self) -> None:
        labels = {
            "name": _("Name ({language})"),
            "short_name": _("Short name ({language})"),
            "about": _("About ({language})"),
        }
        names = dict(Language.choices)
        for text, label in labels.items():
            for code in LANGUAGES:
                field = self.fields.get(f"{text}_{code}")
                if field is not None:
                    field.label = str(label).format(language=names[code])
                    field.required = False
        for name in ("valid_from", "valid_to", "merged_on", "succeeded_on"):
            if name in self.fields:
                self.fields[name] = date_field(self.fields[name].label)
        hints = {
            "region_code": _("Leave it empty and it follows the municipality."),
            "business_id": _("Looks like 1234567-1; the last digit is checked."),
            "population": _("Used only to compare with organisations of about the same size."),
            "is_public": _(
                "Everyone then sees the footprint on the organisation's public page. Nothing else is shown."
            ),
            "is_compared": _("Figures count in anonymous comparisons of five or more organisations of the same kind."),
            "original_language": _("The language you write first. The others are translations of it."),
        }
        for name, hint in hints.items():
            if name in self.fields:
                self.fields[name].help_text = hint

    def clean(self) -> dict[str, Any]:
        """Require a name in the original language."""
        cleaned: dict[str, Any] = super().clean() or {}
        original = cleaned.get("original_language") or self.instance.original_language or "fi"
        if f"name_{original}" in self.fields and not cleaned.get(f"name_{original}"):
            self.add_error(
                f"name_{original}",
                ValidationError(_("Write the name in the language of the original."), code="required"),
            )
        return cleaned

    def _post_clean(self) -> None:
        """Keep the instance as it is in the database: the service changes it, or nobody."""

    def values(self) -> dict[str, Any]:
        """What was typed, as columns."""
        return {name: self._value(name, value) for name, value in self.cleaned_data.items() if name != "seen"}

    def _value(self, name: str, value: Any) -> Any:
        # modeltranslation's empty texts are NULL or ""; a form must not turn one into the other and call it a change
        if value in ("", None) and getattr(self.instance, name, None) in ("", None):
            return getattr(self.instance, name, None) if self.instance.pk or value is None else value
        return value


class LoginForm(forms.ModelForm):
    """How an organisation's people log in."""

    class Meta:
        model = Organisation
        fields = ["login_method"]

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, has_provider: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_provider:
            field = self.fields["login_method"]
            field.choices = [pair for pair in field.choices if pair[0] != "oidc"]  # type: ignore[attr-defined]
        self.fields["seen"].initial = self.instance.version

    def _post_clean(self) -> None:
        """As above: the service changes the organisation."""


class ProviderForm(forms.Form):
    """An organisation's own log-in (OpenID Connect), entered by the centre."""

    name = forms.CharField(label=_("Name on the log-in page"), max_length=100)
    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=300,
        help_text=_("Address of the provider, for example https://login.microsoftonline.com/…/v2.0"),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=191)
    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput,
        help_text=_("Leave it empty to keep the one there is."),
    )
    domains = forms.CharField(
        label=_("Mail domains"),
        max_length=500,
        help_text=_("One or more, with blanks between: example.fi example.ax"),
    )
    vouches_without_claim = forms.BooleanField(
        label=_("Trust its addresses even where it doesn't say that it verified them"),
        required=False,
        help_text=_("For Microsoft Entra ID, which doesn't say it. Leave it off for any other log-in."),
    )
    is_required = forms.BooleanField(label=_("People of these domains log in only this way"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
