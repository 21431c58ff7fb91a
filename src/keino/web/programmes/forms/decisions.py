"""Forms of decisions: a proposal with a line for each application, and moving up from the reserve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import large
from keino.web.programmes.choices.selection import DecisionOutcome
from keino.web.programmes.models import DecidedApplication, SelectionDecision
from keino.web.programmes.services.decisions import Said


class DecisionForm(forms.Form):
    """A proposal: what is decided on each application, why, and a few words to all."""

    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    confirm_by = date_field(_("Those selected confirm their place by"))
    message = forms.CharField(
        label=_("A few words to all applicants"),
        max_length=2_000,
        required=False,
        widget=large(3),
        help_text=_("Stands in every mail as you write it, in the language you write it in."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        decision: SelectionDecision,
        lines: Sequence[DecidedApplication],
        orders_reserve: bool = True,
    ) -> None:
        """``orders_reserve`` False: places in the reserve aren't shown and stay as they are.

        For a writer who doesn't see every line: a place that is missing would tell who has it.
        """
        self.lines = lines
        self.orders_reserve = orders_reserve
        initial: dict[str, Any] = {
            "seen": decision.version,
            "message": decision.message,
            "confirm_by": decision.confirm_by,
        }
        for line in lines:
            key = line.application_id
            initial |= {
                f"outcome_{key}": line.outcome,
                f"reserve_{key}": line.reserve_place,
                f"reason_{key}": line.reason,
            }
        super().__init__(data, initial=initial)
        undecided = pgettext_lazy("application", "not decided yet")
        for line in lines:
            key, name = line.application_id, str(line.application.organisation)
            self.fields[f"outcome_{key}"] = forms.ChoiceField(
                label=_("Decision: {name}").format(name=name),
                choices=[("", undecided), *DecisionOutcome.choices],
                required=False,
            )
            if orders_reserve:
                self.fields[f"reserve_{key}"] = forms.IntegerField(
                    label=_("Place in the reserve: {name}").format(name=name),
                    min_value=1,
                    max_value=999,
                    required=False,
                    localize=False,
                )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Reasons, for the applicant to read: {name}").format(name=name),
                max_length=2_000,
                required=False,
                widget=large(3),
            )

    @property
    def shared_fields(self) -> list[forms.BoundField]:
        """The fields that belong to no single application."""
        return [self["confirm_by"], self["message"]]

    def of_line(self, line: DecidedApplication) -> list[forms.BoundField]:
        """The fields of one application."""
        names = (f"{name}_{line.application_id}" for name in ("outcome", "reserve", "reason"))
        return [self[name] for name in names if name in self.fields]

    def said(self) -> dict[int, Said]:
        """What was written for each application."""
        values = self.cleaned_data
        return {
            key: Said(
                values.get(f"outcome_{key}") or "",
                (values.get(f"reason_{key}") or "").strip(),
                values.get(f"reserve_{key}") if self.orders_reserve else line.reserve_place,
            )
            for line in self.lines
            for key in (line.application_id,)
        }


class MoveUpForm(forms.Form):
    """Giving a free place to somebody in the reserve."""

    confirm_by = date_field(_("The place is confirmed by"))
    reason = forms.CharField(
        label=_("Reasons, for the applicant to read"),
        max_length=2_000,
        required=False,
        widget=large(3),
        help_text=_("Required if it isn't the first in the reserve."),
    )
