"""People of an organisation: roles, deputies, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.codes import region_name
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.forms.people import DeputyForm, EndForm, RoleForm
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.queries.people import (
    current_roles,
    first_day_without_responsible,
    helpers,
    open_invitations,
    past_roles,
    people_of,
)
from keino.web.organisations.rules import may_give, may_name_deputy, may_send_away, roles_to_give
from keino.web.organisations.services.roles import change_role, end_role, name_deputy, withdraw_role

if TYPE_CHECKING:
    from keino.web.base.models import Person

PER_PAGE = 50


def role_row(role: Role, person: Person | None = None) -> dict[str, Any]:
    """A role as a list shows it, with what this reader may do to it."""
    today = timezone.localdate()
    language = reader_language()
    is_own = person is not None and role.person_id == person.pk
    gives = person is not None and may_give(person, role.kind, role.organisation)
    sends_away = person is not None and may_send_away(person, role)
    return {
        "role": role,
        "regions": [region_name(code, language) for code in role.regions],
        "is_to_come": role.valid_from > today,
        "is_own": is_own,
        "may_change": gives and not is_own,
        "may_end": gives or is_own or sends_away,
        "may_name_deputy": person is not None and role.deputy_of_id is None and may_name_deputy(person, role),
    }


@require_safe
@organisation_page("organisations.see_home")
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who is what here, who helps, who is invited."""
    today = timezone.localdate()
    manages = the_person(request).has_perm("organisations.manage_people", organisation)
    page = Paginator(current_roles(organisation, today), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/people.html",
        {
            "organisation": organisation,
            "step": "people",
            "page_obj": page,
            "rows": [role_row(role, the_person(request)) for role in page],
            "helpers": [role_row(role, the_person(request)) for role in helpers(organisation, today)],
            "invitations": list(open_invitations(organisation)[:100]) if manages else [],
            "manages": manages,
            "may_invite": manages and bool(roles_to_give(the_person(request), organisation)),
            "gap": first_day_without_responsible(organisation, today),
            "today": today,
        },
    )


@require_safe
@organisation_page("organisations.see_home")
def history(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Roles that have ended."""
    page = Paginator(past_roles(organisation, timezone.localdate()), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/people_history.html",
        {"organisation": organisation, "step": "people", "page_obj": page, "rows": [role_row(role) for role in page]},
    )


def _role(organisation: Organisation, public_id: str) -> Role:
    found = organisation.roles.select_related("person", "organisation", "about", "deputy_of__person")
    return get_object_or_404(found, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.see_home")
def role(request: HttpRequest, organisation: Organisation, public_id: str) -> HttpResponse:
    """Change the last day of a role or end it. The holder may only end it, as may the buyer that the holder helps."""
    found = helpers(organisation, timezone.localdate()).filter(public_id=public_id).first()
    is_helper = found is not None
    found = found or _role(organisation, public_id)
    row = role_row(found, the_person(request))
    if not (row["may_change"] or row["may_end"]):
        raise PermissionDenied
    if found.withdrawn_at is not None:  # perhaps by a second press of the same button
        return redirect("organisations:people_history", slug=organisation.slug)
    asked = request.POST.get("form")
    change = RoleForm(request.POST if asked == "change" else None, role=found) if row["may_change"] else None
    end = EndForm(request.POST if asked == "end" else None, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and asked == "withdraw":
        return _withdrawn(request, found)
    sent = change if asked == "change" else end
    if request.method == "POST" and sent is not None and sent.is_valid():
        try:
            _save(sent, found, by=the_person(request))
        except KeinoError as error:
            refuse(sent, error)
        else:
            messages.success(request, _("Saved. {person} was told by mail.").format(person=found.person))
            return redirect("organisations:people", slug=organisation.slug)
        found.refresh_from_db()
    return render(
        request,
        "organisations/role.html",
        {
            "organisation": organisation,
            "is_helper": is_helper,
            "step": "people",
            "role": found,
            "row": row,
            "change_form": change,
            "end_form": end,
        },
    )


def _withdrawn(request: HttpRequest, role: Role) -> HttpResponse:
    try:
        withdraw_role(role, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The role was withdrawn before its first day."))
    return redirect("organisations:people", slug=role.organisation.slug)


def _save(form: RoleForm | EndForm, role: Role, *, by: Person) -> None:
    values = form.cleaned_data
    if isinstance(form, EndForm):
        end_role(role, by=by, last_day=values["last_day"])
    else:
        change_role(role, by=by, valid_to=values["valid_to"], regions=values.get("regions"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.see_home")
def deputy(request: HttpRequest, organisation: Organisation, public_id: str) -> HttpResponse:
    """Name somebody who stands in for the holder of a role."""
    found = _role(organisation, public_id)
    if found.deputy_of_id is not None or not may_name_deputy(the_person(request), found):
        raise PermissionDenied
    others = people_of(organisation, timezone.localdate()).exclude(pk__in=[found.person_id, the_person(request).pk])
    form = DeputyForm(request.POST or None, people=others)
    if request.method == "POST" and form.is_valid():
        try:
            name_deputy(found, form.cleaned_data["person"], by=the_person(request), **_dates(form))
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The deputy was named. Both were told by mail."))
            return redirect("organisations:people", slug=organisation.slug)
    return render(
        request,
        "organisations/deputy.html",
        {"organisation": organisation, "step": "people", "role": found, "form": form, "nobody": not others.exists()},
    )


def _dates(form: DeputyForm) -> dict[str, Any]:
    return {"valid_from": form.cleaned_data["valid_from"], "valid_to": form.cleaned_data["valid_to"]}
