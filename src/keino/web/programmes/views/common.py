"""What the pages of editions share: the page of a form, the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext

from keino.web.organisations.views.editing import status_of
from keino.web.programmes.models import Edition


def desk_url(edition: Edition, section: str = "") -> str:
    """The desk's page of an edition, of one of its sections."""
    url = reverse("programmes:desk_programme", kwargs={"slug": edition.slug})
    return f"{url}#{section}" if section else url


def to_desk(edition: Edition, section: str = "") -> HttpResponse:
    """Lead on to the desk's page of an edition."""
    return redirect(desk_url(edition, section))


def form_answer(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    cancel_url: str,
    edition: Edition | None = None,
    lead: str = "",
    button: str = "",
    template: str = "programmes/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form, with what somebody else changed meanwhile; 422 where something must be mended."""
    context = {
        "edition": edition,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button or pgettext("button", "Save"),
        "cancel_url": cancel_url,
        **more,
    }
    return render(request, template, context, status=status_of(form))
