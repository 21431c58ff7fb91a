"""Forms of contracts, their terms and controls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.measurement.names import category_choices
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.models import Organisation
from keino.web.procurements.contract_choices import Finding, Repeats
from keino.web.procurements.forms.fields import large, money_field, owner_field
from keino.web.procurements.models import Contract, ContractTerm, Procurement
from keino.web.procurements.services.contracts import ContractFields
from keino.web.procurements.services.controls import Found, TermFields


class ContractFilter(forms.Form):
    """Words, and whether contracts that have ended are meant."""

    words = forms.CharField(label=_("Contract or supplier"), required=False, max_length=100)
    ended = forms.BooleanField(label=_("Those that have ended"), required=False)


class ContractForm(EditForm):
    """A contract. Its dates say when the category can be bought anew."""

    title = forms.CharField(label=pgettext_lazy("contract", "Name"), max_length=200)
    supplier_name = forms.CharField(label=_("Supplier"), max_length=200)
    supplier_business_id = forms.CharField(
        label=_("Supplier's business ID"), max_length=20, required=False, help_text=_("Such as 1234567-1.")
    )
    category = forms.ChoiceField(label=_("Category"))
    yearly_value_eur = money_field(_("Yearly value, € without VAT"), required=True)
    valid_from = date_field(_("Begins"), required=True)
    ends_on = date_field(_("Agreed term ends"), help_text=_("Its last day; empty until further notice."))
    extension_until = date_field(
        _("Extension until"), help_text=_("The last day if the option or extension is used. Empty without one.")
    )
    notice_by = date_field(
        _("Last day to choose otherwise"),
        help_text=_("By when you must give notice or say no to the option. It comes up on your home beforehand."),
    )
    procurement = forms.ModelChoiceField(
        label=_("Procurement"), queryset=Procurement.objects.none(), required=False, empty_label=_("none in keino")
    )

    def __init__(self, *args: Any, organisation: Organisation, contract: Contract | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=contract, **kwargs)
        self.fields["category"].choices = [("", _("Choose…")), *category_choices()]  # type: ignore[attr-defined]
        own = Procurement.objects.filter(organisation=organisation).order_by("title", "pk")
        self.fields["procurement"].queryset = own  # type: ignore[attr-defined]
        self.fields["owner"] = owner_field(_("Owner"), organisation, contract.owner if contract else None)
        self.fields["owner"].help_text = _("Gets the reminders of controls.")

    def contract_fields(self) -> ContractFields:
        """What was written, as the service takes it."""
        return ContractFields(**self.values())


class TermForm(EditForm):
    """A term of a contract; a new one says when it is controlled first."""

    term = forms.CharField(label=_("What the contract demands"), max_length=2000, widget=large(3))
    control = forms.CharField(
        label=_("How it is verified"),
        max_length=2000,
        widget=large(2),
        help_text=_("Which document, report or measurement shows it."),
    )
    sanction = forms.CharField(
        label=_("What follows if it isn't kept"), max_length=2000, required=False, widget=large(2)
    )
    repeats = forms.ChoiceField(label=_("Controlled again"), choices=Repeats.choices)
    first_on = date_field(_("First control on"), required=True)

    def __init__(self, *args: Any, organisation: Organisation, term: ContractTerm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=term, **kwargs)
        self.fields["owner"] = owner_field(_("Who controls it"), organisation, term.owner if term else None)
        self.fields["owner"].help_text = _("Empty: the contract's owner.")
        if term is not None:
            del self.fields["first_on"]

    def term_fields(self) -> TermFields:
        """What was written, as the service takes it."""
        return TermFields(**{name: value for name, value in self.values().items() if name != "first_on"})


class NextControlForm(forms.Form):
    """A day on which a term is controlled."""

    due_on = date_field(_("Control on"), required=True)


class ControlForm(EditForm):
    """What a control found."""

    evidence = forms.CharField(
        label=pgettext_lazy("that something was done", "Evidence"),
        max_length=4000,
        required=False,
        widget=large(3),
        help_text=_("What you saw, and where it is kept: a report's name, a case number, a link."),
    )
    finding = forms.ChoiceField(
        label=_("Is the term kept?"), choices=Finding.choices, widget=forms.RadioSelect, required=False
    )
    finding_text = forms.CharField(label=_("What was found"), max_length=4000, required=False, widget=large(3))
    measure = forms.CharField(
        label=_("What is done about it"),
        max_length=4000,
        required=False,
        widget=large(3),
        help_text=_("Needed when the term isn't kept in full."),
    )
    sanction_used = forms.CharField(label=_("Sanction that was used"), max_length=2000, required=False, widget=large(2))
    is_closed = forms.BooleanField(label=_("The control is done: close it"), required=False)

    def found(self) -> Found:
        """What was written, as the service takes it."""
        return Found(**self.values())
