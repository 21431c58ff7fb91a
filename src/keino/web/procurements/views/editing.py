"""What every page with a form of this app does: save, or show again what was written with what stands in its way."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from keino.web.organisations.models import Organisation
from keino.web.organisations.views.editing import status_of
from keino.web.procurements.models import Procurement


def form_answer(
    request: HttpRequest,
    organisation: Organisation,
    form: forms.Form,
    *,
    title: str,
    cancel_url: str,
    procurement: Procurement | None = None,
    lead: str = "",
    button: str = "",
) -> HttpResponse:
    """The page of a form, with what somebody else changed meanwhile; 422 where something must be mended."""
    context = {
        "organisation": organisation,
        "step": "procurements",
        "form": form,
        "title": title,
        "lead": lead,
        "button": button or pgettext("button", "Save"),
        "cancel_url": cancel_url,
        "procurement": procurement,
    }
    return render(request, "procurements/form.html", context, status=status_of(form))
