"""The accessibility statement and its checklist."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from keino.web.about.forms import AssessmentForm
from keino.web.about.queries import assessment_of, statement
from keino.web.about.services import assess
from keino.web.about.wcag import BY_NUMBER
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.who_asks import the_person
from keino.web.organisations.pages import permitted_page


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement, made from the checklist."""
    return render(
        request,
        "about/accessibility.html",
        {
            "statement": statement(),
            "body": settings.RESPONSIBLE_BODY,
            "contact": settings.CONTACT_ADDRESS,
            "authority": settings.ACCESSIBILITY_AUTHORITY,
            "may_assess": request.user.has_perm("about.assess"),
        },
    )


@permitted_page("about.assess")
def criteria(request: HttpRequest) -> HttpResponse:
    """The checklist, for those who fill it in."""
    return render(request, "about/criteria.html", {"statement": statement()})


@permitted_page("about.assess")
def criterion(request: HttpRequest, number: str) -> HttpResponse:
    """One criterion: look and change."""
    wanted = BY_NUMBER.get(number)
    if wanted is None:
        raise Http404
    form = AssessmentForm(request.POST or None, instance=assessment_of(number))
    if request.method == "POST" and form.is_valid():
        try:
            assess(form.instance, seen_version=form.cleaned_data["seen_version"], by=the_person(request))
        except Conflict as error:
            form.add_error(None, said(as_data(error)))
            form.data = {**request.POST.dict(), "seen_version": str(assessment_of(number).version)}
        else:
            messages.success(request, _("The finding on {number} is kept.").format(number=number))
            return redirect("about:criteria")
    status = 200 if request.method == "GET" or form.is_valid() else 400
    return render(request, "about/criterion.html", {"form": form, "criterion": wanted}, status=status)
