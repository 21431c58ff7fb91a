"""Log-in, one's own data, tokens, erasure."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm as AllauthConfirmLoginCodeForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from keino.web.accounts.adapter import organisation_log_in_url
from keino.web.accounts.choices import OF_PROGRAMS, TOKEN_DAYS
from keino.web.accounts.models import ApiToken, LogInProvider
from keino.web.accounts.queries import provider_for_address, required_provider_for
from keino.web.accounts.services import forget_code
from keino.web.base.models import Person


class LoginForm(AllauthLoginForm):
    """An address, and a password for those who chose one; without it a link and a code are mailed.

    Where the address's domain has its own log-in, that is offered, or required, whatever else was typed.
    """

    provider: LogInProvider | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password, if you have one")
        self.fields["password"].help_text = _("Leave it empty, and we mail you a link that logs you in.")

    def _setup_password_field(self) -> None:
        """Allauth drops the password where signing up asks for none; here it is a choice."""
        self.fields["password"].required = False

    def clean(self) -> dict[str, Any] | None:
        """Ask for no password where the organisation's own log-in is required, or offered and none was given."""
        address = self.cleaned_data.get("login")
        provider = provider_for_address(address) if address else None
        if provider is not None and (provider.is_required or not self.cleaned_data.get("password")):
            self.provider = provider
            return self.cleaned_data
        return super().clean()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go to the organisation's log-in, or on with password or mail."""
        if self.provider is not None:
            return HttpResponseRedirect(organisation_log_in_url(self.provider, redirect_url))
        return super().login(request, redirect_url)


class RequestLoginCodeForm(AllauthRequestLoginCodeForm):
    """An address to which link and code are mailed."""

    def clean_email(self) -> str:
        """Where the organisation requires its own log-in no mail is sent."""
        email: str = super().clean_email()
        required = required_provider_for(email) if email else None
        if required is not None:
            raise forms.ValidationError(
                gettext("People of %(name)s log in by their organisation's own log-in. Use the log-in page.")
                % {"name": required.name}
            )
        return email


class ConfirmLoginCodeForm(AllauthConfirmLoginCodeForm):
    """The mailed code. It works once, and not after its link was used or a newer mail was sent."""

    def clean_code(self) -> str:
        """Right, and not used before: of two windows with the same code one gets in."""
        code: str = super().clean_code()
        if not forget_code(self.expected_code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class MeForm(forms.ModelForm):
    """One's own name and language; wishes for mail have a page of their own (``operations:mail_settings``)."""

    class Meta:
        model = Person
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {
            "name": _("Your colleagues see it beside what you do."),
            "language": _("Of these pages and of our mail."),
        }


class TokenForm(forms.ModelForm):
    """A new token."""

    days = forms.TypedChoiceField(label=_("It works for"), coerce=int, initial=90)

    class Meta:
        model = ApiToken
        fields = ["name", "scope"]
        widgets = {"scope": forms.RadioSelect}
        help_texts = {"name": _("For example: monthly upload from the accounts system.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(scope.value, scope.label) for scope in OF_PROGRAMS]  # type: ignore[attr-defined]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in TOKEN_DAYS
        ]


class EraseForm(forms.Form):
    """The address again, so that nobody erases themselves by a slip."""

    email = forms.EmailField(label=_("Your e-mail address, to make sure"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_email(self) -> str:
        """It must be the person's own."""
        email: str = self.cleaned_data["email"]
        if email.lower() != self._person.email.lower():
            raise forms.ValidationError(gettext("This isn't the address of your account."))
        return email
