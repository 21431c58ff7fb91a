"""What every page with a form of this app does: save, or show again what was written with what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.procurements.forms.edited import EditForm
from keino.web.procurements.models import Procurement

Saved = TypeVar("Saved")


def saved(request: HttpRequest, form: forms.Form, save: Callable[[], Saved]) -> Saved | None:
    """What saving gave; None when the form wasn't sent, or must be shown again with what is wrong.

    When somebody else was quicker, the form keeps what was written and shows what they changed.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return save()
    except Conflict as error:
        if isinstance(form, EditForm) and form.thing is not None:
            form.show_newest()
        refuse(form, error)
    except KeinoError as error:
        refuse(form, error)
    return None


def did_save(request: HttpRequest, form: forms.Form, save: Callable[[], None]) -> bool:
    """As ``saved`` for a service that gives nothing back; says on the next page that it is saved."""

    def then_true() -> bool:
        save()
        return True

    if saved(request, form, then_true):
        messages.success(request, _("Saved."))
        return True
    return False


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


def status_of(form: forms.Form) -> int:
    """422 for a form that must be mended."""
    return 422 if form.is_bound and form.errors else 200
