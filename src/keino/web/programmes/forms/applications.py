"""Forms of an applicant: interest, booking, the parts of the application, team, commitment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.domain.programmes.booking import Slot
from keino.web.base.choices import Language
from keino.web.base.templatetags.keino import clock
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.models import Organisation
from keino.web.procurements.forms.fields import large
from keino.web.procurements.models import Procurement
from keino.web.programmes.models import Application, ApplicationMember, Edition, TeamRoleWanted
from keino.web.programmes.queries.application_questions import versions_on_offer


class InterestForm(EditForm):
    """The short form: one question; filled with the draft of an interest that came late."""

    interest = forms.CharField(
        label=_("What would you like to achieve?"),
        max_length=2_000,
        widget=large(5),
        help_text=_("A few sentences are enough: what you buy, what you would like to change. You can go on later."),
    )


class SlotField(forms.ChoiceField):
    """A moment of the offer. Whether it is still free, the booking itself finds out."""

    def to_python(self, value: Any) -> Any:
        """The moment that was chosen."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(_("Choose a time from the list."), code="no_moment") from error
        if timezone.is_naive(moment):
            raise ValidationError(_("Choose a time from the list."), code="no_moment")
        return moment

    def validate(self, value: Any) -> None:
        """Something must be chosen; a time that somebody took meanwhile is no mistake of the form."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")


class BookingForm(forms.Form):
    """A time from the offer."""

    slot = SlotField(label=_("Day and time (Finnish time)"), error_messages={"required": _("Choose a time.")})

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(slots)

    def offer(self, slots: Sequence[Slot]) -> None:
        """Show these times, by day."""
        days = groupby(slots, key=lambda slot: timezone.localdate(slot.starts_at))
        choices: list[Any] = [("", _("Choose a time"))]
        choices += [
            (day_text(day), [(slot.starts_at.isoformat(), _hours(slot)) for slot in theirs]) for day, theirs in days
        ]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]


def _hours(slot: Slot) -> str:
    start, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return f"{clock(start.time())}–{clock(end.time())}"


class PilotForm(EditForm):
    """What the pilot is about, and which of the own procurements it is."""

    pilot = forms.CharField(
        label=_("What is the pilot about?"),
        max_length=5_000,
        required=False,
        widget=large(7),
        help_text=_(
            "What will be bought, when the procedure starts, where the theme of the programme can matter in it."
        ),
    )
    procurement = forms.ModelChoiceField(
        label=_("The pilot among our procurements"),
        queryset=Procurement.objects.none(),
        required=False,
        empty_label=pgettext_lazy("procurement", "not among them yet"),
        help_text=_("Its state and dates are then known to the programme's experts, and stay up to date."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["procurement"]
        field.queryset = Procurement.objects.filter(organisation=organisation).order_by("title", "pk")  # type: ignore[attr-defined]


class ReasonsForm(EditForm):
    """Why, what was done already, how it is shared, what time and means there are."""

    motivation = forms.CharField(
        label=_("Why do you apply, and what is your goal?"), max_length=5_000, required=False, widget=large(6)
    )
    groundwork = forms.CharField(
        label=_("What have you done for this already?"),
        max_length=5_000,
        required=False,
        widget=large(4),
        help_text=_("Earlier programmes, projects, decisions, plans. Nothing is an answer, too."),
    )
    sharing = forms.CharField(
        label=_("How will you tell others of what you learn?"),
        max_length=5_000,
        required=False,
        widget=large(4),
        help_text=_("Inside your organisation, and to other participants."),
    )
    capacity = forms.CharField(
        label=_("What time and means do you have for it?"),
        max_length=5_000,
        required=False,
        widget=large(4),
        help_text=_("Hours or days a month for each person of the team, and what else it needs."),
    )


class ConsentsForm(EditForm):
    """What the organisation agrees to."""

    agrees_to_data = forms.BooleanField(
        label=_("We give the data that the programme needs of our procurements, and may be interviewed."),
        required=False,
        help_text=_("Required for taking part. It can be withdrawn by withdrawing the application."),
    )
    agrees_to_publication = forms.BooleanField(
        label=_("If we are selected, our organisation's name and pilot may be published."),
        required=False,
        help_text=_("Names of people and scores are never published."),
    )


class MemberForm(EditForm):
    """Somebody of the team."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    title = forms.CharField(label=_("Title or unit"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role in the team"), required=False)
    is_responsible = forms.BooleanField(
        label=_("Responsible person of the team"),
        required=False,
        help_text=_("One person answers for the participation. Whoever is marked last is the one."),
    )

    def __init__(self, *args: Any, roles: Sequence[TeamRoleWanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.code, role.shown_name) for role in roles]
        self.fields["role"].choices = [("", pgettext_lazy("role in a team", "another one")), *named]  # type: ignore[attr-defined]


class CommitmentForm(forms.Form):
    """Whom to ask for the management's commitment."""

    name = forms.CharField(label=_("The manager's name"), max_length=200)
    email = forms.EmailField(label=_("The manager's e-mail address"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=Language.choices)


class CommitForm(forms.Form):
    """An approver confirms by their own log-in."""

    title = forms.CharField(label=_("Your title"), max_length=200, required=False)


class LinkAnswerForm(forms.Form):
    """What a manager says who came by a mailed link: name and title, or why not."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    title = forms.CharField(
        label=_("Your title"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class DeclineForm(forms.Form):
    """Why the management doesn't stand behind it."""

    why = forms.CharField(label=_("Why not"), max_length=2_000, required=False, widget=large(3))


class WithdrawForm(forms.Form):
    """Withdrawing, with or without a reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    why = forms.CharField(
        label=_("Why"), max_length=2_000, required=False, widget=large(3), help_text=_("The programme's hosts read it.")
    )


class QuestionsForm(forms.Form):
    """Which form an edition asks with the application."""

    form_version = forms.ModelChoiceField(
        label=_("Form with the programme's own questions"),
        queryset=versions_on_offer(),
        required=False,
        empty_label=pgettext_lazy("form", "none"),
        help_text=_("Forms for applications are written at the desk, under Forms, and published there."),
    )


#: The form of each part.
PART_FORMS: dict[str, type[EditForm]] = {"pilot": PilotForm, "reasons": ReasonsForm, "consents": ConsentsForm}


def part_form(part: str, data: Any, application: Application) -> EditForm:
    """The form of one part of an application, filled with what it has."""
    more = {"organisation": application.organisation} if part == "pilot" else {}
    return PART_FORMS[part](data, thing=application, **more)


def member_form(data: Any, edition: Edition, member: ApplicationMember | None = None) -> MemberForm:
    """The form of somebody of the team."""
    return MemberForm(data, thing=member, roles=list(edition.team_roles.select_related("edition")))
