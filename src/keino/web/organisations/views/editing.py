"""Saving what a form holds: what was refused stays in the form, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import refuse

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


def status_of(form: forms.Form) -> int:
    """422 for a form that must be mended."""
    return 422 if form.is_bound and form.errors else 200
