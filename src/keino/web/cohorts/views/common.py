"""What the pages of the cohort space share: the participation, the form page, the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import pgettext

from keino.web.base.who_asks import the_person
from keino.web.cohorts.models import Participation
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import Page, organisation_page
from keino.web.organisations.views.editing import status_of


def space_page(permission: str) -> Callable[[Page], Page]:
    """Give the view ``participation`` in place of ``slug`` and ``edition``, for those who have ``permission`` there."""

    def decorate(view: Page) -> Page:
        @wraps(view)
        def with_participation(
            request: HttpRequest, organisation: Organisation, edition: str, **kwargs: Any
        ) -> HttpResponse:
            found = Participation.objects.select_related("organisation", "edition", "responsible", "mentor")
            participation = get_object_or_404(found, organisation=organisation, edition__slug=edition)
            participation.organisation = organisation  # with what the request has asked of it already
            return view(request, participation=participation, **kwargs)

        return organisation_page(permission)(with_participation)

    return decorate


def require_in_cohort(participation: Participation) -> None:
    """Refuse whoever left early: they see their own work only, and nothing of the others."""
    if not participation.is_in_cohort:
        raise PermissionDenied


def url_of(participation: Participation, page: str = "space", **more: Any) -> str:
    """The address of a page of the space."""
    arguments = {"slug": participation.organisation.slug, "edition": participation.edition.slug, **more}
    return reverse(f"cohorts:{page}", kwargs=arguments)


def to_page(participation: Participation, page: str = "space", section: str = "", **more: Any) -> HttpResponse:
    """Lead on to a page of the space, to one of its sections."""
    url = url_of(participation, page, **more)
    return redirect(f"{url}#{section}" if section else url)


def frame(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """What every page of the space knows."""
    person, organisation = the_person(request), participation.organisation
    return {
        "organisation": organisation,
        "step": "programme",
        "participation": participation,
        "edition": participation.edition,
        "may_work": participation.is_active and person.has_perm("cohorts.work", organisation),
        "may_guide": person.has_perm("cohorts.guide", organisation),
        "may_decide": person.has_perm("cohorts.decide", organisation),
    }


def form_page(
    request: HttpRequest,
    participation: Participation,
    form: forms.BaseForm,
    *,
    title: str,
    cancel_url: str,
    lead: str = "",
    button: str = "",
    way: tuple[str, str] | None = None,
    template: str = "cohorts/space/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form; 422 where something must be mended. ``way``: name and address of the page before it."""
    context = frame(request, participation) | {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button or pgettext("button", "Save"),
        "cancel_url": cancel_url,
        "way": way,
    }
    return render(request, template, context | more, status=status_of(cast("forms.Form", form)))
